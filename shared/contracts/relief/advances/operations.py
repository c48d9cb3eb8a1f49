"""What can be asked of relief about wage advances (工资垫付), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.advances import schemas as s
from shared.contracts.relief.who import AUDITOR, CASHIER, CHAIR, DIRECTOR, GROUP, MONEY
from shared.contracts.table import ask, change, create, listing
from shared.kernel.roles import Role

ADVANCES = (*MONEY, Role.MEDIATOR, Role.LEGAL_AID_OFFICER)
ADVANCE = "/wage-advances/<advance_id>"

OPERATIONS = (
    create("propose_wage_advance", "/wage-advances", "提出工资垫付", "Propose a wage advance", s.NewAdvance, s.Advance,
           [DIRECTOR]),
    ask("get_wage_advance", ADVANCE, "查看工资垫付", "Read a wage advance", s.Advance, ADVANCES),
    listing("list_wage_advances", "/wage-advances", "列出工资垫付", "List wage advances", s.Advance, ADVANCES,
            query=s.AdvanceQuery),
    change("approve_emergency_advance", f"{ADVANCE}/approve-emergency", "应急审批垫付", "Approve as an emergency",
           Empty, s.Advance, [CHAIR]),
    change("approve_wage_advance", f"{ADVANCE}/approve", "集体审批垫付", "Approve by the leading group",
           Empty, s.Advance, [GROUP]),
    change("ratify_wage_advance", f"{ADVANCE}/ratify", "追认应急垫付", "Ratify an emergency approval",
           Empty, s.Advance, [GROUP]),
    change("refuse_wage_advance", f"{ADVANCE}/refuse", "不予垫付", "Refuse a wage advance",
           s.Refusal, s.Advance, [DIRECTOR, CHAIR, GROUP]),
    change("sign_undertaking", f"{ADVANCE}/undertaking", "登记归还承诺书", "Enter the employer's undertaking",
           s.Undertaking, s.Advance, [DIRECTOR]),
    change("disburse_wage_advance", f"{ADVANCE}/disburse", "发放垫付款", "Pay the workers",
           s.Disbursement, s.Advance, [CASHIER]),
    change("record_repayment", f"{ADVANCE}/repayments", "登记归还", "Enter a repayment",
           s.NewRepayment, s.Advance, [CASHIER]),
    change("extend_repayment", f"{ADVANCE}/extend", "延长归还日", "Extend the day of repayment",
           s.NewExtension, s.Advance, [GROUP]),
    change("propose_earlier_day", f"{ADVANCE}/earlier-day", "提出更正归还日", "Propose an earlier day of repayment",
           s.EarlierDay, s.Advance, [DIRECTOR]),
    change("confirm_earlier_day", f"{ADVANCE}/confirm-earlier-day", "确认更正归还日",
           "Confirm the earlier day of repayment", Empty, s.Advance, [GROUP]),
    change("record_employer_payment", f"{ADVANCE}/employer-payments", "登记用人单位直接付薪",
           "Enter what the employer paid the workers itself", s.EmployerPayments, s.Advance, [DIRECTOR, CASHIER]),
    change("reverse_employer_payment", f"{ADVANCE}/employer-payments/<payment_id>/reverse", "冲正单位付款登记",
           "Reverse a wrong entry of an employer's payment", s.EmployerPaymentReversal, s.Advance, [DIRECTOR, CASHIER]),
    change("start_recovery", f"{ADVANCE}/recovery", "启动追偿", "Start recovery", s.Recovery, s.Advance, [DIRECTOR]),
    change("propose_write_off", f"{ADVANCE}/propose-write-off", "提出核销", "Propose a write-off",
           s.WriteOff, s.Advance, [GROUP]),
    change("confirm_write_off", f"{ADVANCE}/confirm-write-off", "确认核销", "Confirm a write-off",
           Empty, s.Advance, [AUDITOR]),
)
