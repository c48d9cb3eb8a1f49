"""Many at once on real databases: no fen more than the fund has, no need met twice, no cap passed by two approvals."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from services.relief.application.applications import reserving
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.caps import Situation, compute
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.rules.programmes import programmes
from shared.kernel.caller import Caller
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.messages import Answer, Request
from shared.store.engine import Database, service_url
from shared.store.migrate import migrate
from tests.databases import KINDS, data_folder, fresh_url
from tests.services import people
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.applications.crowds import crowd, draft
from tests.services.relief.applications.matters import (
    APPROVAL,
    BILL,
    CHAIR,
    DIBAO_FEN,
    GROUP,
    OFFICER,
    Application,
    active_file,
    apply,
    bank_says,
    household,
    lines_of,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

TwoDesks = tuple[Desk, Desk]
Asked = Sequence[tuple[Desk, Request]]


@pytest.fixture
def opened(desk: Callable[[str], Desk], tmp_path: Path) -> Iterator[Callable[[str, str | None], TwoDesks]]:
    """Two processes on one new database."""
    databases: list[Database] = []

    def open_two(url: str | None) -> TwoDesks:
        migrate("relief", url, data_folder(tmp_path))
        databases.extend(Database(service_url("relief", url, data_folder(tmp_path))) for _ in range(2))
        return Desk("relief", databases[0], desk), Desk("relief", databases[1], desk)

    yield open_two  # type: ignore[misc]
    for database in databases:
        database.close()


@pytest.fixture(params=KINDS)
def two(request: pytest.FixtureRequest, opened: Callable[[str | None], TwoDesks]) -> Iterator[TwoDesks]:
    given_url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    copied = request.getfixturevalue("postgres_template") if request.param == "postgresql" else None
    with fresh_url(request.param, given_url, copied) as url:
        yield opened(url)


@pytest.fixture
def on_postgresql(postgres_url: str, postgres_template: str,
                  opened: Callable[[str | None], TwoDesks]) -> Iterator[TwoDesks]:
    with fresh_url("postgresql", postgres_url, postgres_template) as url:
        yield opened(url)


def at_once(asked: Asked) -> list[Answer]:
    """The answers to commands that set out together. Who is told to come again (503) comes again, as clients do."""
    start = Barrier(len(asked))

    def answer(pair: tuple[Desk, Request]) -> Answer:
        start.wait()
        while (found := pair[0].answer(pair[1])).status == 503:
            time.sleep(random.uniform(0.1, 1))
        return found

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(answer, asked))


def command(operation: str, who: Caller, body: Any, path: dict[str, str] | None = None,
            version: int | None = None) -> Request:
    return Request(operation, who, path or {}, {}, json.dumps(body).encode(), new_id(), version)


def approval(case: Application, fund_id: str, who: Caller = GROUP) -> Request:
    return command("approve_relief", who, {"fund_id": fund_id, **APPROVAL}, case.path, case.now["version"])


def codes(answers: Sequence[Answer]) -> Counter[str]:
    return Counter(json.loads(answer.body).get("code") or "" for answer in answers)


def proposals(relief: Desk, file_ids: Sequence[str], fen: int) -> list[Request]:
    """Proposed living relief of as many households, and the command that approves each."""
    rule = programmes().find("LIVING", "DEEP", None, today(), "370202")
    assert rule is not None
    made = []
    with relief.database.write() as connection, Session(connection) as session:
        for number, file_id in enumerate(file_ids):
            head = session.get_one(HardshipFile, file_id).head_worker_id
            one = ReliefApplication(new_id(), PLACE, f"JZ-{number}", "LIVING", "DEEP", "SAFEGUARD", head, head, file_id,
                                    today().year, "officer", now(), file_id=file_id, household=[head])
            one.complete(rule, "township")
            one.take_computation(compute(rule, Situation({}, DIBAO_FEN)), [], today())
            one.propose(fen, None, [], "county")
            made.append(one)
        session.add_all(made)
        session.flush()
        return [command("approve_relief", CHAIR, {}, {"application_id": one.id}, one.version) for one in made]


def test_five_hundred_against_a_nearly_empty_fund(on_postgresql: TwoDesks) -> None:
    """Exactly as many are approved as the money allows, and the rest are told why."""
    money = fund(on_postgresql[0], fen=37 * 10_000 + 9_999)["id"]
    body = json.dumps({"fund_id": money, **APPROVAL}).encode()
    asked = [Request(one.operation, one.caller, one.path, {}, body, one.command_id, one.expected_version)
             for one in proposals(on_postgresql[0], crowd(on_postgresql[0], 500), 10_000)]
    answers = at_once([(on_postgresql[n % 2], one) for n, one in enumerate(asked)])
    assert codes(answers) == {"": 37, "fund-insufficient": 463}
    left = get_fund(on_postgresql[1], money)
    assert (left["available_fen"], left["reserved_fen"]) == (9_999, 370_000)
    assert_sound(on_postgresql[1], money)


def test_two_approvers_approve_once(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    head, _ = own_household(two[0], desk)
    case = apply(two[0], head)
    case.propose(100_000)
    money = fund(two[0])["id"]
    answers = at_once([(at, approval(case, money, caller(Role.CHAIR))) for at in two])
    assert sorted(answer.status for answer in answers) == [200, 412]
    assert (len(lines_of(two[1], case.now["id"])), get_fund(two[1], money)["reserved_fen"]) == (1, 100_000)
    assert len(two[0].told("relief_approved")) == 1


def test_two_approvers_approve_a_campaign_once(two: TwoDesks) -> None:
    """Once for the list: each household's money is reserved once, whoever comes first."""
    crowd(two[0], 5)
    case, money = draft(two[0]), fund(two[0])["id"]
    body = {"fund_id": money, "document_no": "WW-1"}
    answers = at_once([(at, command("approve_campaign", caller(Role.CHAIR), body, case.path, case.now["version"]))
                       for at in two])
    assert sorted(answer.status for answer in answers) == [200, 412]
    assert (case.read()["state"], case.now["reserved_count"]) == ("RESERVED", 5)
    assert (len(lines_of(two[1], case.now["id"])), get_fund(two[1], money)["reserved_fen"]) == (5, 500_000)
    assert len(two[0].told("relief_campaign_approved")) == 1
    assert_sound(two[1], money)


def test_two_approvals_of_one_household_do_not_pass_its_cap(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    """Each within the cap of the year, on funds of their own; together above it."""
    head, _ = own_household(two[0], desk, "RELATIVE")
    cases = [apply(two[0], head, "MEDICAL", need={**BILL, "bill_no": str(n), "own_paid_fen": 2_500_000})
             for n in range(2)]
    for case in cases:
        case.propose(1_500_000)
    answers = at_once([(at, approval(case, fund(at)["id"])) for at, case in zip(two, cases, strict=True)])
    assert codes(answers) == {"": 1, "relief-above-cap": 1}


def test_one_bill_brought_by_many_is_one_application(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    head, _ = own_household(two[0], desk)
    body = {"worker_id": head, "relief_type": "MEDICAL", "need": BILL}
    answers = at_once([(two[n % 2], command("apply_for_relief", OFFICER, body)) for n in range(8)])
    assert codes(answers) == {"": 1, "relief-same-need": 7}


def test_one_worker_named_in_two_campaigns(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    """Whichever is first has the worker; on both databases nobody is visited twice."""
    workers = [{"worker_id": people.worker(desk("membership"), None), "ground": "FRONT_LINE"} for _ in range(8)]
    money, body = fund(two[0])["id"], {"amounts_fen": {"FRONT_LINE": 10_000}}
    cases = [draft(two[0], **body, workers=some) for some in (workers, workers[::-1])]
    answers = at_once([(at, command("approve_campaign", CHAIR, {"fund_id": money, "document_no": "-"}, case.path,
                                    case.now["version"])) for at, case in zip(two, cases, strict=True)])
    assert [answer.status for answer in answers] == [200, 200]
    paid = [line["payee_id"] for case in cases for line in lines_of(two[0], case.now["id"])]
    assert sorted(paid) == sorted(one["worker_id"] for one in workers)
    assert get_fund(two[0], money)["reserved_fen"] == 80_000
    assert_sound(two[0], money)


def test_a_campaign_and_an_application_for_one_festival(two: TwoDesks, desk: Callable[[str], Desk]) -> None:
    head, _ = own_household(two[0], desk)
    case, money = draft(two[0]), fund(two[0])["id"]
    body = {"worker_id": head, "relief_type": "FESTIVAL", "need": {"occasion": "SPRING_FESTIVAL"},
            "year": today().year + 1}
    answers = at_once([
        (two[0], command("approve_campaign", CHAIR, {"fund_id": money, "document_no": "-"}, case.path,
                         case.now["version"])),
        (two[1], command("apply_for_relief", OFFICER, body))])
    reserved = case.read()["reserved_count"]
    assert (answers[0].status, answers[1].status) == (200, 409 if reserved else 201)
    assert get_fund(two[0], money)["reserved_fen"] == 100_000 * reserved


def test_two_processes_reserve_a_campaign_once(two: TwoDesks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserving, "CHUNK", 20)
    crowd(two[0], 110)
    money, case = fund(two[0], fen=100_000_000)["id"], draft(two[0])
    case.approve(money)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda at: [quietly(at) for _ in range(8)], two))
    assert (case.read()["state"], case.now["reserved_count"]) == ("RESERVED", 110)
    assert len({line["payee_id"] for line in lines_of(two[0], case.now["id"])}) == 110
    assert get_fund(two[0], money)["reserved_fen"] == 110 * 100_000
    assert_sound(two[0], money)


def quietly(at: Desk) -> None:
    """A tick; another process may be faster."""
    at.tick()


def own_household(relief: Desk, desk: Callable[[str], Desk], grade: str = "DEEP") -> tuple[str, dict[str, Any]]:
    head = people.worker(desk("membership"), None)
    return head, active_file(relief, [head], grade)


ACTION = st.tuples(st.sampled_from(["approve", "pay", "withdraw", "return", "recover"]), st.integers(1, 2_500_000))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTION, max_size=14))
def test_whatever_happens_a_household_never_gets_more_than_its_year(desk: Callable[[str], Desk],
                                                                   actions: list[tuple[str, int]]) -> None:
    relief = desk("relief")
    head, _ = household(desk, grade="RELATIVE")
    money, cases = fund(relief, fen=100_000_000)["id"], []
    for number, (action, fen) in enumerate(actions):
        if action == "approve":
            case = apply(relief, head, "MEDICAL", need={**BILL, "bill_no": f"{head}-{number}",
                                                        "own_paid_fen": 3_000_000})
            cap_fen = case.compute()
            if cap_fen:
                case.must("propose_relief", GROUP_COUNTY, amount_fen=min(cap_fen, fen))
                case.approve(money)
                cases.append(case)
        elif cases:
            happen(relief, cases[fen % len(cases)], action)
        lines = [line for case in cases for line in lines_of(relief, case.now["id"])]
        assert sum(line["amount_fen"] for line in lines if line["state"] in ("PAID", "RESERVED")) <= 2_000_000
    assert_sound(relief, money)


GROUP_COUNTY = caller(Role.COUNTY_REVIEWER)


def happen(relief: Desk, case: Application, action: str) -> None:
    state = case.read()["state"]
    if action == "withdraw" and state == "RESERVED":
        case.must("withdraw_relief", OFFICER, reason="-")
    elif (action, state) in (("pay", "RESERVED"), ("return", "PAID"), ("recover", "PAID")):
        bank_says(relief, case.now["id"], {"pay": "PAID", "return": "RETURNED", "recover": "RECOVERED"}[action])
