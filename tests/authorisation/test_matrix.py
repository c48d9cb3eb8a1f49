"""Every operation × every role × four places in the tree: past the door or not, and whose records are there.

The accounts stand at the district whose records are asked for, above it, below it and beside it. A record that is not
within the caller's part of the tree is not found (404): never 403, which would tell that it exists.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest

from gateway.render import Route
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.table import ready
from shared.kernel.roles import Role
from shared.runtime.demo import people
from shared.runtime.demo.cast import CITY, DISTRICT, OTHER_DISTRICT
from shared.runtime.demo.hardship_files import STREET
from tests.authorisation.door import Door, Reply, bodies, here, opened
from tests.stage import PASSWORD, ROUTES, Stage

PLACES = {"own": DISTRICT, "parent": CITY, "child": STREET, "foreign": OTHER_DISTRICT}
ABOVE = ("own", "parent")
PUBLIC = {"session.sign_in", "session.refresh", "session.client_token", "relief.list_public_notices",
          "relief.raise_public_objection", "relief.get_public_goods_summary", "relief.list_public_receipts"}
GUARDED = [route for route in ROUTES if not route.row.public and route.endpoint != "session.sign_out"]
SERVICES = sorted({route.service for route in GUARDED})
#: what is of the installation, not of an organisation: parked messages, and whether the trail is whole
OF_THE_INSTALLATION = {row.name for row in KIT_OPERATIONS}
#: a lawyer reads the cases that were assigned to them
ONLY_OWN_CASES = {(Role.LAWYER, "legal.get_aid_case")}
#: what two unions deal with is seen by both: the file that the street gives to the district
TWO_SIDES = {"relief.list_file_transfers", "relief.get_file_transfer", "relief.accept_file_transfer",
             "relief.decline_file_transfer", "relief.withdraw_file_transfer"}
AT_ONCE = 6


@pytest.fixture(scope="module")
def door(stage: Stage) -> Iterator[Door]:
    with opened(stage) as one:
        yield one


@pytest.fixture(scope="module")
def simplest(stage: Stage) -> dict[str, Any]:
    return bodies(stage)


@pytest.fixture(scope="module")
def tokens(stage: Stage) -> dict[tuple[Role, str], str]:
    """An account of each role at each place, signed in. The workers among them have no matter of their own."""
    worker = stage.cast["R1"].does("/v1/membership/workers", {
        "name": "局外人", "id_number": people.resident_id(900_001), "registration": "OUTSIDE_RURAL",
        "employment": "UNEMPLOYED"}, key="matrix worker")

    def made(role: Role, place: str) -> str:
        name = f"matrix-{role.lower()}-{place}"
        more = {"worker_id": worker["id"]} if role is Role.WORKER else {}
        stage.cast.open_account(name, f"{role.zh} {place}", [(role, PLACES[place])], **more)
        return stage.centre.api.sign_in(name, PASSWORD).token

    with ThreadPoolExecutor(AT_ONCE) as pool:
        both = [(role, place) for role in Role for place in PLACES]
        return dict(zip(both, pool.map(lambda one: made(*one), both), strict=True))


def test_what_is_open_to_everybody_is_a_short_list() -> None:
    assert {route.endpoint for route in ROUTES if route.row.public} == PUBLIC


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_gets_in_without_a_token(door: Door, service: str) -> None:
    for route in of(service):
        assert (door.ask(route, None).status, door.ask(route, "a.b.c").code) == (401, "token-invalid"), route.endpoint


@pytest.mark.parametrize("service", SERVICES)
def test_an_api_client_does_what_its_scopes_say_and_nothing_else(door: Door, stage: Stage, service: str) -> None:
    for route in of(service):
        reply = door.ask(route, stage.client_token, body={} if route.row.body else None)
        if route.is_session:
            continue  # of its own session everybody may speak
        assert (reply.code == "scope-missing") == (route.row.client_scope is None), (route.endpoint, reply)
        assert reply.status in (403,) if route.row.client_scope is None else reply.status in (200, 404, 422)


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_by_every_role_from_four_places(door: Door, stage: Stage, simplest: dict[str, Any],
                                                        tokens: dict[tuple[Role, str], str], service: str) -> None:
    asked = [(route, role, place) for route in of(service) for role in Role for place in PLACES]

    def fault(one: tuple[Route, Role, str]) -> str | None:
        route, role, place = one
        reply = ask(door, stage, route, tokens[role, place], simplest)
        wrong = wrongly_answered(stage, route, role, place, reply)
        return wrong and f"{route.endpoint} by {role} {place}: {reply.status} {reply.code}, {wrong}"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert [told for told in pool.map(fault, asked) if told] == []


def of(service: str) -> list[Route]:
    return [route for route in GUARDED if route.service == service]


def ask(door: Door, stage: Stage, route: Route, token: str, simplest: dict[str, Any]) -> Reply:
    """About a real record where the row names one; a command that makes a new one is sent with an empty body."""
    if route.row.name in OF_THE_INSTALLATION or not route.row.path_fields:
        return door.ask(route, token, body={} if route.row.body else None, query="limit=200" if route.row.many else "")
    return door.ask(route, token, here(stage, route)[0], simplest.get(route.endpoint), query=asked_of(route))


def asked_of(route: Route) -> str:
    """What the query of a read must say, such as what for."""
    needed = ready(route.row.query).fields if route.row.query else {}
    return "&".join(f"{name}=a" for name, field in needed.items() if field.required)


def wrongly_answered(stage: Stage, route: Route, role: Role, place: str, reply: Reply) -> str | None:
    """What is wrong with an answer, by the table alone."""
    if role not in route.row.roles:
        return None if (reply.status, reply.code) == (403, "role-missing") else "the door should have stayed shut"
    if reply.status in (401, 403):
        return "the door should have opened"
    if route.row.name in OF_THE_INSTALLATION or route.is_session:
        return None
    if not route.row.path_fields:
        return outside_of(role, place, reply) if route.row.many else None
    if role is Role.WORKER or place not in seen_from(route) or (role, route.endpoint) in ONLY_OWN_CASES:
        return None if reply.status == 404 else "there should have been nothing"
    return None if reply.status in seen(route) else "the record should have been there"


def seen_from(route: Route) -> tuple[str, ...]:
    """The places from which a record of the own one is seen."""
    return (*ABOVE, "child") if route.endpoint in TWO_SIDES else ABOVE


def seen(route: Route) -> set[int]:
    """How it shows that a record was found."""
    return {412} if route.row.versioned else {200, 201, 409}


def outside_of(role: Role, place: str, reply: Reply) -> str | None:
    """A list holds what lies at or below the caller's place; a worker's holds their own."""
    paths = {(row["org_path"], row.get("from_org_path", row["org_path"])) for row in reply.data["items"]
             if "org_path" in row}
    if role is Role.WORKER:
        return f"a stranger's list holds {paths}" if paths else None
    wrong = {sides for sides in paths if not any(path.startswith(PLACES[place]) for path in sides)}
    return f"a list holds {wrong}" if wrong else None


# -- what the matrix cannot say --------------------------------------------------------------------------------


def test_there_is_a_real_record_behind_every_path(stage: Stage) -> None:
    """Else the matrix would prove nothing."""
    without = {route.endpoint for route in GUARDED if route.row.path_fields and not here(stage, route)
               and route.row.name not in OF_THE_INSTALLATION}
    assert without == set()


def test_a_list_at_the_own_place_shows_the_records(door: Door, stage: Stage,
                                                   tokens: dict[tuple[Role, str], str]) -> None:
    for route in GUARDED:
        ids = set(here(stage, route))
        if not route.row.many or route.row.path_fields or not ids:
            continue
        role = next(role for role in Role if role in route.row.roles and role is not Role.WORKER and role != "R16")
        for place in PLACES:
            found = {row["id"] for row in door.pages(route, tokens[role, place])}
            assert (ids & found == ids) if place in seen_from(route) else not ids & found, (route.endpoint, role, place)


def test_a_worker_reads_their_own_matter_and_no_other(door: Door, stage: Stage) -> None:
    own, other = _own_and_other(stage)
    by_name = {route.endpoint: route for route in ROUTES}
    for name, mine in own.items():
        assert door.ask(by_name[name], stage.worker.token, mine).status == 200, name
        assert door.ask(by_name[name], stage.worker.token, other[name]).status == 404, name


def _own_and_other(stage: Stage) -> tuple[dict[str, str], dict[str, str]]:
    """Records of the first worker of the case, and of people who have nothing to do with them."""
    me = stage.worker.reads("/v1/me")["worker_id"]
    disputes = stage.worker.reads("/v1/mediation/disputes")["items"]
    visits = stage.worker.reads("/v1/reception/visits")["items"]
    own = {"membership.get_worker": me, "mediation.get_dispute": disputes[0]["id"],
           "reception.get_visit": visits[0]["id"]}
    lists = {"membership.get_worker": "/v1/membership/workers", "mediation.get_dispute": "/v1/mediation/disputes",
             "reception.get_visit": "/v1/reception/visits"}
    mine = {me, *(row["id"] for row in (*disputes, *visits))}
    return own, {name: next(one for one in stage.ids[path] if one not in mine) for name, path in lists.items()}


def test_a_new_record_cannot_be_put_into_another_organisation(door: Door, simplest: dict[str, Any],
                                                              tokens: dict[tuple[Role, str], str]) -> None:
    for route in GUARDED:
        if route.row.body is None or "org_path" not in route.row.body().fields or route.row.path_fields:
            continue
        role = next(role for role in Role if role in route.row.roles and role is not Role.WORKER)
        body = {**simplest[route.endpoint], "org_path": OTHER_DISTRICT}
        reply = door.ask(route, tokens[role, "own"], body=body)
        wanted = (403, "out-of-reach") if route.service == "gateway" else (404, "not-found")
        assert (reply.status, reply.code) == wanted, (route.endpoint, reply)


def test_the_same_through_http(stage: Stage, tokens: dict[tuple[Role, str], str]) -> None:
    """A sample, through gunicorn."""
    reads = [route for route in GUARDED if route.row.method == "GET" and not route.row.path_fields]
    asked = [(route, role, place) for route in reads for role in Role for place in PLACES]
    for route, role, place in Random(5).sample(asked, 150):
        reply = stage.centre.api.send("GET", f"{route.rule}?{asked_of(route)}",
                                      headers={"Authorization": f"Bearer {tokens[role, place]}"})
        assert reply.status == (200 if role in route.row.roles else 403), (route.endpoint, role, place)
