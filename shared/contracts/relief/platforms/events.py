"""What relief tells of care platforms (爱心平台). Who bought or was treated is never told, only what it came to."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Fen, Id, Strict, Text, Whole
from shared.contracts.relief.platforms import codes
from shared.contracts.relief.told import told
from shared.kernel.money import MAX_FEN


class PartnerTold(Strict):
    partner_id = Id(required=True)
    partner_no = Text(19, required=True)


class PartnerRegistered(PartnerTold):
    kind = Choice(codes.PLATFORM_KINDS, required=True)


class PartnerStateChanged(PartnerTold):
    state = Choice(codes.PARTNER_STATES, required=True)


class AgreementTold(Strict):
    agreement_id = Id(required=True)
    partner_id = Id(required=True)
    agreement_no = Text(19, required=True)


class AgreementSigned(AgreementTold):
    kind = Choice(codes.PLATFORM_KINDS, required=True)
    edition = Whole(1, 10_000, required=True)
    union_bp = Whole(0, 10_000, required=True, allow_none=True)
    partner_bp = Whole(0, 10_000, required=True, allow_none=True)
    valid_from = Day(required=True)
    valid_to = Day(required=True, allow_none=True)


class AgreementTerminated(AgreementTold):
    last_day = Day(required=True)


class CardTold(Strict):
    card_id = Id(required=True)
    kind = Choice(codes.CARD_KINDS, required=True)


class CardIssued(CardTold):
    worker_id = Id(required=True)
    valid_to = Day(required=True)


class CardReplaced(CardTold):
    new_card_id = Id(required=True)


class RedemptionTold(Strict):
    redemption_id = Id(required=True)
    partner_id = Id(required=True)
    outlet_id = Id(required=True)
    kind = Choice(codes.PLATFORM_KINDS, required=True)
    total_fen = Fen(required=True)


class Redeemed(RedemptionTold):
    source = Choice(codes.SOURCES, required=True)
    union_fen = Fen(least=0, required=True)
    partner_fen = Fen(least=0, required=True)
    redeemed_on = Day(required=True)


class SettlementTold(Strict):
    settlement_id = Id(required=True)
    settlement_no = Text(19, required=True)
    partner_id = Id(required=True)
    agreement_id = Id(required=True)
    kind = Choice(codes.PLATFORM_KINDS, required=True)
    month = Text(7, required=True)
    union_fen = Fen(required=True)


class SettlementDrafted(SettlementTold):
    charges_count = Whole(0, 2**31, required=True)
    credits_count = Whole(0, 2**31, required=True)
    total_fen = Fen(least=-MAX_FEN, required=True)
    partner_fen = Fen(least=-MAX_FEN, required=True)


class SettlementReserved(SettlementTold):
    fund_id = Id(required=True)


class SettlementPaid(SettlementTold):
    paid_on = Day(required=True)


EVENTS = (
    told("partner_registered", PartnerRegistered, "合作商户已登记", "Partner registered"),
    told("partner_state_changed", PartnerStateChanged, "合作商户状态已变更", "Partner suspended, resumed or ended"),
    told("partner_agreement_signed", AgreementSigned, "合作协议已签署", "Partner agreement signed"),
    told("partner_agreement_terminated", AgreementTerminated, "合作协议已终止", "Partner agreement terminated"),
    told("care_card_issued", CardIssued, "爱心卡已发放", "Care card issued", "PERSONAL"),
    told("care_card_activated", CardTold, "爱心卡已启用", "Care card activated"),
    told("care_card_frozen", CardTold, "爱心卡已挂失", "Care card frozen"),
    told("care_card_unfrozen", CardTold, "爱心卡已解挂", "Care card unfrozen"),
    told("care_card_replaced", CardReplaced, "爱心卡已补卡", "Care card replaced"),
    told("care_card_expired", CardTold, "爱心卡已到期", "Care card expired"),
    told("care_card_cancelled", CardTold, "爱心卡已注销", "Care card cancelled"),
    told("care_redeemed", Redeemed, "已核销", "Redeemed at a till"),
    told("care_redemption_reversed", RedemptionTold, "核销已退回", "Redemption reversed"),
    told("care_settlement_drafted", SettlementDrafted, "结算单已编制", "Settlement drafted"),
    told("care_settlement_confirmed", SettlementTold, "商户已确认结算单", "Settlement confirmed by the partner"),
    told("care_settlement_approved", SettlementTold, "结算单已审批", "Settlement approved"),
    told("care_settlement_reserved", SettlementReserved, "结算资金已预占", "Settlement's money reserved"),
    told("care_settlement_paid", SettlementPaid, "结算已付款", "Settlement paid"),
    told("care_settlement_cancelled", SettlementTold, "结算单已作废", "Settlement cancelled"),
)
