"""The fields of the contracts take what their description says, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from marshmallow import ValidationError

from gateway.schemas import TEXT
from shared.contracts.fields import Text


@given(st.text(st.characters(max_codepoint=0x3000), max_size=5))
@example("\x85")
@example("\x1f好")
@example(" 好 ")
@example("\u2003")
def test_a_text_is_what_its_description_says(value: str) -> None:
    if re.search(TEXT, value):
        assert Text().deserialize(value) == value.strip()
    else:
        with pytest.raises(ValidationError):
            Text().deserialize(value)
