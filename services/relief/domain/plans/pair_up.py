"""Pair-up (结对帮扶): a cadre of section level or above (科级以上) keeps contact with one household."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.plans.refusals import (
    ContactDayImpossible,
    EndBeforeLastContact,
    SameCadre,
    TooManyContacts,
)
from services.relief.domain.plans.states import PAIR_UP
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import months_later
from shared.kernel.ids import new_id

MOST_CONTACTS = 500
#: in place of what must be there and is kept no longer
FORGOTTEN = "-"


@dataclass(eq=False)
class Contact:
    """One contact. `note` tells of a household and is kept encrypted."""

    id: str
    contacted_on: date
    kind: str
    note: str
    recorded_by: str


@dataclass(eq=False)
class PairUp(Aggregate):
    """`cadre_id` is the cadre's account. `contact_due_on` is the last day for the next contact."""

    machine = PAIR_UP

    id: str
    org_path: str
    pair_no: str
    file_id: str
    cadre_id: str
    rank: str
    from_on: date
    made_by: str
    created_at: datetime
    contact_due_on: date
    contacts: list[Contact] = field(default_factory=list)
    is_overdue: bool = False
    contacts_missed: int = 0
    to_on: date | None = None
    reason: str | None = None
    follows_id: str | None = None
    followed_by_id: str | None = None
    state: str = "ACTIVE"
    version: int = 1

    @property
    def last_on(self) -> date:
        """The last contact, or the start where there was none."""
        return max([self.from_on, *(contact.contacted_on for contact in self.contacts)])

    def tell_made(self) -> None:
        self._tell("pair_up_made", from_on=self.from_on, follows_id=self.follows_id)

    def contact(self, contacted_on: date, kind: str, note: str, months: int, by: str, today: date) -> None:
        """Enter a contact, also one of the past. Raises ContactDayImpossible, TooManyContacts."""
        self.move("contact")
        if not self.from_on <= contacted_on <= today:
            raise ContactDayImpossible(pointer="/contacted_on", contacted_on=str(contacted_on),
                                       from_on=str(self.from_on))
        if len(self.contacts) >= MOST_CONTACTS:
            raise TooManyContacts(most=MOST_CONTACTS)
        self.contacts.append(Contact(new_id(), contacted_on, kind, note, by))
        self.contact_due_on = months_later(self.last_on, months)
        self.is_overdue = self.contact_due_on < today
        self._tell("pair_up_contacted", kind=kind, contacted_on=contacted_on)

    def miss_contact(self) -> None:
        """The day for the next contact has passed."""
        self.move("miss_contact")
        self.is_overdue = True
        self.contacts_missed += 1
        self._tell("pair_up_contact_overdue", contact_due_on=self.contact_due_on)

    def check_successor(self, cadre_id: str) -> None:
        """Raises SameCadre."""
        if cadre_id == self.cadre_id:
            raise SameCadre(pointer="/cadre_id")

    def hand_over(self, successor: PairUp, reason: str, on: date) -> None:
        """Another cadre takes the household over. Raises SameCadre, EndBeforeLastContact."""
        self.move("hand_over")
        self.check_successor(successor.cadre_id)
        self._close(reason, on, on)
        self.followed_by_id, successor.follows_id = successor.id, self.id
        self._tell("pair_up_handed_over", followed_by_id=successor.id)

    def end(self, reason: str, to_on: date, today: date) -> None:
        """Raises EndBeforeLastContact."""
        self.move("end")
        self._close(reason, to_on, today)
        self._tell("pair_up_ended", to_on=to_on)

    def forget(self) -> None:
        """The household's file was destroyed (档案销毁): that there were contacts stays, what was said does not."""
        for contact in self.contacts:
            contact.note = FORGOTTEN
        self.reason = None
        self.touch()

    def _close(self, reason: str, to_on: date, today: date) -> None:
        if not self.last_on <= to_on <= today:
            raise EndBeforeLastContact(pointer="/to_on", to_on=str(to_on), last_on=str(self.last_on))
        self.reason, self.to_on, self.is_overdue = reason, to_on, False

    def _tell(self, event: str, **more: Any) -> None:
        self.record(event, pair_id=self.id, pair_no=self.pair_no, file_id=self.file_id, cadre_id=self.cadre_id, **more)
