"""Taking over paper files from before the product (旧档案接收): what goes in, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Choice, Empty, Flag, Id, OrgPath, Strict, Text, Whole, listed
from shared.contracts.relief.files import codes
from shared.contracts.relief.files import schemas as s
from shared.contracts.relief.who import COUNTY, DIRECTOR
from shared.contracts.table import change, create

FILE = "/hardship-files/<file_id>"


class PaperMember(Strict):
    """A person of the household; `worker_id` where membership knows them."""

    worker_id = Id(load_default=None, allow_none=True)
    relation = Choice(codes.RELATIONS, required=True)
    is_adult = Flag(required=True)


class PaperFile(Strict):
    """What the paper says. `source_document` is the decision, or the register the file stands in; the household's
    means are asked for in the review, which is due at once."""

    paper_no = Text(60, required=True)
    grade = Choice(codes.LEGACY_GRADES, required=True)
    established_year = Whole(1949, 2100, required=True)
    source_document = Text(200, required=True)
    head_worker_id = Id(required=True)
    level = Choice(codes.LEVELS, required=True)
    main_cause = Choice(codes.CAUSES, required=True)
    members = listed(PaperMember, 1, 30, required=True)
    org_path = OrgPath()


OPERATIONS = (
    create("take_over_paper_file", "/paper-files", "接收旧档案", "Take over a paper file", PaperFile, s.HardshipFile,
           [COUNTY]),
    change("confirm_paper_file", f"{FILE}/confirm-take-over", "确认接收旧档案", "Confirm a paper file",
           Empty, s.HardshipFile, [DIRECTOR]),
    change("decline_paper_file", f"{FILE}/decline-take-over", "不予接收旧档案", "Do not take over a paper file",
           s.FileReason, s.HardshipFile, [DIRECTOR]),
)
