"""The last day on which relief reached a household (最近帮扶日期, C.4.1), kept on its file.

Relief is what a member was paid, what they had on a care card once the union has paid the shop, and goods. It is always
reckoned anew from the payments, redemptions and issues themselves: told twice nothing changes, and a payment that comes
back makes the day an earlier one, or none.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, func, select, union_all, update

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.goods import goods_issues
from services.relief.adapters.payments import payment_lines
from services.relief.adapters.platforms import care_settlements, redemptions
from shared.store.work import Work

F, G, L, M, R, S = (hardship_files.c, goods_issues.c, payment_lines.c, hardship_members.c, redemptions.c,
                    care_settlements.c)


def reckon_later(work: Work, worker_ids: Collection[str] = (), file_ids: Collection[str] = ()) -> None:
    """At the end of the transaction, for the files of these workers and for these files. No version of a file counts
    it: it is nothing that somebody has changed."""
    if worker_ids or file_ids:
        work.at_the_end(lambda connection: _reckon(connection, worker_ids, file_ids))


def last_day(connection: Connection, worker_ids: Collection[str]) -> date | None:
    """Of a household of these workers; None when relief never reached one of them."""
    return max(_by_worker(connection, worker_ids).values(), default=None)


def _reckon(connection: Connection, worker_ids: Collection[str], file_ids: Collection[str]) -> None:
    """The rows are held first, in one order: of two transactions the second reckons with what the first has done."""
    of_them = select(M.file_id).where(M.worker_id.in_(worker_ids))
    held = select(F.id, F.last_aid_on).where(F.id.in_(of_them) | F.id.in_(file_ids)).order_by(F.id)
    known = {row.id: row.last_aid_on for row in connection.execute(held.with_for_update(key_share=True))}
    if not known:
        return
    people = connection.execute(select(M.file_id, M.worker_id).where(
        M.file_id.in_(known), M.worker_id.is_not(None))).all()
    days, found = _by_worker(connection, {row.worker_id for row in people}), dict.fromkeys(known, None)
    for row in people:
        found[row.file_id] = max(filter(None, (found[row.file_id], days.get(row.worker_id))), default=None)
    changed: dict[date | None, list[str]] = {}
    for file_id, day in found.items():
        if day != known[file_id]:
            changed.setdefault(day, []).append(file_id)
    for day, ids in changed.items():
        connection.execute(update(hardship_files).where(F.id.in_(ids)).values(last_aid_on=day))


def _by_worker(connection: Connection, worker_ids: Collection[str]) -> dict[str, date]:
    """Worker → the last day. What was given to a household reached all who are in its file."""
    paid = select(L.payee_id.label("worker_id"), L.paid_on.label("day")).where(
        L.payee_id.in_(worker_ids), L.payee_kind == "WORKER", L.state == "PAID")
    redeemed = select(R.worker_id, R.redeemed_on).join_from(
        redemptions, care_settlements, S.id == R.settlement_id).where(
        R.worker_id.in_(worker_ids), R.state == "RECORDED", S.state == "PAID")
    issued = select(G.worker_id, G.issued_on).where(G.worker_id.in_(worker_ids), G.state != "RETURNED")
    to_household = select(M.worker_id, G.issued_on).join_from(
        goods_issues, hardship_members, M.file_id == G.file_id).where(
        M.worker_id.in_(worker_ids), G.state != "RETURNED")
    all_days = union_all(paid, redeemed, issued, to_household).subquery()
    last = select(all_days.c.worker_id, func.max(all_days.c.day).label("day")).group_by(all_days.c.worker_id)
    return {row.worker_id: row.day for row in connection.execute(last)}
