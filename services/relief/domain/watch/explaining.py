"""The explanation of a spread report, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence

from services.relief.domain.means.standards import Dibao
from services.relief.domain.means.telling import Steps, percent
from services.relief.domain.watch.spread import Spread, Thresholds, Window, days_in, days_of
from shared.kernel.money import BASIS_POINTS, format_yuan


def explain(found: Spread, year: int, runs: Sequence[Window], lead_days: int, limits: Thresholds,
            dibao: Dibao) -> Steps:
    """Each figure with what it was computed from, and the threshold beside it."""
    steps = Steps()
    if not found.payments:
        steps.say(f"{year} 年没有已发放的救助", f"nothing was paid in {year}")
        return steps
    amount = format_yuan(found.amount_fen)
    steps.say(f"{year} 年已发放 {found.payments} 笔,{amount},涉及 {found.households} 户(无档案的按人计)",
              f"{found.payments} payments in {year}, {amount}, to {found.households} households (a person without a "
              "file counts as one)")
    if found.recovered_fen:
        back = format_yuan(found.recovered_fen)
        steps.say(f"已扣除追回 {back};退汇和全部追回的不计",
                  f"{back} that was recovered is taken off; what came back whole is not counted")
    _tell_festivals(steps, found, year, runs, lead_days, limits)
    _tell_concentration(steps, found, limits)
    _tell_dispersion(steps, found, limits, dibao)
    return steps


def _tell_festivals(steps: Steps, found: Spread, year: int, runs: Sequence[Window], lead_days: int,
                    limits: Thresholds) -> None:
    days, share, limit = days_in(runs), _percent(found.festival_share_bp), percent(limits.festival_bp)
    shown = "、".join(f"{start}—{end}" for start, end in runs)
    index = _times(found.festival_index_bp)
    steps.say(f"元旦、春节、中秋前 {lead_days} 天内({shown},共 {days}/{days_of(year)} 天)的笔数占 {share},"
              f"为均匀发放的 {index} 倍;提示线 {limit}",
              f"{share} of the payments fell within {lead_days} days before New Year, Spring Festival and Mid-Autumn "
              f"({days} of {days_of(year)} days), {index} times an even spread; told from {limit}")


def _tell_concentration(steps: Steps, found: Spread, limits: Thresholds) -> None:
    top, limit = _percent(found.top_tenth_share_bp), percent(limits.top_tenth_bp)
    steps.say(f"集中度:基尼系数 {_times(found.gini_bp)}(0 为平均),HHI {_times(found.hhi_bp)},"
              f"最多的十分之一家庭得 {top};提示线 {limit}",
              f"concentration: Gini {_times(found.gini_bp)} (0 is even), HHI {_times(found.hhi_bp)}, the top tenth of "
              f"households got {top}; told from {limit}")


def _tell_dispersion(steps: Steps, found: Spread, limits: Thresholds, dibao: Dibao) -> None:
    small, share = format_yuan(limits.small_fen), _percent(found.small_payments_share_bp)
    mean, months = format_yuan(found.mean_per_household_fen or 0), _times(found.mean_in_dibao_bp)
    steps.say(f"撒芝麻盐:单笔不超过 {small} 的占 {share},提示线 {percent(limits.sesame_bp)};"
              f"户均 {mean},为月低保标准 {format_yuan(dibao.dibao_fen)} 的 {months} 倍"
              f"({dibao.document},可信度 {dibao.certainty})",
              f"thin spreading: {share} of the payments are up to {small}, told from {percent(limits.sesame_bp)}; a "
              f"household got {mean} on average, {months} times the monthly dibao of {format_yuan(dibao.dibao_fen)} "
              f"({dibao.document}, certainty {dibao.certainty})")


def _percent(share_bp: int | None) -> str:
    return percent(share_bp or 0)


def _times(value_bp: int | None) -> str:
    whole, rest = divmod(value_bp or 0, BASIS_POINTS)
    return f"{whole}.{rest:04d}"
