"""Two import-linter contracts of our own, for the directions its stock ones cannot say."""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def within(module: str, package: str) -> bool:
    """Whether `module` is `package` or lies in it; `*` in `package` stands for one name."""
    wanted, parts = package.split("."), module.split(".")
    return len(parts) >= len(wanted) and all(map(fnmatchcase, parts, wanted))


def direct_imports(graph: ImportGraph, packages: list[str]) -> list[tuple[str, str]]:
    """Pairs (importer, imported) of every module in `packages`, sorted."""
    importers = [module for module in graph.modules if any(within(module, package) for package in packages)]
    return sorted((module, found) for module in importers for found in graph.find_modules_directly_imported_by(module))


class _ListingContract(Contract):  # type: ignore[misc]
    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["illegal"]:
            output.print_error(f"{importer} imports {imported}")


class OnlyContract(_ListingContract):
    """`source_modules` import themselves, the standard library and `allowed`, and nothing else."""

    source_modules = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        illegal = [pair for pair in direct_imports(graph, self.source_modules) if not self._may(*pair)]
        return ContractCheck(kept=not illegal, metadata={"illegal": illegal})

    def _may(self, importer: str, imported: str) -> bool:
        own = ".".join(importer.split(".")[:3])
        return imported.split(".")[0] in sys.stdlib_module_names or any(
            within(imported, package) for package in [own, *self.allowed]
        )


class ReservedContract(_ListingContract):
    """Nothing but `importers` imports `modules` directly."""

    modules = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        illegal = [
            (importer, imported)
            for imported in self.modules
            if imported in graph.modules
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if not any(within(importer, package) for package in self.importers)
        ]
        return ContractCheck(kept=not illegal, metadata={"illegal": illegal})
