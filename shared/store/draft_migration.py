"""Drafts a migration script from the difference between a service's tables and its scripts; a person reads it over.

    .venv/bin/python -m shared.store.draft_migration relief "care platforms"
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

from shared.store import tables
from shared.store.migrate import KIT, migrations_of, upgrade
from shared.store.types import Fen, Instant, Json, Serial

HEAD = '''"""{title}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.store.encryption import Encrypted
from shared.store.types import Instant, Json, Serial

revision = "{revision}"
down_revision = {down}


def upgrade() -> None:
    {body}
'''


def metadata_of(service: str) -> MetaData:
    """The tables of a service, of the gateway, or of the kit."""
    if service == "kit":
        return tables.KIT
    home = "gateway" if service == "gateway" else f"services.{service}"
    metadata: MetaData = importlib.import_module(f"{home}.adapters.tables").metadata
    return metadata


def draft(service: str, title: str) -> Path:
    """Write the next script and return its path."""
    folder = KIT if service == "kit" else migrations_of(service)
    folder.mkdir(parents=True, exist_ok=True)
    before = sorted(path.name[:4] for path in folder.glob("[0-9]*.py"))
    revision = f"{len(before) + 1:04d}"
    path = folder / f"{revision}_{re.sub(r'[^a-z0-9]+', '_', title.lower())}.py"
    down = f'"{before[-1]}"' if before else "None"
    path.write_text(HEAD.format(title=title.capitalize(), revision=revision, down=down, body=_body(service, folder)))
    for tidy in (["check", "--fix", "-q"], ["format", "-q"]):
        subprocess.run([sys.executable, "-m", "ruff", *tidy, str(path)], check=False)
    return path


def _body(service: str, folder: Path) -> str:
    with tempfile.TemporaryDirectory() as place:
        engine = create_engine(f"sqlite:///{place}/draft.sqlite3")
        with engine.connect() as connection:
            if any(folder.glob("[0-9]*.py")):
                upgrade(connection, folder, "version")
            options = {"version_table": "version", "render_item": _render, "compare_type": True}
            context = MigrationContext.configure(connection, opts=options)
            script = produce_migrations(context, metadata_of(service))
        assert script.upgrade_ops is not None
        code = render_python_code(script.upgrade_ops, render_item=_render)
        return re.sub(r" *# ### .*\n?", "", code).strip()


def _render(kind: str, item: Any, _context: Any) -> Any:
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "Instant()"
    if item is Json or item is Serial:
        return "Json" if item is Json else "Serial"
    if item is Fen:
        return "sa.BigInteger()"
    return f'Encrypted("{item.purpose}")' if type(item).__name__ == "Encrypted" else False


if __name__ == "__main__":
    sys.stdout.write(f"{draft(sys.argv[1], sys.argv[2])}\n")
