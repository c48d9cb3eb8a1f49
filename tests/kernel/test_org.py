from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.org import OrgPathInvalid, check_org_path, depth, division_of, is_within, parent

levels = st.lists(st.from_regex(r"[0-9a-z-]{1,8}", fullmatch=True), min_size=1, max_size=12)
paths = levels.map(lambda parts: f"/{'/'.join(parts)}/")


@pytest.mark.parametrize(
    "text",
    ["", "/", "//", "37", "/37", "37/", "/37//x/", "/A/", "/青岛/", "/a b/", "/../", f"/{'a' * 33}/", "/a" * 13 + "/",
     "/37/\n", None],
)  # fmt: skip
def test_what_is_no_path(text: str) -> None:
    with pytest.raises(OrgPathInvalid):
        check_org_path(text)


@given(paths)
def test_every_path_of_1_to_12_levels_passes(path: str) -> None:
    assert check_org_path(path) == path
    assert 1 <= depth(path) <= 12


@given(paths)
def test_climbing_ends_at_the_top(path: str) -> None:
    above = parent(path)
    if depth(path) == 1:
        assert above is None
    else:
        assert above is not None
        assert depth(above) == depth(path) - 1
        assert is_within(path, above)
        assert not is_within(above, path)


@given(paths)
def test_a_path_lies_within_itself(path: str) -> None:
    assert is_within(path, path)


def test_a_neighbour_with_the_same_beginning_is_outside() -> None:
    assert is_within("/37/3702/370202/", "/37/3702/")
    assert not is_within("/37/37021/", "/37/3702/")
    assert not is_within("/37/3702/", "/37/3702/370202/")


@pytest.mark.parametrize("scope", ["", "/", "/37"])
def test_a_senseless_scope_opens_nothing(scope: str) -> None:
    with pytest.raises(OrgPathInvalid):
        is_within("/37/", scope)


@pytest.mark.parametrize(
    ("path", "division"),
    [
        ("/37/3702/370202/qingdao-north/", "370202"),
        ("/37/3702/", "370200"),
        ("/37/", "370000"),
        ("/37/3702/370202/370202001/", "370202"),
        ("/acftu/", "000000"),
        ("/11/22/", "220000"),
    ],
)
def test_the_division_of_a_path(path: str, division: str) -> None:
    assert division_of(path) == division
