"""Two starts on one data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shared.runtime.data_lock import DataInUse, data_lock


def test_the_second_is_refused_with_the_process_of_the_first(tmp_path: Path) -> None:
    with data_lock(tmp_path), pytest.raises(DataInUse, match=str(os.getpid())), data_lock(tmp_path):
        pass


def test_the_folder_is_free_again_afterwards_and_another_one_always(tmp_path: Path) -> None:
    with data_lock(tmp_path / "a"), data_lock(tmp_path / "b"):
        pass
    with data_lock(tmp_path / "a"):
        assert (tmp_path / "a" / "lock").read_text() == str(os.getpid())
