"""Sharing the tests out to workers (`-n 2`): a module stays whole, and so does what shares a running centre.

A scheduler of our own: the marks of `--dist loadgroup` do nothing with pytest 9.2 (pytest-xdist, issue 1386).
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

#: folder below `tests` → the centre its tests share; in the order in which they begin, the longest first
CENTRES = {"crash": "storm", "outage": "storm", "authorisation": "stage", "fuzz": "stage", "flows": "flows"}


class ByCentre(LoadScopeScheduling):  # type: ignore[misc]
    def _split_scope(self, nodeid: str) -> str:
        """The part of the tests that one worker runs."""
        module = nodeid.partition("::")[0]
        return CENTRES.get(_folder(module), module)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, so that no worker is left with it at the end."""
    order = list(CENTRES)
    items.sort(key=lambda item: order.index(folder) if (folder := _folder(item.nodeid)) in order else len(order))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByCentre:
    config.option.loadscopereorder = False
    return ByCentre(config, log)


def _folder(nodeid: str) -> str:
    return nodeid.split("/")[1]
