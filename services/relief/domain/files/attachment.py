"""Attachment (附件) of a hardship file: a scan or a photo, encrypted at rest, kept as long as the file."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime

from services.relief.domain.files.refusals import AttachmentTooLarge, AttachmentType
from shared.kernel.aggregate import Aggregate
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

#: the first bytes tell what a content is, whatever its name says
MAGIC = ((b"%PDF-", "application/pdf"), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))

ATTACHMENT = Machine("KEPT", [Move(("KEPT",), "destroy", "DESTROYED", (Role.CHAIR,))])


@dataclass(eq=False)
class FileAttachment(Aggregate):
    """`content_text` is base64, encrypted at rest; None once it is destroyed. `size` in bytes."""

    machine = ATTACHMENT

    id: str
    org_path: str
    file_id: str
    kind: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    content_text: str | None
    uploaded_by: str
    created_at: datetime
    state: str = "KEPT"
    version: int = 1

    @classmethod
    def of(cls, id: str, org_path: str, file_id: str, kind: str, file_name: str, content: bytes, by: str, at: datetime,
           most_bytes: int) -> FileAttachment:
        """Raises AttachmentTooLarge, AttachmentType."""
        if len(content) > most_bytes:
            raise AttachmentTooLarge(pointer="/content", size=len(content), most=most_bytes)
        return cls(id, org_path, file_id, kind, file_name, media_type_of(content), len(content),
                   hashlib.sha256(content).hexdigest(), b64encode(content).decode(), by, at)

    @property
    def content(self) -> bytes:
        return b64decode(self.content_text or "")

    def destroy(self) -> None:
        """Content and name go; that it was there stays, with its SHA-256."""
        self.move("destroy")
        self.content_text, self.file_name = None, "-"


def media_type_of(content: bytes) -> str:
    """By the first bytes. Raises AttachmentType."""
    for magic, media_type in MAGIC:
        if content.startswith(magic):
            return media_type
    raise AttachmentType(pointer="/content")
