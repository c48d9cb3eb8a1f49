"""Households that change: temporary files, splits, merges of duplicates, transfers to another union."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select, update

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.file_matters import file_accesses, file_attachments, file_objections, file_transfers
from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.application.files.files import known_workers, require_free
from services.relief.application.files.last_aid import last_day
from services.relief.application.workers import describe, require_living
from services.relief.domain.applications.application import ReliefApplication
from services.relief.domain.applications.states import BEFORE_DECISION
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.household import Change, persons_of
from services.relief.domain.files.refusals import OtherSide, TemporaryAgain, TransferOutdated, TransferToItself
from services.relief.domain.files.transfer import FileTransfer, require_same_province
from services.relief.rules.files import value
from shared.kernel.calendar import months_later
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.paging import cut, ordered
from shared.store.reading import Reading, below
from shared.store.work import Work


def open_temporary_file(work: Work, asked: Asked) -> HardshipFile:
    """Raises TemporaryAgain, and what the file refuses."""
    file = _target(work, asked)
    file.machine.next(file.state, "open_temporary")
    _require_new_need(work, file)
    file.open_temporary(asked.body["until"], asked.body["reason"], work.caller.account_id, today(),
                        value("HF-TEMPORARY", today(), file.org_path))
    return file


def _require_new_need(work: Work, file: HardshipFile) -> None:
    """None of the household was in a temporary file for the same cause within the months of HF-TEMPORARY-AGAIN. Raises
    TemporaryAgain."""
    f, m, months = hardship_files.c, hardship_members.c, value("HF-TEMPORARY-AGAIN", today(), file.org_path)
    people = [member.worker_id for member in file.members if member.worker_id]
    earlier = select(f.file_no, f.temporary_until).join_from(hardship_members, hardship_files).where(
        m.worker_id.in_(people), f.id != file.id, f.main_cause == file.main_cause, f.temporary_until.is_not(None))
    last = work.session.execute(earlier.order_by(f.temporary_until.desc(), f.id).limit(1)).first()
    if last is None:
        return
    if today() <= (free_on := months_later(last.temporary_until, months)):
        raise TemporaryAgain(file_no=last.file_no, until=str(last.temporary_until), free_on=str(free_on))


def make_file_permanent(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.make_permanent(today())
    return file


def change_household(work: Work, asked: Asked) -> HardshipFile:
    """Raises WorkerUnknown, WorkerDeceased, MemberTwice, MemberInOpenFile, and what the file refuses."""
    body = asked.body
    worker_ids = [member["worker_id"] for member in body["joins"] if member["worker_id"]]
    known = known_workers(work, [*worker_ids, *filter(None, [body["head_worker_id"]])])
    file = _target(work, asked)
    joins = persons_of(body["joins"])
    require_free(work, worker_ids)
    head = body["head_worker_id"] or file.head_worker_id
    change = Change(joins, body["leaves"], head, {one["member_id"]: one["relation"] for one in body["relations"]})
    causes = file.other_causes if body["other_causes"] is None else body["other_causes"]
    file.change_household(change, body["main_cause"] or file.main_cause, causes, body["reason"], today())
    if head in known:
        file.is_migrant = bool(known[head]["is_migrant"])
    _reckon_aid(work, file)
    return file


def _reckon_aid(work: Work, file: HardshipFile) -> None:
    """Who lives together has changed: the last aid is that of those who do."""
    file.last_aid_on = last_day(work.session.connection(), [one.worker_id for one in file.members if one.worker_id])


def split_household(work: Work, asked: Asked) -> dict[str, Any]:
    """The members move from one file to the other; who moves is in the trail of both. Raises WorkerDeceased."""
    body = asked.body
    known = describe(work, [body["head_worker_id"]])
    require_living(known, "/head_worker_id")
    head = known.get(body["head_worker_id"])
    file = _target(work, asked)
    # a worker whom membership no longer knows stays what the household was
    is_migrant = bool(head["is_migrant"]) if head else file.is_migrant
    new = HardshipFile(new_id(), file.org_path, work.next_number("KN", file.org_path), file.level,
                       body["head_worker_id"], body["main_cause"], work.caller.account_id, now(), is_migrant=is_migrant,
                       changed_on=today())
    file.split_off(new, {one["member_id"]: one["relation"] for one in body["members"]}, body["reason"], today())
    for one in (file, new):
        _reckon_aid(work, one)
    work.add(new)
    new.tell_drafted()
    return {**_fields(file), "new_file_id": new.id}


def _fields(file: HardshipFile) -> dict[str, Any]:
    return {name: getattr(file, name) for name in (*file.__dataclass_fields__, "rigid12_fen", "income12_per_head_fen")}


def merge_hardship_files(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    other = work.load(HardshipFile, asked.body["other_file_id"])
    file.take_in(other, asked.body["head_relation"], asked.body["reason"], today())
    _reckon_aid(work, file)
    return file


# -- transfers --------------------------------------------------------------------------------------------------


def propose_file_transfer(work: Work, asked: Asked) -> FileTransfer:
    """A later proposal takes the place of one that waits. Raises TransferToItself, TransferTooFar."""
    file, to = _target(work, asked), asked.body["to_org_path"]
    file.machine.next(file.state, "change_unit")
    if to == file.org_path:
        raise TransferToItself(pointer="/to_org_path")
    require_same_province(file.org_path, to)
    t = file_transfers.c
    for waiting in work.all(select(FileTransfer).where(t.file_id == file.id, t.state == "PROPOSED")):
        waiting.withdraw(work.caller.account_id, today())
    transfer = FileTransfer(new_id(), to, file.id, file.file_no, file.org_path, asked.body["reason"],
                            work.caller.account_id, now())
    transfer.record("file_transfer_proposed", transfer_id=transfer.id, file_id=file.id)
    return work.add(transfer)


def list_file_transfers(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Those that come to the caller's unit, and those that it proposed."""
    t, query = file_transfers.c, asked.query
    where = [t[name] == query[name] for name in ("file_id", "state") if name in query]
    mine = or_(below(t.org_path, reading.caller), below(t.from_org_path, reading.caller))
    found = reading.session.scalars(ordered(select(FileTransfer).where(mine, *where), [t.created_at], t.id, query))
    return cut(found.all(), [t.created_at], t.id, query)


def get_file_transfer(reading: Reading, asked: Asked) -> FileTransfer:
    return reading.record(FileTransfer, asked.path["transfer_id"])


def accept_file_transfer(work: Work, asked: Asked) -> FileTransfer:
    """The file and all that belongs to it lies with the other union from now on, undecided applications too; what is
    decided stays with the union whose money it is. Raises NotFound, TransferOutdated."""
    transfer = _transfer(work, asked, "org_path")
    transfer.accept(work.caller.account_id, today())
    file = work.find(HardshipFile, id=transfer.file_id)
    if file is None or file.org_path != transfer.from_org_path:
        raise TransferOutdated
    file.change_unit(transfer.org_path, today())
    for table in (file_objections, file_attachments, file_accesses):
        work.session.execute(update(table).where(table.c.file_id == file.id).values(org_path=file.org_path))
    a = relief_applications.c
    for application in work.all(select(ReliefApplication).where(a.file_id == file.id, a.state.in_(BEFORE_DECISION))):
        application.follow_file(file.org_path)
    return transfer


def decline_file_transfer(work: Work, asked: Asked) -> FileTransfer:
    transfer = _transfer(work, asked, "org_path")
    transfer.decline(asked.body["reason"], work.caller.account_id, today())
    return transfer


def withdraw_file_transfer(work: Work, asked: Asked) -> FileTransfer:
    transfer = _transfer(work, asked, "from_org_path")
    transfer.withdraw(work.caller.account_id, today())
    return transfer


def _transfer(work: Work, asked: Asked, side: str) -> FileTransfer:
    """The transfer, for the side that may do this. Raises NotFound, OtherSide, Stale."""
    transfer = work.target(FileTransfer, asked.path["transfer_id"])
    if not work.caller.covers(path := getattr(transfer, side)):
        raise OtherSide(org_path=path)
    return transfer


def _target(work: Work, asked: Asked) -> HardshipFile:
    return work.target(HardshipFile, asked.path["file_id"])
