"""A workbook without the moment at which it was written: the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

#: a zip's own first day, in place of the moment of writing
EPOCH = (1980, 1, 1, 0, 0, 0)


def settled(raw: bytes, made: datetime) -> bytes:
    """The workbook as if it were written when it was `made`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in sorted(old.infolist(), key=lambda one: one.filename):
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _with_date(content, made)
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _with_date(content: bytes, made: datetime) -> bytes:
    begin, end = content.index(b"<dcterms:modified"), content.index(b"</dcterms:modified>")
    start = content.index(b">", begin) + 1
    return content[:start] + f"{made.isoformat()}Z".encode() + content[end:]
