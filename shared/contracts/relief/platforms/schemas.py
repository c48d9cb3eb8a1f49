"""What goes in and out of partners (合作商户), their agreements (合作协议) and care cards (爱心卡)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import (
    AccountNumber,
    Choice,
    Day,
    Fen,
    Flag,
    Id,
    Moment,
    OrgPath,
    PageQuery,
    Record,
    Strict,
    Text,
    Uscc,
    Whole,
    listed,
)
from shared.contracts.relief.platforms import codes

MOST_OUTLETS = 500
CODE = validate.Regexp(r"\A[0-9A-Za-z-]{1,24}\Z")


def _share() -> Whole:
    return Whole(0, 10_000, required=True, allow_none=True, metadata={"description": "basis points; none: no ratio"})


class PlatformReason(Strict):
    reason = Text(300, required=True)


# -- partners --------------------------------------------------------------------------------------------------


class NewPartner(Strict):
    """A partner (合作商户) of the union unit `org_path`. It gets a place of its own below that unit. A care-relay
    station (爱心接力站) names the employer it is built with and its focus; other kinds name neither."""

    kind = Choice(codes.PLATFORM_KINDS, required=True)
    name = Text(100, required=True)
    uscc = Uscc(load_default=None, allow_none=True)
    contact = Text(60, load_default=None, allow_none=True)
    employer_id = Id(load_default=None, allow_none=True)
    focus = Text(100, load_default=None, allow_none=True)
    org_path = OrgPath()


class StationTerms(Strict):
    """With whom a care-relay station (爱心接力站) is built, and what it is for above all."""

    employer_id = Id(required=True)
    focus = Text(100, required=True, metadata={"description": "for example 单亲女职工, 农民工子女, 就业岗位"})


class PartnerAccount(Strict):
    """The account into which settlements are paid (结算账户), once a second person has confirmed it. In another name
    than the partner's it wants the reason (`note`)."""

    account_name = Text(100, required=True)
    bank_name = Text(100, required=True)
    number = AccountNumber(required=True)
    note = Text(300, load_default=None, allow_none=True)


class Partner(Record):
    """`org_path` is the partner's own place: its clerks (R22) are granted there. Of an account only the tail shows.
    `new_...` waits for a second person; `account_note` is why an account has another name than the partner."""

    partner_no = Text(19, required=True)
    union_path = OrgPath(required=True)
    kind = Choice(codes.PLATFORM_KINDS, required=True)
    name = Text(100, required=True)
    uscc = Text(18, required=True, allow_none=True)
    contact = Text(60, required=True, allow_none=True)
    state = Choice(codes.PARTNER_STATES, required=True)
    state_reason = Text(300, required=True, allow_none=True)
    account_name = Text(100, required=True, allow_none=True)
    bank_name = Text(100, required=True, allow_none=True)
    account_tail = Text(4, required=True, allow_none=True)
    employer_id = Id(required=True, allow_none=True)
    focus = Text(100, required=True, allow_none=True)
    account_note = Text(300, required=True, allow_none=True)
    new_account_name = Text(100, required=True, allow_none=True)
    new_bank_name = Text(100, required=True, allow_none=True)
    new_account_tail = Text(4, required=True, allow_none=True)
    new_account_note = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class PartnerQuery(PageQuery):
    kind = Choice(codes.PLATFORM_KINDS)
    state = Choice(codes.PARTNER_STATES)


class NewOutlet(Strict):
    """An outlet (网点): a shop, a pharmacy, a school. `code` is the partner's own short code of letters and digits."""

    code = fields.String(required=True, validate=CODE)
    name = Text(100, required=True)
    address = Text(200, load_default=None, allow_none=True)


class NewOutlets(Strict):
    outlets = listed(NewOutlet, 1, MOST_OUTLETS, required=True)


class OutletsAdded(Strict):
    """How many outlets of the list were new, renamed or known already."""

    partner_id = Id(required=True)
    added = Whole(0, MOST_OUTLETS, required=True)
    renamed = Whole(0, MOST_OUTLETS, required=True)
    unchanged = Whole(0, MOST_OUTLETS, required=True)


class Outlet(Record):
    partner_id = Id(required=True)
    code = Text(24, required=True)
    name = Text(100, required=True)
    address = Text(200, required=True, allow_none=True)
    state = Choice(codes.OUTLET_STATES, required=True)
    created_at = Moment(required=True)


class OutletQuery(PageQuery):
    partner_id = Id()
    state = Choice(codes.OUTLET_STATES)


# -- agreements ------------------------------------------------------------------------------------------------


class NewAgreement(Strict):
    """An edition of the agreement (协议版本). Shares are basis points and sum to 10,000; a hospital has none.
    `capabilities` are what a care supermarket does beyond its tills: without WEB or CALL nothing can be ordered online
    or on the phone, without LOGISTICS nothing is delivered."""

    document_no = Text(60, required=True)
    union_bp = Whole(0, 10_000, load_default=None, allow_none=True)
    partner_bp = Whole(0, 10_000, load_default=None, allow_none=True)
    valid_from = Day(required=True)
    valid_to = Day(load_default=None, allow_none=True)
    capabilities = listed(Choice(codes.CAPABILITIES), 0, len(codes.CAPABILITIES), load_default=list)


class Signing(Strict):
    signed_by_partner = Text(60, required=True, metadata={"description": "who signed for the partner"})
    signed_on = Day(required=True)


class Ending(Strict):
    """`last_day` is the last day on which the agreement counts."""

    last_day = Day(required=True)
    reason = Text(300, required=True)


class Agreement(Record):
    agreement_no = Text(19, required=True)
    partner_id = Id(required=True)
    kind = Choice(codes.PLATFORM_KINDS, required=True)
    edition = Whole(1, 10_000, required=True)
    document_no = Text(60, required=True)
    union_bp = _share()
    partner_bp = _share()
    valid_from = Day(required=True)
    valid_to = Day(required=True, allow_none=True)
    state = Choice(codes.AGREEMENT_STATES, required=True)
    drafted_by = Text(80, required=True)
    signed_by = Text(80, required=True, allow_none=True)
    signed_by_partner = Text(60, required=True, allow_none=True)
    signed_on = Day(required=True, allow_none=True)
    ended_reason = Text(300, required=True, allow_none=True)
    capabilities = listed(Choice(codes.CAPABILITIES), 0, len(codes.CAPABILITIES), required=True)
    created_at = Moment(required=True)


class AgreementQuery(PageQuery):
    partner_id = Id()
    kind = Choice(codes.PLATFORM_KINDS)
    state = Choice(codes.AGREEMENT_STATES)
    on = Day(metadata={"description": "only what was in force on this day"})


# -- cards -----------------------------------------------------------------------------------------------------


class NewCard(Strict):
    """A card for a worker of an active hardship file, or by a rule (`basis_no` names the paper)."""

    worker_id = Id(required=True)
    kind = Choice(codes.CARD_KINDS, required=True)
    basis_no = Text(60, load_default=None, allow_none=True,
                    metadata={"description": "the paper by which somebody without a hardship file gets the card"})
    org_path = OrgPath()


class CardIssue(Strict):
    """Limits in fen of goods; none of the two means that the kind's rule alone limits."""

    monthly_limit_fen = Fen(required=True, allow_none=True)
    yearly_limit_fen = Fen(load_default=None, allow_none=True)
    valid_to = Day(load_default=None, allow_none=True,
                   metadata={"description": "the last day; by the rule of the place if not given"})


class CardActivation(Strict):
    pin = fields.String(load_default=None, allow_none=True, load_only=True, validate=validate.Regexp(r"\A[0-9]{6}\Z"),
                        metadata={"description": "six digits the holder chose; none: the card works without"})


class Card(Record):
    card_no = Text(16, required=True, allow_none=True)
    kind = Choice(codes.CARD_KINDS, required=True)
    worker_id = Id(required=True)
    file_id = Id(required=True, allow_none=True)
    basis_no = Text(60, required=True, allow_none=True)
    state = Choice(codes.CARD_STATES, required=True)
    monthly_limit_fen = Fen(required=True, allow_none=True)
    yearly_limit_fen = Fen(required=True, allow_none=True)
    has_pin = Flag(required=True)
    valid_to = Day(required=True, allow_none=True)
    ends_on = Day(required=True, allow_none=True)
    requested_by = Text(80, required=True)
    issued_by = Text(80, required=True, allow_none=True)
    activated_at = Moment(required=True, allow_none=True)
    stopped_at = Moment(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    replaces_id = Id(required=True, allow_none=True)
    replaced_by_id = Id(required=True, allow_none=True)
    created_at = Moment(required=True)


class CardQuery(PageQuery):
    worker_id = Id()
    kind = Choice(codes.CARD_KINDS)
    state = Choice(codes.CARD_STATES)
    card_no = Text(16)


class QuotaUse(Strict):
    """What a member has taken of a daily quota (每日限额), in grams."""

    item_class = Choice(codes.ITEM_CLASSES, required=True)
    most_g = Whole(0, 10_000_000, required=True)
    used_g = Whole(0, 10_000_000, required=True)
    document = Text(200, required=True)
    certainty = Text(4, required=True)


class CardUse(Strict):
    """What was taken on a day, in its month and its year, over all cards of the kind that the holder had."""

    card_id = Id(required=True)
    on = Day(required=True)
    month_used_fen = Fen(least=0, required=True)
    month_left_fen = Fen(least=0, required=True, allow_none=True)
    year_used_fen = Fen(least=0, required=True)
    year_left_fen = Fen(least=0, required=True, allow_none=True)
    quotas = listed(QuotaUse, 0, 20, required=True)


class QuotaShown(Strict):
    item_class = Choice(codes.ITEM_CLASSES, required=True)
    most_g = Whole(0, 10_000_000, required=True)
    document = Text(200, required=True)
    certainty = Text(4, required=True)


class CardRuleShown(Strict):
    kind = Choice(codes.CARD_KINDS, required=True)
    most_month_fen = Fen(required=True, allow_none=True)
    most_year_fen = Fen(required=True, allow_none=True)
    valid_months = Whole(1, 1_200, required=True)
    document = Text(200, required=True)
    certainty = Text(4, required=True)


class CareRules(Strict):
    """What rules at the caller's place on a day, by which documents."""

    on = Day(required=True)
    quotas = listed(QuotaShown, 0, 20, required=True)
    cards = listed(CardRuleShown, 0, 20, required=True)
    offline_days = Whole(0, 1_000, required=True)
    director_most_fen = Fen(least=0, required=True)
    document = Text(200, required=True)
    certainty = Text(4, required=True)


class UseQuery(Strict):
    on = Day(metadata={"description": "today if not given"})
