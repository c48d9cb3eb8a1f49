"""One blind index for papers and rows, so that a signer is found in the lists without reading a number."""

from __future__ import annotations

from shared.kernel.identifiers import check_resident_id
from shared.store.encryption import cipher


def index_of(id_number: str) -> str:
    return cipher().blind_index(check_resident_id(id_number), "exchange.id_number")
