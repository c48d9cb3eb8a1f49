"""Vacancies of employers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.jobs.adapters.tables import vacancies
from services.jobs.application.outside import require_employer
from services.jobs.domain.vacancy import Vacancy
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def draft_vacancy(work: Work, asked: Asked) -> Vacancy:
    body = dict(asked.body)
    path = place_of(work.caller, body.pop("org_path", None))
    return work.add(Vacancy(new_id(), path, work.next_number("GW", path), created_at=now(), **body))


def get_vacancy(reading: Reading, asked: Asked) -> Vacancy:
    return reading.record(Vacancy, asked.path["vacancy_id"])


def list_vacancies(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns, query = vacancies.c, asked.query
    where = [columns[name] == query[name] for name in ("state", "employer_id", "source") if name in query]
    if "occupation" in query:
        where.append(columns.occupation.contains(query["occupation"], autoescape=True))
    if "is_full" in query:
        where.append(columns.filled >= columns.posts if query["is_full"] else columns.filled < columns.posts)
    return reading.page(Vacancy, query, sort=[columns.created_at, columns.monthly_wage_fen, columns.expires_on],
                        where=where)


def verify_vacancy(work: Work, asked: Asked) -> Vacancy:
    require_employer(work, _employer_of(work, asked.path["vacancy_id"]))
    vacancy = _target(work, asked)
    vacancy.verify()
    return vacancy


def _employer_of(work: Work, vacancy_id: str) -> str:
    found = work.peek(select(vacancies.c.employer_id).where(vacancies.c.id == vacancy_id))
    if not found:
        raise NotFound(id=vacancy_id)
    return str(found[0].employer_id)


def publish_vacancy(work: Work, asked: Asked) -> Vacancy:
    vacancy = _target(work, asked)
    vacancy.publish()
    return vacancy


def close_vacancy(work: Work, asked: Asked) -> Vacancy:
    vacancy = _target(work, asked)
    vacancy.close(asked.body["reason"])
    return vacancy


def withdraw_vacancy(work: Work, asked: Asked) -> Vacancy:
    vacancy = _target(work, asked)
    vacancy.withdraw(asked.body["reason"])
    return vacancy


def expire_vacancies(work: Work) -> None:
    columns = vacancies.c
    due = select(Vacancy).where(columns.state == "PUBLISHED", columns.expires_on < today())
    for vacancy in work.all(due.order_by(columns.expires_on, columns.id).limit(100)):
        vacancy.expire()


def _target(work: Work, asked: Asked) -> Vacancy:
    return work.target(Vacancy, asked.path["vacancy_id"])
