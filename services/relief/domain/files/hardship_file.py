"""Hardship file (困难职工档案): one household, one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.relief.domain.duty import different
from services.relief.domain.files.applying import Applying
from services.relief.domain.files.household import Change, Member, changed, leaving, numbered
from services.relief.domain.files.leaving import Leaving
from services.relief.domain.files.refusals import (
    AloneAlready,
    HeadNotMember,
    HouseholdUnchanged,
    MergeWithItself,
    TemporaryOnce,
    TooLong,
)
from services.relief.domain.files.taking_over import TakingOver
from shared.kernel.ids import new_id

__all__ = ["HardshipFile", "Member"]


@dataclass(eq=False)
class HardshipFile(Applying, Leaving, TakingOver):
    """All of a file: applying for it, its decision, its life and end, and what changes the household itself."""

    # -- temporary files (临时救助档案) -------------------------------------------------------------------------

    def open_temporary(self, until: date, reason: str, by: str, on: date, most_days: int) -> None:
        """Help at once, for some days; a file is opened so once. Raises SamePerson, DeceasedInHousehold,
        TemporaryOnce, TooLong."""
        different(by, "开立临时档案 / opening it for a time", ("建档 / drafting", self.drafted_by))
        self.machine.next(self.state, "open_temporary")
        self.require_all_living()
        if self.temporary_until is not None:
            raise TemporaryOnce(until=str(self.temporary_until))
        self.move("open_temporary")
        if not on < until <= on + timedelta(days=most_days):
            raise TooLong(pointer="/until", most_days=most_days)
        self.is_temporary, self.temporary_until, self.reason = True, until, reason
        self._changed(on)
        self._tell("temporary_file_opened", head_worker_id=self.head_worker_id, until=until)

    def make_permanent(self, on: date) -> None:
        """From here on as every other file (转正). Until when it was to be temporary stays: once is enough."""
        self.move("make_permanent")
        self.is_temporary = False
        self._changed(on)

    def lapse(self, on: date) -> None:
        """Its days have passed and nobody made it permanent."""
        self.move("lapse")
        self._close("EXPIRED", on)
        self._tell("temporary_file_lapsed")

    # -- where it comes from, and where it lies ----------------------------------------------------------------

    def follow(self, earlier: HardshipFile, on: date) -> None:
        """The household was in hardship before; within the watch that is a relapse (返困)."""
        self.previous_file_id = earlier.id
        is_relapse = earlier.watch_until is not None and on <= earlier.watch_until
        self.link = "RELAPSE" if is_relapse else "REAPPLIED"
        if is_relapse:
            self._tell("relapse_detected", previous_file_id=earlier.id)

    def change_unit(self, org_path: str, on: date) -> None:
        """Another union keeps it from now on (转档)."""
        self.move("change_unit")
        self.org_path = org_path
        self._changed(on)
        self._tell("hardship_file_transferred", to_org_path=org_path)

    # -- the household changes ---------------------------------------------------------------------------------

    def change_household(self, change: Change, main_cause: str, other_causes: Sequence[str], reason: str,
                         on: date) -> None:
        """Births, deaths, marriages, a child who leaves, another head: level and grade stay as they were approved.
        Before the approval a file that is being decided loses its dead and nobody else: a grade that it had is
        decided anew.

        Raises HouseholdUnchanged, and what `changed` raises.
        """
        as_it_is = (self.head_worker_id, self.main_cause, list(self.other_causes))
        is_same = (change.head_worker_id, main_cause, list(other_causes)) == as_it_is
        self.move("lose_member" if is_same and self._loses_its_dead(change) else "change_household")
        if is_same and not (change.joins or change.leaves or change.relations):
            raise HouseholdUnchanged
        self.members = changed(self.members, change, self.head_worker_id)
        self.head_worker_id, self.main_cause, self.other_causes = change.head_worker_id, main_cause, list(other_causes)
        self.reason = reason
        self._new_edition()
        self._changed(on)
        self._tell("hardship_facts_changed")

    def _loses_its_dead(self, change: Change) -> bool:
        """Whether a file that keeps its household otherwise is left by people who have died, and no more is changed."""
        dead = {member.id for member in self.deceased}
        return ("lose_member" in self.machine.allowed(self.state) and bool(change.leaves)
                and dead.issuperset(change.leaves) and not (change.joins or change.relations))

    def split_off(self, new: HardshipFile, relations: Mapping[str, str], reason: str, on: date) -> None:
        """Members who live by themselves now (分户) move to the draft `new`, whose head is among them.

        `relations`: member id → what they are to the new head.
        Raises NoSuchMember, HeadStays, NobodyLeft, HeadNotMember, AloneAlready.
        """
        if len(self.members) == 1:
            raise AloneAlready
        gone = leaving(self.members, relations, self.head_worker_id)
        if new.head_worker_id not in {member.worker_id for member in gone}:
            raise HeadNotMember(pointer="/head_worker_id")
        self.move("split")
        for member in gone:
            member.relation = relations[member.id]
        new.members = numbered(gone, new.head_worker_id)
        self.members = numbered([member for member in self.members if member not in gone], self.head_worker_id)
        self._new_edition()
        new.previous_file_id, new.link, self.review_reason = self.id, "SPLIT", reason
        self._changed(on)
        self._tell("household_split", new_file_id=new.id, worker_ids=[m.worker_id for m in gone if m.worker_id])

    def take_in(self, other: HardshipFile, head_relation: str, reason: str, on: date) -> None:
        """A second file of the same household (DUP-1) ends in this one, with all its members. Raises MergeWithItself.

        `head_relation` is what the other file's head is to the head of this one.
        """
        if other is self:
            raise MergeWithItself(pointer="/other_file_id")
        self.move("take_in")
        moved = [Member(new_id(), 0, m.worker_id, head_relation if m.relation == "HEAD" else m.relation, m.is_adult,
                        details_text=m.details_text, health_text=m.health_text, died_on=m.died_on)
                 for m in other.members]
        other.merged_into_id = self.id
        other.cancel("MERGED", on)
        self.members, self.review_reason = numbered([*self.members, *moved], self.head_worker_id), reason
        self._new_edition()
        self._changed(on)
        self._tell("hardship_files_merged", other_file_id=other.id)
