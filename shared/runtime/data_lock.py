"""One running centre per data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class DataInUse(RuntimeError):
    """Another start uses this data folder."""


@contextmanager
def data_lock(data: Path) -> Iterator[None]:
    """Hold the folder while the centre runs; the kernel frees it even if we are killed. Raises DataInUse."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise DataInUse(_message(data, file.read().strip())) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _message(data: Path, pid: str) -> str:
    return (
        f"数据目录 {data} 正被另一个 bangfu run(进程 {pid})使用。请先停止它,或用 PORT 和 BANGFU_DATA 另开一份。 / "
        f"{data} is in use by another `bangfu run` (process {pid}). Stop that one, or choose another PORT and data."
    )
