"""Numbers of papers, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.texts import same_text


@pytest.mark.parametrize(
    "written", ["TH-X1", "th-x1", " TH-X1 ", "\uff34\uff28-\uff381", "TH - X1", "TH\u200b-X1", "TH-X1\u3000"])
def test_one_number_however_it_is_written(written: str) -> None:
    assert same_text(written) == "TH-X1"


@pytest.mark.parametrize(("one", "other"), [("TH-X1", "TH-X11"), ("TH-X1", "THX1"), ("帮扶1", "帮扶2")])
def test_other_numbers_stay_others(one: str, other: str) -> None:
    assert same_text(one) != same_text(other)


@given(st.text())
def test_comparing_again_changes_nothing(text: str) -> None:
    assert same_text(same_text(text)) == same_text(text)
