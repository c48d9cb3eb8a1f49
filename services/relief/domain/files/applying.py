"""A hardship file from its draft to the agencies' report: form, authorisation, survey, verification."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.files.form import Missing, missing_fields
from services.relief.domain.files.household import chosen, closed, members_of
from services.relief.domain.files.record import SUBMISSION, SURVEY, FileRecord
from services.relief.domain.files.refusals import (
    AuthorisationExpired,
    FormIncomplete,
    HitsUnexplained,
    NotAuthorised,
    SurveysDiffer,
)
from shared.kernel.calendar import months_later
from shared.kernel.errors import DayInFuture
from shared.kernel.money import format_yuan


@dataclass(frozen=True)
class Authorisation:
    """Authorisation for verification (核对授权书), valid for `months` from the day on which it was signed."""

    number: str
    signed_on: date
    all_adults_signed: bool
    months: int


class Applying(FileRecord):
    """The part of a file that leads up to its assessment."""

    def set_household(self, members: Sequence[Mapping[str, Any]]) -> None:
        """Raises MemberTwice, HeadNotMember, HeadTwice."""
        self.members = members_of(self.head_worker_id, members)

    def set_form(self, form: Mapping[str, Any] | None, home: Mapping[str, Any] | None) -> None:
        if form is not None:
            self.form_text = closed(form)
        if home is not None:
            self.home_text = closed(home)

    def tell_drafted(self) -> None:
        self._tell("hardship_file_drafted", head_worker_id=self.head_worker_id)

    def fill_form(self, form: Mapping[str, Any] | None, home: Mapping[str, Any] | None,
                  members: Sequence[Mapping[str, Any]], on: date) -> None:
        """Enter what the national form asks for. Raises NoSuchMember."""
        self.move("fill_form")
        self.set_form(form, home)
        for member, entry in zip(chosen(self.members, [m["member_id"] for m in members]), members, strict=True):
            member.fill(entry["details"], entry["health"])
        self._changed(on)

    def missing(self) -> list[Missing]:
        """The fields of the national form that are still empty."""
        return missing_fields(self.form, self.home, self.members)

    def submit(self, authorisation: Authorisation, by: str, on: date, may_publish: bool = False,
               missing_elsewhere: Sequence[Missing] = ()) -> None:
        """Authorisation first (先授权、后核对), and the whole form; `missing_elsewhere` is not kept by the file itself.

        Raises NotAuthorised, DayInFuture, AuthorisationExpired, FormIncomplete.
        """
        self.move("submit")
        self._authorise(authorisation, on)
        missing = [*self.missing(), *missing_elsewhere]
        if missing:
            raise FormIncomplete(count=len(missing), fields_zh="、".join(dict.fromkeys(one.zh for one in missing)),
                                 fields_en=", ".join(dict.fromkeys(one.en for one in missing)))
        self.submitted_by, self.may_publish, self.survey_due_on = by, may_publish, self._due("D-21", on)
        self._changed(on)
        self._tell("hardship_file_submitted", head_worker_id=self.head_worker_id, survey_due_on=self.survey_due_on)

    def survey(self, facts: Mapping[str, Any], note: str, on: date, by: str) -> None:
        """Two surveyors (入户调查员) each sign the same figures; the second ends the survey.

        Raises SamePerson (drafting or submitting and surveying), SurveysDiffer, AssetsDiffer. The first may correct the
        figures by signing again.
        """
        different(by, SURVEY, ("建档 / drafting", self.drafted_by), (SUBMISSION, self.submitted_by))
        if not self.surveyors or self.surveyors == [by]:
            self.move("survey_first")
            self.set_facts(facts)
            self.surveyors, self.survey_notes = [by], [note]
            return
        self.move("survey_second")
        if (facts["income12_fen"], dict(facts["rigid"])) != (self.income12_fen, self.rigid):
            raise SurveysDiffer(income=format_yuan(self.income12_fen), rigid=format_yuan(self.rigid12_fen))
        self.require_assets(facts["assets"])
        self.surveyors, self.survey_notes, self.surveyed_on = [*self.surveyors, by], [*self.survey_notes, note], on
        self._changed(on)
        self._tell("household_surveyed", surveyed_on=on)

    def request_verification(self, on: date, months: int, renewed: Authorisation | None = None) -> None:
        """No authorisation, no request (无委托、不核对): one that has run out since is renewed (`renewed`).

        Raises NotAuthorised, DayInFuture, AuthorisationExpired.
        """
        self.move("request_verification")
        if renewed is not None:
            self._authorise(renewed, on)
        elif self.authorised_on is None:
            raise NotAuthorised(pointer="/authorisation")
        else:
            _require_valid(str(self.authorisation_no), self.authorised_on, months, on, "/authorisation")
        self.verifying_version = self.version
        self.report_no, self.report_hits, self.report_explanation = None, [], None
        self._tell("verification_requested", authorisation_no=self.authorisation_no)

    def _authorise(self, given: Authorisation, on: date) -> None:
        if not given.all_adults_signed:
            raise NotAuthorised(pointer="/all_adults_signed")
        if given.signed_on > on:
            raise DayInFuture(pointer="/authorised_on", day=str(given.signed_on))
        _require_valid(given.number, given.signed_on, given.months, on, "/authorised_on")
        self.authorisation_no, self.authorised_on = given.number, given.signed_on

    def take_report(self, report_no: str, hits: Sequence[str], request: int) -> None:
        """The report by way of exchange, for the request of that sequence only. One without hits is received; with
        some it waits here until somebody has explained them (`receive_report`)."""
        if self.state != "VERIFYING" or request // 100 != self.verifying_version or self.report_no == report_no:
            return
        if not hits:
            self.receive_report(report_no, [], None)
            return
        self.report_no, self.report_hits = report_no, list(hits)
        self.touch()

    def receive_report(self, report_no: str, hits: Sequence[str], explanation: str | None) -> None:
        """The agencies' report (核对报告): only checks, decides nothing. Hits that exchange has told of stay. Raises
        HitsUnexplained."""
        self.move("receive_report")
        hits = list(dict.fromkeys([*self.report_hits, *hits]))
        if hits and not explanation:
            raise HitsUnexplained(pointer="/explanation", count=len(hits))
        self.report_no, self.report_hits, self.report_explanation = report_no, list(hits), explanation
        self._tell("verification_received", hits=len(hits))


def _require_valid(number: str, signed_on: date, months: int, on: date, pointer: str) -> None:
    until = months_later(signed_on, months)
    if on > until:
        raise AuthorisationExpired(pointer=pointer, authorisation_no=number, until=str(until))
