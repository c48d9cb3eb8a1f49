"""Is the national form complete (档案完整性)? Which fields a file needs, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.relief.domain.files.household import Member


@dataclass(frozen=True)
class Missing:
    """A field that is empty; `pointer` is its place in the form."""

    pointer: str
    zh: str
    en: str


Labels = Mapping[str, tuple[str, str]]
FORM: Labels = {
    "political_status": ("政治面貌", "political status"),
    "marital_status": ("婚姻状况", "marital status"),
    "model_worker": ("劳模类型", "model-worker type"),
    "housing": ("住房类型", "type of housing"),
    "housing_area_m2": ("住房面积", "area of the dwelling"),
    "registration": ("户口类型", "household registration"),
    "registration_division": ("户口所在地区划代码", "division code of the registration"),
    "industry": ("所属行业", "industry"),
    "ownership": ("单位性质", "ownership of the employer"),
    "employer_state": ("单位状况", "state of the employer"),
    "start_work_on": ("参加工作时间", "start of work"),
    "own_month_income_fen": ("本人月平均收入", "own monthly income"),
    "other_year_income_fen": ("其他年收入", "other yearly income"),
    "is_single_parent": ("是否单亲", "single parent"),
    "can_self_help": ("有无自救能力", "ability to help oneself"),
    "is_zero_employment": ("是否零就业家庭", "zero-employment household"),
}
HOME: Labels = {"address": ("家庭住址", "address"), "postcode": ("邮政编码", "postcode")}
MEMBER: Labels = {
    "ethnicity": ("民族", "ethnicity"),
    "sex": ("性别", "sex"),
    "income12_fen": ("年收入", "yearly income"),
    "insurance": ("医疗保险状况", "medical insurance"),
    "status": ("身份", "status"),
    "education": ("文化程度", "education"),
}
HEALTH: Labels = {"health": ("健康状况", "health")}
DISABILITY: Labels = {"disability_class": ("残疾类别", "class of disability"),
                      "disability_grade": ("残疾等级", "grade of disability")}
STUDENT: Labels = {"school": ("所在学校", "school"), "entry_year": ("入学年份", "year of entry")}
WAGED: Labels = {"employer": ("工作单位", "employer")}
WAGED_STATUS = ("EMPLOYED", "AWAITING_POST", "LONG_LEAVE", "DISPATCHED")
#: what membership must know of the head
HEAD: Labels = {"phone": ("户主联系电话(请登记到职工档案)", "the head's phone (enter it in the worker's record)"),
                "bank_card": ("户主本人银行卡(请登记到职工档案)",
                              "the head's own bank card (enter it in the worker's record)")}
PAPERS: Labels = {"APPLICATION": ("困难职工建档申请表", "application form"), "PLEDGE": ("收入承诺书", "income pledge"),
                  "AUTHORISATION": ("核对授权书", "authorisation for verification")}


def missing_fields(form: Mapping[str, Any] | None, home: Mapping[str, Any] | None,
                   members: Sequence[Member]) -> list[Missing]:
    """What the form lacks, in its order."""
    found = [*_of(form, FORM, "/form"), *_of(home, HOME, "/home")]
    for number, member in enumerate(members):
        found += _of_member(member, f"/members/{number}")
    return found


def missing_of_head(facts: Mapping[str, Any]) -> list[Missing]:
    """What membership lacks of the head, by its `has_phone` and so on. The ID number is never missing: nobody is
    registered without."""
    return [Missing(f"/head/{name}", zh, en) for name, (zh, en) in HEAD.items() if not facts[f"has_{name}"]]


def missing_papers(kinds: Sequence[str]) -> list[Missing]:
    """The papers of which there is no scan among the attachments' `kinds`."""
    return [Missing(f"/papers/{kind}", zh, en) for kind, (zh, en) in PAPERS.items() if kind not in kinds]


def _of_member(member: Member, pointer: str) -> Iterator[Missing]:
    details, health, status = member.details or {}, member.health or {}, (member.details or {}).get("status")
    yield from _of(details, MEMBER, f"{pointer}/details")
    yield from _of(health, HEALTH, f"{pointer}/health")
    if health.get("health") == "DISABLED":
        yield from _of(health, DISABILITY, f"{pointer}/health")
    if status == "STUDENT":
        yield from _of(details, STUDENT, f"{pointer}/details")
    if status in WAGED_STATUS:
        yield from _of(details, WAGED, f"{pointer}/details")


def _of(data: Mapping[str, Any] | None, labels: Labels, pointer: str) -> Iterator[Missing]:
    for name, (zh, en) in labels.items():
        if data is None or data.get(name) is None:
            yield Missing(f"{pointer}/{name}", zh, en)
