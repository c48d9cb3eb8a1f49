"""Example cases (算例) of the means test and of the programmes' caps, written by cadres in YAML, and what differs.

Those that ship with the product lie in rules/cases; a centre's own in `cases/means` and `cases/applications` of the
folder BANGFU_RULES, where `bangfu doctor` runs them against the rules that are in force there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from marshmallow import Schema, ValidationError, fields, validates_schema

from services.relief import rules
from services.relief.domain.applications.caps import Computation, Earlier, Situation, compute
from services.relief.domain.applications.refusals import ProgrammeMissing
from services.relief.domain.means.codes import GRADES
from services.relief.domain.means.counting import Computed, run
from services.relief.domain.means.facts import facts_of
from services.relief.rules import means
from services.relief.rules.programmes import programmes
from shared.contracts.fields import Choice, Day, Fen, Strict, Text, listed
from shared.contracts.relief.applications import codes
from shared.contracts.relief.applications.schemas import Need
from shared.contracts.relief.means.schemas import Division, HouseholdFacts
from shared.kernel.dated import RuleTableError
from shared.kernel.errors import Refusal
from shared.kernel.money import format_yuan
from shared.kernel.parameters import RULES_VARIABLE

SHIPPED = Path(rules.__file__).parent / "cases"
FOLDER = "cases"
#: a difference in Chinese and English
Said = tuple[str, str]


class CaseFacts(HouseholdFacts):
    """`earlier_relief` stands for what the ledger would add: kind of income → fen."""

    earlier_relief = fields.Dict(keys=fields.String(), values=Fen(least=0))


class MeansCase(Strict):
    """`document` is a part of the name of the document that must have ruled."""

    name = Text(200, required=True)
    place = Division(required=True)
    day = Day(required=True)
    facts = fields.Nested(CaseFacts, required=True)
    expected = Choice(GRADES, required=True)
    document = Text(200, required=True)


class Had(Strict):
    paid_fen = Fen(least=0)
    reserved_fen = Fen(least=0)
    other_types = listed(Choice(codes.TYPES), 0)


class Given(Strict):
    payer = Choice(codes.PAYERS, required=True)
    amount_fen = Fen(required=True)


class ReliefFacts(Strict):
    """`need` as in an application; `rule_sets` and `dibao_fen` stand for what the place has."""

    rule_sets = listed(Text(40))
    day = Day(required=True)
    division = Division(required=True)
    relief_type = Choice(codes.TYPES, required=True)
    whom = Choice(codes.WHOM, required=True)
    need = fields.Nested(Need, load_default=dict)
    dibao_fen = Fen()
    earlier = fields.Nested(Had, load_default=dict)
    other_aid = listed(Given, 0, load_default=list)


class Expected(Strict):
    """Either `refused`, the code of the refusal, or `cap_fen` with what else must be said."""

    refused = Text(100)
    cap_fen = Fen(least=0)
    rule_set = Text(40)
    outside = Text(40, allow_none=True)
    steps = listed(Text(200), 0, load_default=list)

    @validates_schema
    def check_one(self, data: Mapping[str, Any], **_rest: Any) -> None:
        """A case that expects nothing could not differ."""
        if ("refused" in data) == ("cap_fen" in data):
            raise ValidationError("Give either refused or cap_fen.")


class ReliefCase(Strict):
    name = Text(200, required=True)
    facts = fields.Nested(ReliefFacts, required=True)
    expect = fields.Nested(Expected, required=True)


def computed_means(case: Mapping[str, Any]) -> Computed:
    """The means test of a loaded case. Raises Refusal, RuleGap."""
    return run(facts_of(case["facts"]), means.standards().on(case["day"], case["place"]))


def computed_cap(facts: Mapping[str, Any]) -> Computation:
    """The cap of a loaded case. Raises Refusal, RuleGap."""
    need, earlier = facts["need"], facts["earlier"]
    asked = (facts["relief_type"], facts["whom"], need.get("school_level"))
    rule = programmes().find(*asked, facts["day"], facts["division"], facts.get("rule_sets"))
    if rule is None:
        raise ProgrammeMissing(relief_type=asked[0], whom=asked[1], school_level=asked[2] or "-", possible="-")
    dibao_fen = facts.get("dibao_fen") or means.standards().on(facts["day"], facts["division"]).dibao_fen
    others = [(one["payer"], one["amount_fen"]) for one in facts["other_aid"]]
    had = Earlier(**{**earlier, "other_types": tuple(earlier.get("other_types", ()))})
    return compute(rule, Situation(need, dibao_fen, had, others))


def differs_means(case: Mapping[str, Any]) -> Iterator[Said]:
    """What differs in a loaded case of the means test. Raises Refusal, RuleGap."""
    found = computed_means(case).assessment
    if found.grade != case["expected"]:
        yield (f"应为 {case['expected']},算得 {found.grade}({found.standard.document})",
               f"expected {case['expected']}, computed {found.grade} by {found.standard.document}")
    if case["document"] not in found.standard.document:
        yield (f"应依据“{case['document']}”,实依据“{found.standard.document}”",
               f"expected the document {case['document']}, ruled by {found.standard.document}")


def differs_cap(case: Mapping[str, Any]) -> Iterator[Said]:
    """What differs in a loaded case of a programme's cap. Raises RuleGap."""
    expect = case["expect"]
    try:
        found = computed_cap(case["facts"])
    except Refusal as refusal:
        if refusal.code != expect.get("refused"):
            wanted = expect.get("refused") or format_yuan(expect.get("cap_fen", 0))
            yield (f"应为 {wanted},被拒绝:{refusal.code} {refusal.text('zh')}",
                   f"expected {wanted}, refused: {refusal.code}")
        return
    said = "\n".join((*found.steps_zh, *found.steps_en))
    outside = found.programme.outside_of(found.cap_fen)
    have = {"refused": None, "cap_fen": found.cap_fen, "rule_set": found.programme.rule_set,
            "outside": outside and outside.level}
    for name, value in have.items():
        if name in expect and expect[name] != value:
            yield f"{name} 应为 {expect[name]},算得 {value}", f"{name}: expected {expect[name]}, computed {value}"
    for text in expect["steps"]:
        if text not in said:
            yield f"计算步骤中没有“{text}”", f"the steps do not say {text}"


#: folder → (what a case looks like, what differs in one)
KINDS: dict[str, tuple[type[Schema], Callable[[Mapping[str, Any]], Iterator[Said]]]] = {
    "means": (MeansCase, differs_means), "applications": (ReliefCase, differs_cap),
}


def of_the_centre() -> Iterator[str]:
    """One line for each case of the folder BANGFU_RULES that differs or cannot be read, in Chinese and English."""
    folder = os.environ.get(RULES_VARIABLE)
    if folder:
        yield from differing(Path(folder) / FOLDER)


def differing(folder: Path) -> Iterator[str]:
    """One line for each case below `folder` that differs or cannot be read."""
    for kind in KINDS:
        for file in sorted((folder / kind).glob("*.yaml")):
            for name, said in _of_file(file, kind):
                if said:
                    zh, en = ("; ".join(texts) for texts in zip(*said, strict=True))
                    yield f"{kind}/{file.name}{name and f' “{name}”'}: {zh} / {en}"


def cases_of(file: Path) -> list[Any]:
    """The cases of a file as they stand there. Raises ValueError, yaml.YAMLError, OSError."""
    content = yaml.safe_load(file.read_text("utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get("cases"), list):
        raise ValueError("needs a list `cases`")
    cases: list[Any] = content["cases"]
    return cases


def load(raw: Any, kind: str) -> dict[str, Any]:
    """A case with its days read. Raises marshmallow's ValidationError."""
    loaded: dict[str, Any] = KINDS[kind][0]().load(_plain(raw))
    return loaded


def _of_file(file: Path, kind: str) -> Iterator[tuple[str, list[Said]]]:
    """(name, what differs) of each case; a file that cannot be read is one without a name."""
    try:
        cases = cases_of(file)
    except (OSError, ValueError, yaml.YAMLError) as error:
        text = " ".join(str(error).split())
        yield "", [(f"文件无法读取,应为含 cases 列表的 YAML:{text}", f"cannot be read, should be YAML with a list "
                    f"`cases`: {text}")]
        return
    for place, raw in enumerate(cases, 1):
        name = str(raw.get("name") or place) if isinstance(raw, dict) else str(place)
        yield name, _of_case(raw, kind)


def _of_case(raw: Any, kind: str) -> list[Said]:
    try:
        return list(KINDS[kind][1](load(raw, kind)))
    except ValidationError as error:
        return [(f"填写有误,请改正:{error.messages}", f"wrongly written, correct it: {error.messages}")]
    except Refusal as refusal:
        return [(f"无法测算:{refusal.text('zh')}", f"cannot be computed: {refusal.text('en')}")]
    except RuleTableError as error:
        return [(f"没有适用的规定,请核对日期和地区:{error}", f"no rule applies, check day and place: {error}")]


def _plain(value: Any) -> Any:
    """As JSON would bring it: YAML reads days by itself."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
