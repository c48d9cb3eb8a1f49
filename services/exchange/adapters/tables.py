"""Exchange's tables. The rows of a batch are written and read as rows: a batch may have thousands."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    and_,
)
from sqlalchemy.orm import registry

from services.exchange.domain.authorisation import Authorisation, Signer
from services.exchange.domain.batch import AgencyBatch
from services.exchange.domain.hit import AgencyHit
from services.exchange.domain.outbound import OutboundRecord
from services.exchange.domain.verification import Verification
from shared.store.encryption import Encrypted
from shared.store.mapping import aggregate_table, key, map_aggregate, parts
from shared.store.types import Fen, Json

metadata = MetaData()
mappers = registry(metadata=metadata)

authorisations = aggregate_table(
    "authorisations",
    metadata,
    Column("paper_no", String(60), nullable=False),
    Column("purpose", String(40), nullable=False),
    Column("categories", Json, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("revoked_on", Date),
    Column("reason", String(300)),
)
authorisations.append_constraint(UniqueConstraint(authorisations.c.org_path, authorisations.c.paper_no))
Index("authorisations_ending", authorisations.c.state, authorisations.c.valid_to)

signers = Table(
    "authorisation_signers",
    metadata,
    key("signer_id", primary_key=True),
    Column("authorisation_id", ForeignKey("authorisations.id"), nullable=False, index=True),
    Column("name", Encrypted("authorisation_signers.name"), nullable=False),
    Column("id_number", Encrypted("authorisation_signers.id_number"), nullable=False),
    Column("id_index", String(64), nullable=False),
    Column("guardian_index", String(64)),
)

batches = aggregate_table(
    "agency_batches",
    metadata,
    Column("agency", String(40), nullable=False),
    Column("batch_no", String(60), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("division_code", String(12), nullable=False),
    Column("data_date", Date, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("amount_total_fen", Fen, nullable=False),
    Column("total", Integer, nullable=False),
    Column("ok", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("compared", Integer, nullable=False, server_default="0"),
    Column("members", Integer, nullable=False, server_default="0"),
    Column("sent_by", String(80), nullable=False),
    Column("decided_by", String(80)),
    Column("reason", String(300)),
)
batches.append_constraint(UniqueConstraint(batches.c.agency, batches.c.batch_no))
_WAITING = and_(batches.c.state == "LOADED", batches.c.compared < batches.c.total)
Index("agency_batches_to_compare", batches.c.created_at, sqlite_where=_WAITING, postgresql_where=_WAITING)

rows = Table(
    "agency_rows",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False),
    Column("batch_id", ForeignKey("agency_batches.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("category", String(40)),
    Column("name", Encrypted("agency_rows.name")),
    Column("id_number", Encrypted("agency_rows.id_number")),
    Column("id_index", String(64), index=True),
    Column("amount_fen", Fen),
    Column("content", Encrypted("agency_rows.content"), nullable=False),
    UniqueConstraint("batch_id", "number"),
)

row_errors = Table(
    "agency_row_errors",
    metadata,
    key(primary_key=True),
    Column("org_path", String(200), nullable=False),
    Column("batch_id", ForeignKey("agency_batches.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("pointer", String(200), nullable=False),
    Column("code", String(60), nullable=False),
    Column("zh", String(400), nullable=False),
    Column("en", String(400), nullable=False),
)

hits = aggregate_table(
    "agency_hits",
    metadata,
    Column("batch_id", ForeignKey("agency_batches.id"), nullable=False),
    Column("number", Integer, nullable=False),
    key("worker_id", nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("category", String(40), nullable=False),
    Column("is_running", Boolean, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
)
hits.append_constraint(UniqueConstraint(hits.c.batch_id, hits.c.number))

outbound = aggregate_table(
    "outbound_records",
    metadata,
    Column("kind", String(40), nullable=False),
    key("subject_id", nullable=False),
    Column("data", Json, nullable=False),
)
outbound.append_constraint(UniqueConstraint(outbound.c.kind, outbound.c.subject_id))

verifications = aggregate_table(
    "verifications",
    metadata,
    key("file_id", nullable=False),
    Column("file_no", String(32), nullable=False),
    Column("authorisation_no", String(60), nullable=False),
    Column("request", BigInteger, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("report_no", String(60)),
    Column("reported_on", Date),
    Column("hits", Json),
)
verifications.append_constraint(UniqueConstraint(verifications.c.file_id, verifications.c.request))
Index("verifications_waiting", verifications.c.state, verifications.c.file_no)

mappers.map_imperatively(Signer, signers)
map_aggregate(mappers, Authorisation, authorisations, signers=parts(Signer, signers.c.signer_id))
map_aggregate(mappers, AgencyBatch, batches)
map_aggregate(mappers, AgencyHit, hits)
map_aggregate(mappers, OutboundRecord, outbound)
map_aggregate(mappers, Verification, verifications)
