"""Agency batches (交换批次) and authorisations (授权书): the rules."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.exchange.domain.authorisation import (
    Authorisation,
    GuardianMissing,
    NotAuthorised,
    Signer,
    SignerTwice,
    ValidityInvalid,
)
from services.exchange.domain.batch import AgencyBatch, TrailerMismatch, check_trailer, content_hash
from shared.kernel.clock import now, today
from shared.kernel.errors import WrongState
from shared.kernel.ids import new_id
from tests.services.people import resident_id

MACHINE = AgencyBatch.machine
ASKED = {"release": "load", "discard": "discard", "take": "validate"}


def batch(total: int = 10, state: str = "RECEIVED") -> AgencyBatch:
    return AgencyBatch(new_id(), "/37/3702/370202/", "MZJ370202", "202605", "UNEMPLOYMENT", "370202", today(), "0" * 64,
                       0, total, "client", now(), state=state)


@pytest.mark.parametrize(("state", "asked"), [(state, asked) for state in sorted(MACHINE.states) for asked in ASKED
                                              if ASKED[asked] not in MACHINE.allowed(state)])
def test_a_move_the_table_does_not_have_is_refused(state: str, asked: str) -> None:
    found = batch(state=state)
    arguments: Any = (10, 0) if asked == "take" else ("officer", "核对无误")
    with pytest.raises(WrongState):
        getattr(found, asked)(*arguments)
    assert (found.state, found.happened) == (state, [])


@given(st.integers(1, 500), st.data())
def test_a_tenth_of_wrong_rows_sets_a_batch_aside(total: int, data: st.DataObject) -> None:
    rejected = data.draw(st.integers(0, total))
    found = batch(total)
    found.take(total - rejected, rejected)
    assert found.state == ("QUARANTINED" if rejected * 10 >= total and rejected else "LOADED")
    assert len(found.happened) == (found.state == "LOADED")


def test_the_hash_is_of_canonical_json() -> None:
    one, other = {"b": "低保", "a": 1}, {"a": 1, "b": "低保"}
    assert content_hash([one]) == content_hash([other]) == hashlib.sha256('[{"a":1,"b":"低保"}]'.encode()).hexdigest()
    assert content_hash([one, {"a": 2}]) != content_hash([{"a": 2}, one])


@pytest.mark.parametrize(("field", "value", "found"), [
    ("count", 2, "1"), ("amount_total_fen", 70_000, "50000"), ("sha256", "0" * 64, content_hash([{"amount": 50_000}]))])
def test_a_trailer_that_does_not_fit_names_both(field: str, value: Any, found: str) -> None:
    rows = [{"amount": 50_000}]
    right = {"count": 1, "amount_total_fen": 50_000, "sha256": content_hash(rows)}
    check_trailer(rows, "amount", right)
    with pytest.raises(TrailerMismatch) as refusal:
        check_trailer(rows, "amount", {**right, field: value})
    assert refusal.value.pointer == f"/trailer/{field}"
    assert refusal.value.params == {"field": field, "expected": str(value), "found": found}


def signer(number: int, guardian: str | None = None, born: str | None = None) -> Signer:
    return Signer(new_id(), "某某", born or resident_id(number), str(number), guardian)


def signed(signers: list[Signer], valid_from: date = date(2026, 3, 2), days: int = 365) -> Authorisation:
    return Authorisation.sign(new_id(), "/37/3702/370202/", paper_no="SQ-1", purpose="HARDSHIP_FILE",
                              categories=["RELIEF"], valid_from=valid_from, valid_to=valid_from + timedelta(days=days),
                              signers=signers, at=now())


def test_a_minor_is_signed_for_by_an_adult_of_the_same_paper() -> None:
    child = "370202201503020013"
    with pytest.raises(GuardianMissing) as refusal:
        signed([signer(1), signer(2, born=child)])
    assert refusal.value.pointer == "/signers/1/guardian_id_number"
    with pytest.raises(GuardianMissing):
        signed([signer(1), signer(2, guardian="9", born=child)])
    with pytest.raises(GuardianMissing):
        signed([signer(2, guardian="2", born=child)])
    assert signed([signer(1), signer(2, guardian="1", born=child)]).state == "VALID"


def test_a_child_signs_from_the_eighteenth_birthday_on() -> None:
    born = "370202200803020010"
    assert signed([signer(1, born=born)], date(2026, 3, 2)).state == "VALID"
    with pytest.raises(GuardianMissing):
        signed([signer(1, born=born)], date(2026, 3, 1))


@pytest.mark.parametrize("days", [-1, 366])
def test_an_authorisation_lasts_a_year_at_most(days: int) -> None:
    with pytest.raises(ValidityInvalid):
        signed([signer(1)], days=days)


def test_nobody_signs_twice() -> None:
    with pytest.raises(SignerTwice):
        signed([signer(1), signer(1)])


def test_only_who_signed_is_checked_and_only_while_it_lasts() -> None:
    paper = signed([signer(1)], days=10)
    paper.check_covers("1", paper.valid_to)
    for index, on in (("2", paper.valid_to), ("1", paper.valid_to + timedelta(days=1)),
                      ("1", paper.valid_from - timedelta(days=1))):
        with pytest.raises(NotAuthorised):
            paper.check_covers(index, on)
    paper.revoke("本人撤回", paper.valid_from)
    with pytest.raises(NotAuthorised):
        paper.check_covers("1", paper.valid_from)
