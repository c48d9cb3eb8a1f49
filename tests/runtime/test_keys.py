"""The key file: made once, private, and refused when damaged."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from shared.runtime import keys
from shared.runtime.config import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"BANGFU_DATA": str(tmp_path / "data")})


def test_first_start_makes_a_private_file_and_later_starts_keep_it(settings: Settings) -> None:
    first = keys.ensure(settings)
    assert stat.S_IMODE(settings.keys_file.stat().st_mode) == 0o600
    assert keys.ensure(settings) == first
    assert {len(key) for key in (first.token_secret, first.index_key, *first.field_keys.values())} == {32}


def test_two_installations_have_different_keys() -> None:
    assert keys.generate()["token_secret"] != keys.generate()["token_secret"]


def test_the_environment_may_hold_the_keys_and_no_file_is_made(settings: Settings) -> None:
    given = Settings.read({"BANGFU_DATA": str(settings.data), "BANGFU_KEYS": json.dumps(keys.generate())})
    assert keys.ensure(given).current_field_key == "k1"
    assert not settings.keys_file.exists()


def test_a_missing_file_says_how_to_get_one(settings: Settings) -> None:
    with pytest.raises(keys.KeysInvalid, match="bangfu run"):
        keys.load(settings)


@pytest.mark.parametrize(
    "change",
    [
        {"current_field_key": "k9"},
        {"token_secret": "c2hvcnQ="},
        {"index_key": "not base64!"},
        {"field_keys": None},
    ],
)
def test_damaged_keys_are_refused(settings: Settings, change: dict[str, object]) -> None:
    keys.ensure(settings)
    settings.keys_file.write_text(json.dumps({**keys.generate(), **change}))
    with pytest.raises(keys.KeysInvalid, match="damaged"):
        keys.load(settings)


def test_a_new_field_key_becomes_current_and_the_old_one_stays(settings: Settings) -> None:
    before = keys.ensure(settings)
    assert keys.add_field_key(settings) == "k2"
    after = keys.load(settings)
    assert after.current_field_key == "k2"
    assert after.field_keys["k1"] == before.field_keys["k1"]
    assert (after.token_secret, after.index_key) == (before.token_secret, before.index_key)


def test_keys_do_not_show_themselves(settings: Settings) -> None:
    loaded = keys.ensure(settings)
    assert str(loaded.token_secret) not in repr(loaded)
