"""What care platforms refuse, before anything reaches a till."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class PartnerNotActive(Conflict):
    code = "partner-not-active"
    zh = "合作商户“{name}”已暂停或终止合作({reason}),不能办理。请联系中心主任。"
    en = "The partner {name} is suspended or has left ({reason}). Ask the centre's director."


class OutletClosed(Conflict):
    code = "outlet-closed"
    zh = "网点“{name}”已停用,不能核销。请换一个网点,或由中心重新启用。"
    en = "The outlet {name} is closed: nothing is redeemed there. Use another, or have the centre reopen it."


class OutletTwice(Invalid):
    code = "outlet-twice"
    zh = "名单中网点编号 {outlet} 出现两次,请合并(不区分大小写)。"
    en = "The outlet code {outlet} stands twice in the list (capitals do not count): keep one."


class AccountNameDiffers(Invalid):
    code = "partner-account-name"
    zh = "账户户名“{account_name}”与商户名称“{name}”不一致。请核对;确需使用的,在 note 中写明理由,由第二人确认。"
    en = ("The account is in the name of {account_name}, not of the partner {name}. Check it; if it is meant, give the "
          "reason (note), which a second person confirms.")


class NoAccountProposed(Conflict):
    code = "partner-account-not-entered"
    zh = "合作商户“{name}”没有待确认的结算账户。请先登记账户。"
    en = "No account of the partner {name} waits to be confirmed. Enter one first."


class PartnerInBatch(Conflict):
    code = "partner-in-batch"
    zh = "商户“{name}”的款项在尚未送银行的发放批次 {batch_no} 中,此时不能变更账户。请先撤销该批次或移出该笔。"
    en = ("Money for the partner {name} is in the batch {batch_no}, which has not gone to the bank: its account does "
          "not change meanwhile. Cancel the batch or take the line out first.")


class AccountMissing(Conflict):
    code = "partner-account-missing"
    zh = "合作商户“{name}”没有经确认的结算账户,不能预占付款。请先登记账户并由第二人确认。"
    en = "The partner {name} has no confirmed bank account: enter it and have it confirmed before money is reserved."


class SharesMissing(Conflict):
    code = "agreement-without-shares"
    zh = "{kind} 的协议须约定双方分担比例;该协议没有比例,不能核销或结算。"
    en = "An agreement of the kind {kind} needs the shares of both sides; without them nothing can be charged."


class HospitalWithoutShares(Invalid):
    code = "hospital-has-no-shares"
    zh = "爱心医院的协议不约定分担比例,请留空。"
    en = "The agreement with a hospital has no shares: leave them out."


class CapabilitiesElsewhere(Invalid):
    code = "agreement-capabilities-elsewhere"
    zh = "只有爱心超市的协议约定网络、呼叫、仓储、物流、社区服务能力;{kind} 的协议请留空。"
    en = "Only the agreement with a care supermarket names capabilities; leave them out for the kind {kind}."


class PartnerCannot(Conflict):
    code = "partner-cannot"
    zh = "合作商户“{partner}”现行协议 {agreement_no} 未约定“{capability_zh}”能力,不能这样下单。" \
         "请换一种方式或到店选购,或由中心签订含该能力的新版协议。"
    en = "The agreement {agreement_no} in force with {partner} does not promise {capability_en}, so it cannot be " \
         "ordered this way. Order another way or buy in the shop, or have the centre sign an edition that does."


class StationIncomplete(Invalid):
    code = "station-incomplete"
    zh = "爱心接力站由用人单位共建并各有侧重:请填写共建单位(employer_id)和服务侧重(focus)。"
    en = "A care-relay station is built with an employer and has a focus of its own: give employer_id and focus."


class NoStation(Invalid):
    code = "partner-no-station"
    zh = "只有爱心接力站登记共建单位和服务侧重;{kind} 请留空。"
    en = "Only a care-relay station names the employer it is built with and its focus; leave them out for {kind}."


class AgreementDaysWrong(Invalid):
    code = "agreement-days-wrong"
    zh = "协议的终止日不在协议有效期内(自 {valid_from} 起),请核对日期。"
    en = "The last day is not within the agreement's days (it begins on {valid_from}): check the dates."


class LastDayBeforeToday(Invalid):
    code = "agreement-ends-in-past"
    zh = "协议最后一天 {last_day} 早于今天。已发生的核销仍按协议结算,请填写今天或以后的日期。"
    en = "The last day {last_day} is past. What was sold stays settled by the agreement: give today or a later day."


class AgreementOverlaps(Conflict):
    code = "agreement-overlaps"
    zh = "该商户的协议 {agreement_no} 在这些日期已生效,新版本须从 {valid_from} 之后开始,并且不能插在已签版本之前。"
    en = "The agreement {agreement_no} rules these days: a new edition must begin after {valid_from}."


class AgreementDaysRedeemed(Conflict):
    code = "agreement-days-redeemed"
    zh = "自 {valid_from} 起已有按现行协议核销的记录(最近 {last_redeemed_on}),新版本须从次日或以后开始。"
    en = "There are redemptions by the present edition on or after {valid_from} (last on {last_redeemed_on})."


class NoAgreement(Conflict):
    code = "no-agreement-in-force"
    zh = "合作商户在 {day} 没有有效的协议,不能核销、下单。请先签订协议,或核对日期。"
    en = "The partner has no agreement in force on {day}: sign one first, or check the day."


class CardHeld(Conflict):
    code = "care-card-held"
    zh = "该职工已有一张同类爱心卡(状态 {state})。遗失请挂失补卡,不再另发。"
    en = "The worker holds a card of this kind already (state {state}). A lost one is frozen and replaced."


class CardWithoutBasis(Conflict):
    code = "care-card-without-basis"
    zh = "该职工不在有效的困难职工档案中。无档案而按规定发卡的,请填写依据文号。"
    en = "The worker is in no active hardship file. If a rule entitles them all the same, give the number of its paper."


class LimitAboveRule(Conflict):
    code = "care-card-limit-above-rule"
    zh = "限额 {asked} 超过规定的上限 {most}。依据:{document}。"
    en = "The limit of {asked} is above the {most} that the rule allows. Rule: {document}."


class CardEndsTooLate(Invalid):
    code = "care-card-ends-wrong"
    zh = "有效期须在今天至 {most} 之间。依据:{document}。"
    en = "The card must end between today and {most}. Rule: {document}."


class SettlementExists(Conflict):
    code = "settlement-exists"
    zh = "该协议 {month} 的结算单 {settlement_no} 已编制。迟报的核销计入下月;需重编的先作废原单。"
    en = "The settlement {settlement_no} of {month} exists. Late redemptions go to the next month. Or cancel it."


class MonthRunning(Conflict):
    code = "settlement-month-running"
    zh = "{month} 尚未结束(至 {last_day}),次月起方可编制结算单。"
    en = "The month {month} runs to {last_day}: draft its settlement after that."


class NothingToSettle(Conflict):
    code = "settlement-nothing-due"
    zh = "截至 {month} 没有应付金额(工会应付合计 {union})。未结记录留待下月一并结算。"
    en = "Up to {month} nothing is owed (the union's part comes to {union}); what is open waits for the next month."


class SettlementAboveLimit(Conflict):
    code = "settlement-above-limit"
    zh = "结算金额 {union} 超过中心主任的审批权限 {most},请由主席审批。依据:{document}。"
    en = "The settlement of {union} is above the {most} a director may approve: ask the chair. Rule: {document}."


class SourceWantsHouseholds(Conflict):
    code = "settlement-source-wants-households"
    zh = "{source} 资金依档帮扶,须逐户核定对象和标准;结算单按商户付款,不能由其支付。依据:{document}。请改用其他资金。"
    en = ("{source} money is given household by household; a settlement pays a shop and cannot show that each fits. "
          "Rule: {document}. Take another fund.")


class LineUnknown(Invalid):
    code = "settlement-line-unknown"
    zh = "结算单中没有可办理的明细 {line_id}(须为本单中未剔除的一行)。"
    en = "There is no such open line in this settlement: {line_id}."


class LineNotDisputed(Conflict):
    code = "settlement-line-not-disputed"
    zh = "明细 {line_id} 没有待处理的异议。"
    en = "The line {line_id} is not disputed."


class LineCredited(Conflict):
    code = "settlement-line-credited"
    zh = "结算单 {settlement_no} 中有已退货、并在后续结算单中冲减的明细,不能剔除或作废。请先作废后续结算单。"
    en = "A later settlement takes back a line of {settlement_no}: cancel that one before the line is removed."


class SettlementInBatch(Conflict):
    code = "settlement-in-batch"
    zh = "该结算单的付款已进入发放批次,不能释放。请先从批次中撤出。"
    en = "The payment of this settlement is in a batch: take it out of the batch before the money is released."


class StatementTooLong(Conflict):
    code = "statement-too-long"
    zh = "对账单有 {count} 行,一次最多导出 {most} 行。请用 outlet_id 按网点导出。"
    en = "The statement has {count} lines, a file holds {most}: ask for one outlet at a time with outlet_id."
