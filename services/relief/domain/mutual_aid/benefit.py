"""What a mutual aid plan pays (互助金测算): whole numbers only, every step told in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.relief.domain.mutual_aid.plan import Plan
from shared.kernel.money import BASIS_POINTS, format_yuan


@dataclass(frozen=True)
class ClaimFacts:
    """What a benefit depends on. `day` is the day of cover on which the illness was found (1 is the first), None where
    the waiting period was waived. `used_fen` and `used_days` were granted (批准给付) to other claims of the term."""

    cover: str
    day: int | None
    shares: int = 1
    eligible_fen: int = 0
    own_paid_fen: int = 0
    days: int = 0
    used_fen: int = 0
    used_days: int = 0


@dataclass
class Benefit:
    """`amount_fen` is None where only the higher union knows the sum."""

    amount_fen: int | None
    steps_zh: list[str] = field(default_factory=list)
    steps_en: list[str] = field(default_factory=list)

    def tell(self, zh: str, en: str) -> None:
        self.steps_zh.append(zh)
        self.steps_en.append(en)


def compute(plan: Plan, facts: ClaimFacts) -> Benefit:
    """The benefit by the plan's family and the waiting factor, never above the cap that is left."""
    benefit = Benefit(None)
    whole_fen = {"F1": _lump_sum, "F2": _share_of_cost, "F3": _tiers, "F4": _daily}[plan.family](plan, facts, benefit)
    factor_bp = waiting_factor(plan, facts.day)
    _tell_waiting(plan, facts.day, factor_bp, benefit)
    if whole_fen is None:
        benefit.tell("保额由上级工会的方案确定,以上级工会核定为准。",
                     "The sum is set by the higher union's scheme; it decides.")
    else:
        benefit.amount_fen = _capped(plan, facts, whole_fen * factor_bp // BASIS_POINTS, benefit)
    _tell_source(plan, benefit)
    return benefit


def waiting_factor(plan: Plan, day: int | None) -> int:
    """0 in the waiting period (免责期), reduced in the reduction period (减责期), else 1; in basis points."""
    if day is None or day > max(plan.waiting_days, plan.reduced_until_day):
        return BASIS_POINTS
    return 0 if day <= plan.waiting_days else plan.reduced_bp


def _lump_sum(plan: Plan, facts: ClaimFacts, benefit: Benefit) -> int | None:
    cover = plan.cover(facts.cover) or {}
    sum_fen: int | None = cover.get("sum_fen")
    if sum_fen is None:
        return None
    benefit.tell(f"{facts.shares} 份 × 每份 {format_yuan(sum_fen)} = {format_yuan(facts.shares * sum_fen)}",
                 f"{facts.shares} share(s) × {format_yuan(sum_fen)} = {format_yuan(facts.shares * sum_fen)}")
    return facts.shares * sum_fen


def _share_of_cost(plan: Plan, facts: ClaimFacts, benefit: Benefit) -> int:
    share_fen = facts.eligible_fen * plan.rate_bp // BASIS_POINTS
    rate = f"{plan.rate_bp / 100:g}%"
    benefit.tell(f"医保范围内费用 {format_yuan(facts.eligible_fen)} × {rate} = {format_yuan(share_fen)}",
                 f"eligible cost {format_yuan(facts.eligible_fen)} × {rate} = {format_yuan(share_fen)}")
    return share_fen


def _tiers(plan: Plan, facts: ClaimFacts, benefit: Benefit) -> int:
    above_fen = max(0, facts.own_paid_fen - plan.deductible_fen)
    benefit.tell(
        f"自付 {format_yuan(facts.own_paid_fen)},起付线 {format_yuan(plan.deductible_fen)},"
        f"计入 {format_yuan(above_fen)}",
        f"paid by oneself {format_yuan(facts.own_paid_fen)} less the deductible {format_yuan(plan.deductible_fen)} is "
        f"{format_yuan(above_fen)}")
    from_fen, sum_bp = 0, 0
    for band in plan.bands:
        top_fen = above_fen if band["up_to_fen"] is None else min(above_fen, band["up_to_fen"])
        part_fen = max(0, top_fen - from_fen)
        if part_fen:
            sum_bp += part_fen * band["rate_bp"]
            rate = f"{band['rate_bp'] / 100:g}%"
            benefit.tell(f"分段 {format_yuan(part_fen)} × {rate}", f"band of {format_yuan(part_fen)} × {rate}")
        from_fen = max(from_fen, top_fen)
    whole_fen = sum_bp // BASIS_POINTS
    benefit.tell(f"各段合计 {format_yuan(whole_fen)}", f"bands together {format_yuan(whole_fen)}")
    return whole_fen


def _daily(plan: Plan, facts: ClaimFacts, benefit: Benefit) -> int:
    days = granted_days(plan, facts)
    benefit.tell(
        f"住院 {facts.days} 天,最多 {plan.most_days} 天,本期已批准给付 {facts.used_days} 天;"
        f"{days} 天 × {format_yuan(plan.per_day_fen)}",
        f"{facts.days} day(s), at most {plan.most_days}, {facts.used_days} granted before; {days} × "
        f"{format_yuan(plan.per_day_fen)}")
    return days * plan.per_day_fen


def granted_days(plan: Plan, facts: ClaimFacts) -> int:
    return min(facts.days, max(0, plan.most_days - facts.used_days))


def _capped(plan: Plan, facts: ClaimFacts, amount_fen: int, benefit: Benefit) -> int:
    if not plan.cap_fen:
        return amount_fen
    left_fen = max(0, plan.cap_fen - facts.used_fen)
    benefit.tell(f"封顶 {format_yuan(plan.cap_fen)},本期已批准给付 {format_yuan(facts.used_fen)},"
                 f"尚可 {format_yuan(left_fen)}",
                 f"cap {format_yuan(plan.cap_fen)}, {format_yuan(facts.used_fen)} granted in this term, "
                 f"{format_yuan(left_fen)} left")
    return min(amount_fen, left_fen)


def _tell_waiting(plan: Plan, day: int | None, factor_bp: int, benefit: Benefit) -> None:
    if not plan.waiting_days and not plan.reduced_until_day:
        return
    if day is None:
        benefit.tell("续保,免责期豁免,系数 100%", "renewed in time: no waiting period, factor 100%")
        return
    until_zh = f"、减责期至第 {plan.reduced_until_day} 天" if plan.reduced_until_day else ""
    until_en = f", reduced until day {plan.reduced_until_day}" if plan.reduced_until_day else ""
    benefit.tell(f"参保第 {day} 天确诊;免责期 {plan.waiting_days} 天{until_zh};系数 {factor_bp / 100:g}%",
                 f"found on day {day}; waiting period {plan.waiting_days} days{until_en}; factor {factor_bp / 100:g}%")


def _tell_source(plan: Plan, benefit: Benefit) -> None:
    if benefit.amount_fen is not None:
        benefit.tell(f"测算 {format_yuan(benefit.amount_fen)}。依据:{plan.document}",
                     f"computed {format_yuan(benefit.amount_fen)}. Rule: {plan.document}")
    if plan.assumed:
        names = ", ".join(plan.assumed)
        benefit.tell(f"文件未载明、由本平台暂定的参数:{names}", f"not told by the document and supplied by us: {names}")
