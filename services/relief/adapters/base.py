"""What the tables of relief have in common."""

from __future__ import annotations

from sqlalchemy import Column, MetaData
from sqlalchemy.orm import registry

from shared.store.types import Fen

metadata = MetaData()
mappers = registry(metadata=metadata)


def fen(name: str) -> Column[int]:
    """An amount in fen that is always there."""
    return Column(name, Fen, nullable=False)
