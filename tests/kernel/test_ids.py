from __future__ import annotations

import os
import threading
import time
import uuid

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.kernel import clock, ids
from shared.kernel.ids import CaseNumberInvalid, IdInvalid, case_number, check_case_number, id_time, is_id, new_id

divisions = st.from_regex(r"[0-9]{6}", fullmatch=True)
numbers = st.builds(case_number, st.just("KN"), divisions, st.integers(1000, 9999), st.integers(1, 999_999))


def test_an_id_is_a_uuid_of_version_7() -> None:
    parsed = uuid.UUID(new_id())
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122


def test_ids_grow_within_the_process() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_grow_while_the_machine_clock_falls_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_id()
    past_ns = time.time_ns() - 3_600 * 10**9
    monkeypatch.setattr(time, "time_ns", lambda: past_ns)
    assert new_id() > first


def test_ids_grow_past_a_full_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    source = ids._Source()
    at_ns = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: at_ns)
    first_ms, _ = source.next()
    source._counter = 2**74 - 1
    assert source.next()[0] == first_ms + 1


def test_threads_never_share_an_id() -> None:
    made: list[list[str]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=lambda own=own: own.extend(new_id() for _ in range(2_000))) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each for own in made for each in own}) == 8_000
    assert all(own == sorted(own) for own in made)


def test_a_forked_worker_makes_ids_of_its_own() -> None:
    new_id()
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write_end, "\n".join(new_id() for _ in range(50)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    from_child = set(os.read(read_end, 4_096).decode().split())
    os.close(read_end)
    os.close(write_end)
    assert len(from_child) == 50
    assert not from_child & {new_id() for _ in range(200)}


def test_an_id_tells_when_it_was_made() -> None:
    before = clock.real_now()
    made_at = id_time(new_id())
    assert abs((made_at - before).total_seconds()) < 2
    assert made_at.utcoffset() == before.utcoffset()
    assert id_time("017f22e2-79b0-7cc3-98c4-dc0c0c07398f").isoformat() == "2022-02-23T03:22:22+08:00"


@pytest.mark.parametrize("text", ["", "x", str(uuid.uuid4()), new_id().upper(), f"{new_id()}\n", 7, None],
                         ids=["empty", "letter", "version 4", "capitals", "line end", "number", "none"])
def test_other_things_are_no_ids(text: str) -> None:
    assert not is_id(text)
    with pytest.raises(IdInvalid):
        id_time(text)


def test_a_case_number_reads_kind_division_year_serial_check() -> None:
    number = case_number("KN", "370202", 2026, 18)
    assert number[:-1] == "KN3702022026000018"
    assert check_case_number(number) == number
    assert check_case_number(f" {number[:2].lower()} {number[2:8]}-{number[8:]} ") == number


@given(numbers, st.data())
def test_one_wrong_character_is_always_found(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(2, 18))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != number[place])
    with pytest.raises(CaseNumberInvalid):
        check_case_number(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize(
    ("prefix", "division", "year", "serial"),
    [
        ("K", "370202", 2026, 1),
        ("kn", "370202", 2026, 1),
        ("KN", "37020", 2026, 1),
        ("KN", "37020", 12026, 1),
        ("KN", "370202", 2026, 0),
        ("KN", "370202", 2026, 1_000_000),
        ("KN", "37020a", 2026, 1),
    ],
)
def test_no_number_of_wrong_parts(prefix: str, division: str, year: int, serial: int) -> None:
    with pytest.raises(CaseNumberInvalid):
        case_number(prefix, division, year, serial)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "19"),
        ("KN37020220260000", "19"),
        ("123702022026000018A", "2 letters"),
        ("KN3702022026000018*", "2 letters"),
    ],
)
def test_the_refusal_says_what_is_wrong_with_a_number(text: str, reason: str) -> None:
    with pytest.raises(CaseNumberInvalid, match=reason):
        check_case_number(text)
