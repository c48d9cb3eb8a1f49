"""Our own import contracts: they let through what is allowed and catch what is not."""

from __future__ import annotations

from typing import Any

import grimp
import pytest

from tests.import_rules import OnlyContract, ReservedContract, within


def graph(*imports: tuple[str, str]) -> grimp.ImportGraph:
    made = grimp.ImportGraph()
    for importer, imported in imports:
        made.add_import(importer=importer, imported=imported)
    return made


def illegal(contract: type[Any], options: dict[str, Any], *imports: tuple[str, str]) -> list[tuple[str, str]]:
    made = contract("name", {"root_packages": ["shared"]}, {"name": "name", "type": "own", **options})
    check = made.check(graph(*imports), verbose=False)
    assert check.kept == (not check.metadata["illegal"])
    return list(check.metadata["illegal"])


@pytest.mark.parametrize(
    ("module", "package", "expected"),
    [
        ("services.relief.domain.funds", "services.*.domain", True),
        ("services.relief.domain", "services.*.domain", True),
        ("services.relief.adapters", "services.*.domain", False),
        ("shared.kernels", "shared.kernel", False),
        ("shared", "shared.kernel", False),
    ],
)
def test_a_star_stands_for_one_name(module: str, package: str, expected: bool) -> None:
    assert within(module, package) is expected


DOMAIN = {"source_modules": ["services.*.domain"], "allowed": ["shared.kernel"]}


@pytest.mark.parametrize("imported", ["dataclasses", "shared.kernel.money", "services.relief.domain.funds"])
def test_a_domain_file_may_import_the_kernel_the_standard_library_and_its_own(imported: str) -> None:
    assert illegal(OnlyContract, DOMAIN, ("services.relief.domain.payments", imported)) == []


@pytest.mark.parametrize(
    "imported", ["sqlalchemy", "shared.store.engine", "services.jobs.domain.fairs", "services.relief.adapters.tables"]
)
def test_a_domain_file_may_import_nothing_else(imported: str) -> None:
    pair = ("services.relief.domain.payments", imported)
    assert illegal(OnlyContract, DOMAIN, pair) == [pair]


RESERVED = {"modules": ["nameko", "eventlet"], "importers": ["shared.bus", "services.*.service"]}


def test_nameko_is_for_the_edge() -> None:
    edge = [("shared.bus.host", "nameko"), ("services.jobs.service", "eventlet")]
    inside = [("services.jobs.application.fairs", "nameko")]
    assert illegal(ReservedContract, RESERVED, *edge) == []
    assert illegal(ReservedContract, RESERVED, *edge, *inside) == inside
