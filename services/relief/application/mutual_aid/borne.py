"""Whether the fee of an enrolment is whole: what the union bears of it is reserved in a fund, or paid."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_

from services.relief.adapters.mutual_aid import mutual_aid_enrolments, mutual_aid_union_shares
from services.relief.domain.mutual_aid.states import BORNE


def is_whole() -> ColumnElement[bool]:
    """The condition on an enrolment's row."""
    e, s = mutual_aid_enrolments.c, mutual_aid_union_shares.c
    return or_(e.union_fee_fen == 0, exists().where(s.enrolment_id == e.id, s.state.in_(BORNE)))
