"""Each state table by itself: every move that is not in it is refused and leaves the record as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.relief.domain.payments.line import Outcome
from services.relief.domain.platforms import kinds
from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.card import CareCard
from services.relief.domain.platforms.partner import Outlet, Partner
from services.relief.domain.platforms.redemption import Redemption
from services.relief.domain.platforms.rules import CardRule
from services.relief.domain.platforms.settlement import CareSettlement, Sums
from shared.contracts.relief.platforms import codes
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import SHANGHAI
from shared.kernel.errors import SamePerson
from shared.kernel.ids import new_id
from tests.services.moves import Moves, cases

DAY = date(2026, 5, 6)
AT = datetime(2026, 5, 6, 10, tzinfo=SHANGHAI)
PLACE = "/37/3702/370202/"
RULE = CardRule(kind="SHOPPING", most_month_fen=50_000, most_year_fen=None, valid_months=12, jurisdiction="CN",
                effective_from=date(2010, 1, 1), document="文号", certainty="D")
SUMS = Sums(1, 0, 0, 10_000, 8_800, 1_200)
DISPUTED = Sums(1, 0, 1, 10_000, 8_800, 1_200)
Commands = Mapping[str, Callable[[Any], object]]


def partner() -> Partner:
    return Partner.register(new_id(), PLACE, "HS37020220260000018",
                            {"kind": "SUPERMARKET", "name": "某超市", "uscc": None, "contact": None,
                             "employer_id": None, "focus": None}, AT)


def outlet() -> Outlet:
    return Outlet.add(new_id(), partner(), {"code": "S1", "name": "一店", "address": None}, AT)


def agreement() -> PartnerAgreement:
    return PartnerAgreement.draft(new_id(), partner(), "HX1", 1, {
        "document_no": "XY-1", "union_bp": 8_800, "partner_bp": 1_200, "valid_from": DAY, "valid_to": None,
        "capabilities": []},
        "director", AT)


def card() -> CareCard:
    return CareCard(new_id(), PLACE, "SHOPPING", new_id(), None, "GH-1", "officer", AT)


def redemption() -> Redemption:
    ruling = agreement()
    ruling.sign("王", DAY, "chair", DAY)
    return Redemption.record_sale(new_id(), outlet(), ruling, "T1", "hash", 10_000, AT, AT, "clerk")


def settlement() -> CareSettlement:
    made = CareSettlement.draft(new_id(), agreement(), "JS1", "2026-04", "cashier", AT)
    made.take(SUMS)
    return made


def outcome(state: str) -> Outcome:
    return Outcome("CareSettlement", new_id(), "1", state, 8_800, DAY, "原因")


#: of each aggregate: how one is made, its commands, and the commands that lead to each state
MADE: dict[str, tuple[Callable[[], Aggregate], Commands, dict[str, list[str]]]] = {
    "partner": (partner, {
        "suspend": lambda p: p.suspend("整改"), "resume": lambda p: p.resume(), "end": lambda p: p.end("到期"),
    }, {"ACTIVE": [], "SUSPENDED": ["suspend"], "ENDED": ["end"]}),
    "outlet": (outlet, {
        "close": lambda o: o.close(), "reopen": lambda o: o.reopen(),
    }, {"OPEN": [], "CLOSED": ["close"]}),
    "agreement": (agreement, {
        "sign": lambda a: a.sign("王", DAY, "chair", DAY), "withdraw": lambda a: a.withdraw("重拟"),
        "supersede": lambda a: a.supersede(DAY + timedelta(days=9)),
        "terminate": lambda a: a.terminate(DAY, "到期", DAY),
    }, {"DRAFTED": [], "SIGNED": ["sign"], "TERMINATED": ["sign", "terminate"], "WITHDRAWN": ["withdraw"]}),
    "card": (card, {
        "issue": lambda c: c.issue("9000000000000000", 10_000, None, DAY, RULE, "county", DAY),
        "activate": lambda c: c.activate(None, AT), "freeze": lambda c: c.freeze("遗失", AT),
        "unfreeze": lambda c: c.unfreeze(),
        "replace": lambda c: c.replace(new_id(), "9000000000000000", "损坏", "county", AT),
        "end_with_file": lambda c: c.end_with_file(DAY, "脱困"), "expire": lambda c: c.expire(AT),
        "cancel": lambda c: c.cancel("死亡", AT),
    }, {"REQUESTED": [], "ISSUED": ["issue"], "ACTIVE": ["issue", "activate"],
        "FROZEN": ["issue", "activate", "freeze"], "REPLACED": ["issue", "activate", "replace"],
        "EXPIRED": ["issue", "activate", "expire"], "CANCELLED": ["cancel"]}),
    "redemption": (redemption, {
        "reverse": lambda r: r.reverse("退货", "clerk", DAY),
        "propose_reversal": lambda r: r.propose_reversal("退货", "clerk"),
        "confirm_reversal": lambda r: r.confirm_reversal("director", DAY),
        "reject_reversal": lambda r: r.reject_reversal(),
    }, {"RECORDED": [], "REVERSAL_PROPOSED": ["propose_reversal"], "REVERSED": ["reverse"]}),
    "settlement": (settlement, {
        "dispute": lambda s: s.dispute(), "resolve": lambda s: s.resolve(DISPUTED),
        "resolve_last": lambda s: s.resolve(SUMS), "confirm": lambda s: s.confirm("clerk"),
        "approve": lambda s: s.approve("director", False, 10_000, "文号"),
        "reserve": lambda s: s.reserve(new_id(), "JS-1", "cashier", "clerk"), "release": lambda s: s.release(),
        "pay": lambda s: s.hear(outcome("PAID")), "fail": lambda s: s.hear(outcome("FAILED")),
        "come_back": lambda s: s.hear(outcome("RETURNED")), "recover": lambda s: s.hear(outcome("RECOVERED")),
        "cancel": lambda s: s.cancel("重编"),
    }, {"DRAFTED": [], "DISPUTED": ["dispute"], "PARTNER_CONFIRMED": ["confirm"], "APPROVED": ["confirm", "approve"],
        "RESERVED": ["confirm", "approve", "reserve"], "PAID": ["confirm", "approve", "reserve", "pay"],
        "RECOVERED": ["confirm", "approve", "reserve", "pay", "recover"], "CANCELLED": ["cancel"]}),
}
#: written out again, so that a change of a table must be meant
ALLOWED: dict[str, dict[str, set[str]]] = {
    "partner": {"ACTIVE": {"suspend", "end"}, "SUSPENDED": {"resume", "end"}, "ENDED": set()},
    "outlet": {"OPEN": {"close"}, "CLOSED": {"reopen"}},
    "agreement": {"DRAFTED": {"sign", "withdraw"}, "SIGNED": {"supersede", "terminate"}, "TERMINATED": set(),
                  "WITHDRAWN": set()},
    "card": {"REQUESTED": {"issue", "cancel"},
             "ISSUED": {"activate", "replace", "end_with_file", "expire", "cancel"},
             "ACTIVE": {"freeze", "replace", "end_with_file", "expire", "cancel"},
             "FROZEN": {"unfreeze", "replace", "end_with_file", "expire", "cancel"},
             "REPLACED": set(), "EXPIRED": set(), "CANCELLED": set()},
    "redemption": {"RECORDED": {"reverse", "propose_reversal"},
                   "REVERSAL_PROPOSED": {"reverse", "confirm_reversal", "reject_reversal"}, "REVERSED": set()},
    "settlement": {"DRAFTED": {"dispute", "confirm", "cancel"},
                   "DISPUTED": {"dispute", "resolve", "resolve_last", "cancel"},
                   "PARTNER_CONFIRMED": {"approve", "cancel"}, "APPROVED": {"reserve", "cancel"},
                   "RESERVED": {"release", "fail", "pay"}, "PAID": {"come_back", "recover"}, "RECOVERED": set(),
                   "CANCELLED": set()},
}
STATES = {"partner": codes.PARTNER_STATES, "outlet": codes.OUTLET_STATES, "agreement": codes.AGREEMENT_STATES,
          "card": codes.CARD_STATES, "redemption": codes.REDEMPTION_STATES, "settlement": codes.SETTLEMENT_STATES}
MOVES = {name: Moves(*made, ALLOWED[name]) for name, made in MADE.items()}


@pytest.mark.parametrize("name", MOVES)
def test_the_tables_have_these_states_and_commands(name: str) -> None:
    MOVES[name].assert_complete(STATES[name])


@pytest.mark.parametrize(("moves", "state", "command"), cases(MOVES))
def test_a_move_is_made_or_refused_by_the_table(moves: Moves, state: str, command: str) -> None:
    moves.attempt(state, command)


@pytest.mark.parametrize(("name", "state", "command", "by"), [
    ("agreement", "DRAFTED", lambda a, by: a.sign("王", DAY, by, DAY), "director"),
    ("card", "REQUESTED", lambda c, by: c.issue("9000000000000000", 1, None, DAY, RULE, by, DAY), "officer"),
    ("redemption", "REVERSAL_PROPOSED", lambda r, by: r.confirm_reversal(by, DAY), "clerk"),
    ("settlement", "PARTNER_CONFIRMED", lambda s, by: s.approve(by, True, 0, "-"), "cashier"),
    ("settlement", "PARTNER_CONFIRMED", lambda s, by: s.approve(by, True, 0, "-"), "clerk"),
    ("settlement", "APPROVED", lambda s, by: s.reserve(new_id(), "JS", by, "account"), "director"),
    ("settlement", "APPROVED", lambda s, by: s.reserve(new_id(), "JS", by, "account"), "account"),
])
def test_two_steps_need_two_people(name: str, state: str, command: Callable[[Any, str], object], by: str) -> None:
    with pytest.raises(SamePerson):
        command(MOVES[name].record_in(state), by)
    command(MOVES[name].record_in(state), "somebody else")


def test_the_contract_and_the_domain_have_the_same_codes() -> None:
    assert (codes.PLATFORM_KINDS, codes.CARD_KINDS, codes.ITEM_CLASSES) == (
        kinds.PLATFORM_KINDS, kinds.CARD_KINDS, kinds.ITEM_CLASSES)
    assert set(kinds.ITEMS_OF_PLATFORM) == set(kinds.PURPOSE_OF_PLATFORM) == set(codes.PLATFORM_KINDS)
