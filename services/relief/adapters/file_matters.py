"""Tables of what belongs to hardship files: objections, attachments, accesses, transfers, reviews, destruction."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import deferred

from services.relief.adapters.base import mappers, metadata
from services.relief.domain.files.access import FileAccess
from services.relief.domain.files.attachment import FileAttachment
from services.relief.domain.files.destruction import DestructionList
from services.relief.domain.files.objection import FileObjection
from services.relief.domain.files.review_year import ReviewYear
from services.relief.domain.files.transfer import FileTransfer
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate
from shared.store.types import Instant, Json


def of_file() -> Column[str]:
    return key("file_id", ForeignKey("hardship_files.id"), nullable=False, index=True)


file_objections = aggregate_table(
    "file_objections", metadata,
    of_file(),
    Column("file_no", String(32), nullable=False),
    Column("text", Encrypted("file_objections.text"), nullable=False),
    Column("contact", Encrypted("file_objections.contact")),
    Column("raised_by", String(80)),
    Column("finding", String(500)),
    Column("examined_by", String(80)),
    Column("reason", String(500)),
    Column("decided_by", String(80)),
    Column("decided_on", Date),
)

file_attachments = aggregate_table(
    "file_attachments", metadata,
    of_file(),
    Column("kind", String(40), nullable=False),
    Column("file_name", String(200), nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content_text", Encrypted("file_attachments.content")),
    Column("uploaded_by", String(80), nullable=False),
)

file_accesses = aggregate_table(
    "file_accesses", metadata,
    of_file(),
    Column("file_no", String(32), nullable=False),
    Column("purpose", String(200), nullable=False),
    Column("reader", String(80), nullable=False),
    Column("outside_body", String(100)),
    Column("until", Instant),
    Column("decided_by", String(80)),
    Column("reason", String(500)),
)

file_transfers = aggregate_table(
    "file_transfers", metadata,
    of_file(),
    Column("file_no", String(32), nullable=False),
    Column("from_org_path", String(200), nullable=False),
    Column("reason", String(500), nullable=False),
    Column("proposed_by", String(80), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_on", Date),
    Column("answer", String(500)),
)

file_reviews = aggregate_table(
    "file_reviews", metadata,
    Column("year", Integer, nullable=False),
    Column("seed", String(64), nullable=False),
    Column("sample_bp", Integer, nullable=False),
    Column("document", String(200), nullable=False),
    Column("opened_by", String(80), nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("total", Integer, nullable=False),
    Column("sampled", Integer, nullable=False),
    Column("closed_on", Date),
)
Index("file_reviews_once", file_reviews.c.org_path, file_reviews.c.year, unique=True)

#: one row for each file that was there when the review began; plain rows, written many at a time
file_review_items = Table(
    "file_review_items", metadata,
    key(primary_key=True),
    Column("review_id", String(36), ForeignKey("file_reviews.id"), nullable=False),
    of_file(),
    Column("file_no", String(32), nullable=False),
    Column("is_sampled", Boolean, nullable=False),
    Column("is_started", Boolean, nullable=False, index=True),
    Column("checked_on", Date),
    Column("checked_by", String(80)),
    Column("is_consistent", Boolean),
    Column("note", String(500)),
    UniqueConstraint("review_id", "file_id"),
)

file_destructions = aggregate_table(
    "file_destructions", metadata,
    Column("file_ids", Json, nullable=False),
    Column("reason", String(500), nullable=False),
    Column("proposed_by", String(80), nullable=False),
    Column("decided_by", String(80)),
    Column("decided_on", Date),
)

map_aggregate(mappers, FileObjection, file_objections)
map_aggregate(mappers, FileAttachment, file_attachments, content_text=deferred(file_attachments.c.content_text))
map_aggregate(mappers, FileAccess, file_accesses)
map_aggregate(mappers, FileTransfer, file_transfers)
map_aggregate(mappers, ReviewYear, file_reviews)
map_aggregate(mappers, DestructionList, file_destructions)
