"""For whoever decides on a file: keep what its means test said at that moment."""

from __future__ import annotations

from services.relief.application.means.testing import owner_of
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.means.household import Household
from services.relief.domain.means.record import MeansTest, record_sums
from services.relief.domain.means.standards import MeansStandard
from shared.kernel.clock import now, today
from shared.store.work import Work


def keep_test_of(work: Work, file: HardshipFile, standard: MeansStandard) -> MeansTest:
    """Record the test of the sums that the file holds now, in the transaction of the decision on them."""
    household = Household(len(file.members), file.income12_fen, file.rigid12_fen, file.accident_cost_fen,
                          tuple(file.vetoes))
    return work.add(record_sums(owner_of(file), household, file.rigid, standard, today(), work.caller.account_id,
                                now()))
