"""The archive: attachments, and the destruction of what was kept long enough."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.relief.adapters.file_matters import file_attachments, file_destructions
from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.application.files.forgetting import forget
from services.relief.application.files.forms import require_access
from services.relief.domain.files.attachment import FileAttachment
from services.relief.domain.files.destruction import DestructionList
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import AttachmentGone, NothingToDestroy
from services.relief.domain.files.states import CLOSED
from services.relief.rules.files import value
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

#: files on one list: they are destroyed in one transaction
MOST = 200


def attach_to_file(work: Work, asked: Asked) -> FileAttachment:
    """Raises FileReadOnly, AttachmentTooLarge, AttachmentType."""
    file = work.target(HardshipFile, asked.path["file_id"])
    file.require_open()
    return work.add(FileAttachment.of(new_id(), file.org_path, file.id, **asked.body, by=work.caller.account_id,
                                      at=now(), most_bytes=value("HF-ATTACHMENT", today(), file.org_path)))


def list_file_attachments(reading: Reading, asked: Asked) -> dict[str, Any]:
    c, m = file_attachments.c, hardship_members.c
    where = [c[name] == asked.query[name] for name in ("file_id", "kind") if name in asked.query]
    own = select(m.worker_id).where(m.file_id == c.file_id, m.worker_id == reading.caller.worker_id).limit(1)
    return reading.page(FileAttachment, asked.query, sort=[c.created_at, c.kind], where=where,
                        worker=own.scalar_subquery())


def get_file_attachment(reading: Reading, asked: Asked) -> FileAttachment:
    return _attachment(reading, asked)[0]


def get_attachment_content(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Raises AttachmentGone, AccessNeeded."""
    attachment, file = _attachment(reading, asked)
    require_access(reading, asked, file, attachment.id)
    if attachment.state != "KEPT":
        raise AttachmentGone
    return {"file_name": attachment.file_name, "media_type": attachment.media_type, "content": attachment.content}


def _attachment(reading: Reading, asked: Asked) -> tuple[FileAttachment, HardshipFile]:
    """With its file: who may see the one may see the other. Raises NotFound."""
    found = reading.session.get(FileAttachment, asked.path["attachment_id"])
    if found is None:
        raise NotFound(id=asked.path["attachment_id"])
    return found, reading.record(HardshipFile, found.file_id)


def propose_file_destruction(work: Work, asked: Asked) -> DestructionList:
    """Raises NothingToDestroy."""
    path = place_of(work.caller, asked.body.get("org_path"))
    d, f = file_destructions.c, hardship_files.c
    waiting = work.session.scalars(select(d.file_ids).where(d.state == "PROPOSED")).all()
    listed = {file_id for ids in waiting for file_id in ids}
    over = select(f.id).where(f.org_path.like(f"{path}%"), f.state.in_(CLOSED), f.archive_until < today())
    found = work.session.scalars(over.order_by(f.archive_until, f.id).limit(MOST + len(listed))).all()
    file_ids = [file_id for file_id in found if file_id not in listed][:MOST]
    if not file_ids:
        raise NothingToDestroy
    return work.add(DestructionList(new_id(), path, file_ids, asked.body["reason"], work.caller.account_id, now()))


def list_file_destructions(reading: Reading, asked: Asked) -> dict[str, Any]:
    return reading.page(DestructionList, asked.query, sort=[file_destructions.c.created_at])


def get_file_destruction(reading: Reading, asked: Asked) -> DestructionList:
    return reading.record(DestructionList, asked.path["destruction_id"])


def confirm_file_destruction(work: Work, asked: Asked) -> DestructionList:
    """Raises SamePerson, KeptStill."""
    destruction = work.target(DestructionList, asked.path["destruction_id"])
    destruction.destroy(work.caller.account_id, today())
    ids = destruction.file_ids
    for file in work.all(select(HardshipFile).where(hardship_files.c.id.in_(ids))):
        file.destroy(today())
    forget(work, ids)
    return destruction


def withdraw_file_destruction(work: Work, asked: Asked) -> DestructionList:
    destruction = work.target(DestructionList, asked.path["destruction_id"])
    destruction.withdraw(work.caller.account_id, today())
    return destruction
