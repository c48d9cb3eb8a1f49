"""How much a programme may give (可救助额度): every ceiling, what was had before, and what remains, step by step.

Whole fen; a share is cut down to the fen, because a ceiling must not be passed. The engine computes, a person decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.relief.domain.applications.kinds import FACT_NAMES, VISITS_BY_DAY
from services.relief.domain.applications.mutual_aid import KnownClaim, OtherAid
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.refusals import AidedElsewhere, OnceOnly, SingleItemOnly, StudentExcluded
from shared.kernel.money import BASIS_POINTS, format_yuan

PERIOD_NAMES = {
    "HOUSEHOLD_YEAR": ("本户本年度", "the household this year"), "PERSON_YEAR": ("本人本年度", "the person this year"),
    "STUDENT_YEAR": ("该生本学年", "the student this school year"), "STUDENT_EVER": ("该生历次", "the student so far"),
    "HOUSEHOLD_EVER": ("本户累计", "the household so far"), "OCCASION": ("本次慰问", "this occasion"),
}


@dataclass(frozen=True)
class Earlier:
    """What the same person or household had in the programme's period, in fen: paid, and reserved but not yet paid.
    `other_types` are other kinds of relief of this year, for the rule of a single item."""

    paid_fen: int = 0
    reserved_fen: int = 0
    other_types: tuple[str, ...] = ()

    @property
    def total_fen(self) -> int:
        return self.paid_fen + self.reserved_fen


@dataclass(frozen=True)
class Situation:
    """What the engine looks at. `other_aid` are the payers and sums that were declared to have met the same need, in
    fen; `claims` what mutual aid is known to have paid for it (own-paid − mutual aid is what relief may meet)."""

    need: Mapping[str, Any]
    dibao_fen: int
    earlier: Earlier = field(default_factory=Earlier)
    other_aid: Sequence[tuple[str, int]] = ()
    claims: Sequence[KnownClaim] = ()

    @property
    def aid(self) -> OtherAid:
        return OtherAid(self.other_aid, self.claims)

    @property
    def other_aid_fen(self) -> int:
        return self.aid.total_fen


@dataclass(frozen=True)
class Computation:
    """What may be given at most, and how that came about, in both languages."""

    cap_fen: int
    programme: Programme
    steps_zh: tuple[str, ...]
    steps_en: tuple[str, ...]


def missing_facts(programme: Programme, need: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts the programme needs and the application does not have; the day too of a visit that has one."""
    by_day = ("happened_on",) if need.get("occasion") in VISITS_BY_DAY else ()
    return tuple(name for name in dict.fromkeys((*programme.needs, *by_day)) if need.get(name) in (None, "", []))


def require_eligible(programme: Programme, situation: Situation) -> None:
    """What the rule itself rules out. Raises StudentExcluded, AidedElsewhere, SingleItemOnly, OnceOnly."""
    p, document = programme, programme.document
    kind = situation.need.get("student_kind")
    if kind in p.excluded_students:
        raise StudentExcluded(student_kind=kind, document=document)
    if p.refuses_aided and situation.aid.payers:
        raise AidedElsewhere(payers=", ".join(situation.aid.payers), document=document)
    if p.is_single and situation.earlier.other_types:
        raise SingleItemOnly(other=", ".join(situation.earlier.other_types), document=document)
    if p.is_once and situation.earlier.total_fen:
        raise OnceOnly(earlier=format_yuan(situation.earlier.total_fen), document=document)


def compute(programme: Programme, situation: Situation) -> Computation:
    """The lowest ceiling, less what was had. Raises what `require_eligible` raises."""
    require_eligible(programme, situation)
    steps = [_rule_step(programme), *situation.aid.steps()]
    ceilings = [*_need_ceiling(programme, situation, steps), *_period_ceiling(programme, situation, steps)]
    cap_fen = max(0, min(ceilings))
    steps.append((f"可救助额度 {format_yuan(cap_fen)}", f"at most {format_yuan(cap_fen)} may be given"))
    if programme.is_single:
        steps.append(("本等级一个年度只享受一项救助", "this grade gets one kind of relief a year"))
    return Computation(cap_fen, programme, tuple(zh for zh, _ in steps), tuple(en for _, en in steps))


Steps = list[tuple[str, str]]


def _rule_step(p: Programme) -> tuple[str, str]:
    return (f"标准集 {p.rule_set}:{p.relief_type} × {p.whom}{p.school_level and ' × ' + p.school_level}。"
            f"依据:{p.document}({p.jurisdiction},{p.effective_from} 起,来源可信度 {p.certainty})",
            f"rule set {p.rule_set}: {p.relief_type} × {p.whom}{p.school_level and ' × ' + p.school_level}. "
            f"Rule: {p.document} ({p.jurisdiction}, from {p.effective_from}, certainty {p.certainty})")


def _need_ceiling(p: Programme, s: Situation, steps: Steps) -> list[int]:
    """A share of the need itself; with what others gave it never comes to more than the need."""
    if p.base is None:
        return []
    whole_fen, other_fen = int(s.need.get(p.base) or 0), s.other_aid_fen
    share_fen, left_fen = whole_fen * p.share_bp // BASIS_POINTS, whole_fen - other_fen
    zh, en = FACT_NAMES[p.base]
    steps.append((f"{zh} {format_yuan(whole_fen)} × {_percent(p.share_bp)} = {format_yuan(share_fen)}",
                  f"{en} {format_yuan(whole_fen)} × {_percent(p.share_bp)} = {format_yuan(share_fen)}"))
    if other_fen:
        other, left = format_yuan(other_fen), format_yuan(max(0, left_fen))
        steps.append((f"其他渠道已就同一需求给予 {other},尚未解决 {left}",
                      f"others gave {other} for the same need; {left} is left"))
    return [share_fen, left_fen]


def _period_ceiling(p: Programme, s: Situation, steps: Steps) -> list[int]:
    """What the period allows, less earlier money of the period (paid and reserved)."""
    limits = _limits(p, s, steps)
    if not limits:
        return []
    earlier, left_fen = s.earlier, min(limits) - s.earlier.total_fen
    if p.base is None:
        left_fen -= s.other_aid_fen
        if s.other_aid_fen:
            steps.append((f"减去其他渠道同一需求的救助 {format_yuan(s.other_aid_fen)}",
                          f"less {format_yuan(s.other_aid_fen)} that others gave for the same need"))
    zh, en = PERIOD_NAMES[p.period]
    kinds = ("各类", "of any type") if p.counts == "ALL_TYPES" else ("同类", "of this type")
    steps.append((f"减去{zh}{kinds[0]}救助:已发放 {format_yuan(earlier.paid_fen)},已预占 "
                  f"{format_yuan(earlier.reserved_fen)};剩余 {format_yuan(max(0, left_fen))}",
                  f"less relief {kinds[1]} for {en}: paid {format_yuan(earlier.paid_fen)}, reserved "
                  f"{format_yuan(earlier.reserved_fen)}; {format_yuan(max(0, left_fen))} remains"))
    return [left_fen]


def _limits(p: Programme, s: Situation, steps: Steps) -> list[int]:
    found = []
    zh, en = PERIOD_NAMES[p.period]
    if p.months is not None:
        found.append(p.months * s.dibao_fen)
        steps.append((f"{zh}上限:低保标准 {format_yuan(s.dibao_fen)} × {p.months} 个月 = {format_yuan(found[-1])}",
                      f"ceiling for {en}: dibao {format_yuan(s.dibao_fen)} × {p.months} months = "
                      f"{format_yuan(found[-1])}"))
    if p.most_fen is not None:
        found.append(p.most_fen)
        steps.append((f"{zh}上限:{format_yuan(p.most_fen)}", f"ceiling for {en}: {format_yuan(p.most_fen)}"))
    return found


def _percent(share_bp: int) -> str:
    whole, rest = divmod(share_bp, 100)
    return f"{whole}.{rest:02d} %" if rest else f"{whole} %"
