"""What the death of a worker (职工死亡) does to the file of their household."""

from __future__ import annotations

from services.relief.application.files.reactions import open_files
from services.relief.application.watch.deaths import died_on
from shared.service.react import Told
from shared.store.work import Work


def note_death(work: Work, told: Told) -> None:
    """As it is known now, told twice or out of order: the circumstance is kept before."""
    worker_id = told.data["worker_id"]
    day = died_on(work, worker_id)
    for file in open_files(work, worker_id):
        file.note_death(worker_id, day)


REACTIONS = {
    "membership.worker_deceased.v1": note_death,
    "membership.worker_death_corrected.v1": note_death,
}
