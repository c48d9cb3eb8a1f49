"""What must be true of the whole centre after any storm. Each check returns its findings; none is what is wanted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import amqp
from kombu.utils.url import parse_url
from sqlalchemy import Select, func, select

from services.mediation.adapters.tables import disputes, incidents
from services.membership.adapters.tables import workers
from services.reception.adapters.tables import visits
from services.relief.adapters.advances import repayments, wage_advance_lines, wage_advances
from services.relief.adapters.funds import funds, ledger_entries
from services.relief.domain.funds.fund import BALANCES
from services.reporting.adapters.tables import facts
from shared.bus.topology import dead_queue, events_queue
from shared.contracts.catalogue import CONTRACTS
from shared.runtime.config import Settings
from shared.runtime.demo import advance as f1
from shared.runtime.operate import UNITS, database
from shared.store.tables import audit, commands
from tests.crash.telling import ADVANCE_FEN, HEADCOUNT
from tests.flows.settled import broken_trails, parked, unsettled
from tests.stubborn import Stubborn, Try

SETTLE_SECONDS = 180
_SERVICE = re.compile(r"/v1/([a-z]+)/")


def findings(settings: Settings, stories: Sequence[f1.Story], client: Stubborn) -> list[str]:
    """Everything that is wrong, in sentences."""
    found = [f"not settled: {row}" for row in unsettled(settings, SETTLE_SECONDS)]
    found += [f"parked: {row}" for row in parked(settings)]
    found += [f"broken audit trail: {row}" for row in broken_trails(settings)]
    for check in (queued(settings), unfinished(stories), doubled(settings), unbalanced(settings),
                  money(settings, stories), lost(settings, client.acknowledged()), miscounted(settings)):
        found += check
    found += [f"a fault of ours: {one}" for one in client.faults()[:5]]
    return found


def _rows(settings: Settings, unit: str, query: Select[Any]) -> list[Any]:
    with database(settings, unit) as opened, opened.read() as connection:
        return list(connection.execute(query).all())


def queued(settings: Settings) -> Iterator[str]:
    """Messages that lie at the broker though everything is settled."""
    at = parse_url(settings.amqp_url)
    with amqp.Connection(f"{at['hostname']}:{at['port']}", at["userid"], at["password"]) as connection:
        channel = connection.channel()
        for name, contract in CONTRACTS.items():
            for queue in [events_queue(name, contract.consumes), dead_queue(name)] if contract.consumes else []:
                _, count, _ = channel.queue_declare(queue.name, passive=True)
                if count:
                    yield f"{queue.name} holds {count}"


def unfinished(stories: Sequence[f1.Story]) -> Iterator[str]:
    """Stories that were told to their end and are not there: read through the door."""
    for story in stories:
        states = (story.visit["state"], story.dispute["state"], story.dispute["outcome"], story.advance["state"])
        if states != ("RATED", "PERFORMED", "PERFORMED", "REPAID"):
            yield f"story {story.number}: {states}"
        auditor, path = story.cast["R12"], f"/v1/relief/funds/{story.fund['id']}"
        trial = auditor.reads(f"{path}/trial-balance")
        if (trial["difference_fen"], trial["agrees"]) != (0, True):
            yield f"story {story.number}: trial balance {trial}"
        if not auditor.reads(f"{path}/verification")["is_whole"]:
            yield f"story {story.number}: the fund's chain is broken"


def doubled(settings: Settings) -> Iterator[str]:
    """What may be there once only, and is there twice."""
    a, w = audit.c, wage_advances.c
    once: list[tuple[str, str, list[Any], list[Any]]] = [
        (unit, "change in the audit trail", [a.subject_kind, a.subject_id, a.subject_version], [a.subject_version > 0])
        for unit in UNITS]
    # a dispute may have another advance for other claims: what is doubled is a request, or a claim
    once += [("relief", "advance of a request", [w.request_id], [w.request_id.is_not(None)]),
             ("relief", "entry", [ledger_entries.c.about_id, ledger_entries.c.kind, ledger_entries.c.about_part], []),
             ("relief", "line of a claim", [wage_advance_lines.c.claim_id], [~wage_advance_lines.c.is_refused]),
             ("relief", "receipt", [repayments.c.advance_id, repayments.c.receipt_no], []),
             ("mediation", "dispute of a visit", [disputes.c.visit_id], [disputes.c.visit_id.is_not(None)]),
             ("mediation", "incident of a visit", [incidents.c.visit_id], [incidents.c.visit_id.is_not(None)]),
             ("membership", "worker", [workers.c.id_index], []),
             ("reporting", "fact", [facts.c.type, facts.c.dedupe], [])]
    for unit, what, columns, where in once:
        query = select(*columns).where(*where).group_by(*columns).having(func.count() > 1)
        yield from (f"{unit}: {what} twice: {tuple(row)}" for row in _rows(settings, unit, query))


def unbalanced(settings: Settings) -> Iterator[str]:
    """Funds whose row does not say what their entries come to, account by account."""
    e, sums = ledger_entries.c, Counter[tuple[str, str]]()
    for row in _rows(settings, "relief", select(e.fund_id, e.debit, e.credit, e.amount_fen)):
        sums[row.fund_id, row.debit] += row.amount_fen
        sums[row.fund_id, row.credit] -= row.amount_fen
    for fund in _rows(settings, "relief", select(funds)):
        for account, column in BALANCES.items():
            told, entered = getattr(fund, column), abs(sums[fund.id, account])
            if told != entered:
                yield f"fund {fund.fund_no}: {column} {told}, its entries say {entered}"


def money(settings: Settings, stories: Sequence[f1.Story]) -> Iterator[str]:
    """Each advance: paid once to each worker, and repaid, to the fen."""
    e = ledger_entries.c
    kinds = select(e.about_id, e.kind, func.count().label("entries"), func.sum(e.amount_fen).label("fen"))
    found = {(row.about_id, row.kind): (row.entries, int(row.fen))
             for row in _rows(settings, "relief", kinds.group_by(e.about_id, e.kind))}
    for story in stories:
        paid, repaid = found.get((story.advance_id, "ADVANCED")), found.get((story.advance_id, "REPAID"))
        if (paid, repaid) != ((HEADCOUNT, ADVANCE_FEN), (2, ADVANCE_FEN)):
            yield f"story {story.number}: paid {paid}, repaid {repaid} (entries, fen)"


def lost(settings: Settings, acknowledged: Sequence[Try]) -> Iterator[str]:
    """Commands that were reported done and left no kept answer, or no trace of the change they reported."""
    for unit in UNITS:
        mine = [one for one in acknowledged if _unit(one) == unit]
        kept = {row.command_id.partition(":")[2] for row in _rows(settings, unit, select(commands.c.command_id))}
        a = audit.c
        changes = {tuple(row) for row in _rows(settings, unit, select(a.subject_id, a.subject_version))}
        for one in mine:
            if one.key not in kept:
                yield f"{unit}: no answer kept of {one.method} {one.path} ({one.key})"
            told = one.data if isinstance(one.data, dict) else {}
            if "version" in told and (told["id"], told["version"]) not in changes:
                yield f"{unit}: {one.path} reported version {told['version']} of {told['id']}, which never was"


def _unit(one: Try) -> str:
    found = _SERVICE.match(one.path)
    assert found, one.path
    return found[1]


def miscounted(settings: Settings) -> Iterator[str]:
    """What the report says against what the other services' own rows say."""
    f, w = facts.c, wage_advances.c
    counted = dict(_rows(settings, "reporting", select(f.type, func.count()).group_by(f.type)))
    amounts = dict(_rows(settings, "reporting", select(f.type, func.sum(f.amount_fen)).group_by(f.type)))
    own = {
        "reception.visit_registered": _one(settings, "reception", select(func.count()).select_from(visits)),
        "mediation.dispute_accepted": _one(settings, "mediation", select(func.count()).select_from(disputes).where(
            disputes.c.state != "DRAFT", disputes.c.accepted_on.is_not(None))),
    }
    for kind, count in own.items():
        if counted.get(kind, 0) != count:
            yield f"reporting has {counted.get(kind, 0)} {kind}, the service {count}"
    paid, back = _rows(settings, "relief", select(func.sum(w.disbursed_fen), func.sum(w.repaid_fen)))[0]
    for kind, amount in (("relief.wage_advance_disbursed", paid), ("relief.wage_advance_repaid", back)):
        if (amounts.get(kind) or 0) != (amount or 0):
            yield f"reporting adds {kind} up to {amounts.get(kind)}, relief to {amount}"


def _one(settings: Settings, unit: str, query: Select[Any]) -> int:
    return int(_rows(settings, unit, query)[0][0])
