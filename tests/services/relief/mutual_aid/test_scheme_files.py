"""Status files of the city scheme: they alone decide on claims of its plans."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief.mutual_aid.aid import (
    COUNTY,
    DIRECTOR,
    EXCHANGE,
    Claim,
    Unit,
    file_claim,
    status_file,
    status_row,
)
from tests.services.relief.samples import fund

DeskOf = Callable[[str], Desk]
UNKNOWN = "LP37020220260009997"


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def claims(relief: Desk, desk: DeskOf) -> list[Claim]:
    """Three submitted claims on the city's plan."""
    unit = Unit(desk("membership"), 3)
    unit.covered(relief, "CITY_CRITICAL")
    made = [file_claim(relief, "CITY_CRITICAL", one, "CRITICAL_ILLNESS") for one in unit.worker_ids]
    for claim in made:
        claim.submit()
    return made


def take(relief: Desk, body: dict[str, Any]) -> Any:
    return relief.must("import_scheme_file", EXCHANGE, body=body)


def test_the_file_moves_the_claims_and_names_what_it_cannot(relief: Desk, claims: list[Claim]) -> None:
    first, second, third = claims
    file = take(relief, status_file(
        "S-1", status_row(first, "APPROVED", 2_000_000), status_row(first, "PAID", 2_000_000),
        status_row(second, "DECLINED", None, "不在病种内"), status_row(UNKNOWN, "PAID", 1),
        status_row(third, "PAID", 900_000), status_row(third, "PAID", 900_000), status_row(third, "APPROVED")))
    assert (file["rows"], file["applied"]) == (7, 4)
    assert [(one["row"], one["code"]) for one in file["errors"]] == [
        (3, "mutual-aid-claim-unknown"), (5, "wrong-state"), (6, "mutual-aid-scheme-amount")]
    assert [claim.read()["state"] for claim in claims] == ["PAID", "DECLINED", "PAID"]
    assert (second.now["declined_reason"], first.now["paid_fen"]) == ("不在病种内", 2_000_000)
    paid = sorted(one["data"]["amount_fen"] for one in relief.told("mutual_aid_claim_paid"))
    assert paid == [900_000, 2_000_000]
    [outreach] = relief.told("mutual_aid_outreach_suggested")
    assert outreach["data"]["claim_id"] == first.now["id"]


def test_the_same_file_again_has_no_effect_and_other_content_is_refused(relief: Desk, claims: list[Claim]) -> None:
    body = status_file("S-1", status_row(claims[0], "PAID", 2_000_000))
    first, told = take(relief, body), len(relief.told())
    assert take(relief, body) == first
    assert len(relief.told()) == told
    other = status_file("S-1", status_row(claims[1], "PAID", 1_000_000))
    assert relief.refused("import_scheme_file", EXCHANGE, body=other)["code"] == "mutual-aid-scheme-number-used"
    assert claims[1].read()["state"] == "SUBMITTED_TO_SCHEME"
    assert len(relief.must("list_scheme_files", EXCHANGE)["items"]) == 1


def test_a_file_that_was_cut_short_is_refused_whole(relief: Desk, claims: list[Claim]) -> None:
    body = status_file("S-1", *[status_row(claim, "PAID", 1_000_000) for claim in claims])
    body["rows"].pop()
    assert relief.refused("import_scheme_file", EXCHANGE, body=body)["code"] == "mutual-aid-scheme-hash"
    assert {claim.read()["state"] for claim in claims} == {"SUBMITTED_TO_SCHEME"}


def test_paid_must_be_what_was_approved(relief: Desk, claims: list[Claim]) -> None:
    take(relief, status_file("S-1", status_row(claims[0], "APPROVED", 2_000_000)))
    file = take(relief, status_file("S-2", status_row(claims[0], "PAID", 1_999_999)))
    assert file["errors"][0]["code"] == "mutual-aid-scheme-amount-differs"
    assert (claims[0].read()["state"], claims[0].now["paid_fen"]) == ("APPROVED", 0)
    take(relief, status_file("S-3", status_row(claims[0], "PAID", 2_000_000)))
    assert (claims[0].read()["state"], claims[0].now["paid_on"]) == ("PAID", str(today()))


def test_the_centre_does_not_decide_on_the_citys_plan(relief: Desk, claims: list[Claim]) -> None:
    money = fund(relief, "MUTUAL_SURPLUS")
    refused = claims[0].refused("approve_mutual_aid_claim", DIRECTOR, fund_id=money["id"], document_no="D")
    assert refused == "mutual-aid-decided-by-scheme"
    computation = relief.must("get_claim_computation", COUNTY, path={"claim_id": claims[0].now["id"]})
    assert computation["amount_fen"] is None


def test_a_file_reaches_neither_own_plans_nor_other_plans_nor_other_districts(relief: Desk, desk: DeskOf,
                                                                             claims: list[Claim]) -> None:
    unit = Unit(desk("membership"), 10)
    unit.covered(relief, "ACCIDENT_DAILY")
    own = file_claim(relief, "ACCIDENT_DAILY", unit.worker_ids[0], "ACCIDENT", days=3)
    file = take(relief, status_file("S-1", status_row(own, "PAID", 100)))
    assert file["errors"][0]["code"] == "mutual-aid-decided-here"
    file = take(relief, status_file("S-1", status_row(claims[0], "PAID", 100), plan="WOMEN_CANCER"))
    assert file["errors"][0]["code"] == "mutual-aid-claim-of-another-plan"
    elsewhere = caller(Role.EXCHANGE_OFFICER, org_path="/37/3702/370203/")
    body = status_file("S-9", status_row(claims[0], "PAID", 100))
    file = relief.must("import_scheme_file", elsewhere, body=body)
    assert file["errors"][0]["code"] == "mutual-aid-claim-unknown"
    assert claims[0].read()["state"] == "SUBMITTED_TO_SCHEME"
