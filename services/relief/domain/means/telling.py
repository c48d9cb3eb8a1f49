"""The explanation of a means test: the same steps in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.relief.domain.means.standards import MeansStandard
from shared.kernel.dated import Dated
from shared.kernel.money import BASIS_POINTS, format_yuan

KINDS = {"CriteriaG1": ("认定标准", "criteria"), "CriteriaG2": ("认定标准", "criteria"),
         "Dibao": ("低保标准", "dibao standard"), "MinimumWage": ("最低工资", "minimum wage")}


@dataclass
class Steps:
    """Steps in the order in which they were taken."""

    zh: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)

    def say(self, zh: str, en: str) -> None:
        self.zh.append(zh)
        self.en.append(en)

    def add(self, others: Steps) -> None:
        self.zh += others.zh
        self.en += others.en


def times(multiple_bp: int) -> str:
    """20000 is 2, 15000 is 1.5."""
    whole, rest = divmod(multiple_bp, BASIS_POINTS)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def percent(share_bp: int) -> str:
    return f"{share_bp // 100}.{share_bp % 100:02d} %"


def yuan_of(numerator_fen_bp: int) -> str:
    """An amount in ten-thousandths of a fen, for people to read; what is cut is shown as a plus."""
    fen, rest = divmod(numerator_fen_bp, BASIS_POINTS)
    return format_yuan(fen) + ("+" if rest else "")


def named(codes: Sequence[str], names: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Codes with their names in both languages, or 无 / none."""
    return ("、".join(f"{names[code][0]}({code})" for code in codes) or "无",
            ", ".join(f"{names[code][1]} ({code})" for code in codes) or "none")


def tell_rules(steps: Steps, standard: MeansStandard) -> None:
    """The rows that were used, with document, place, first day and certainty, and what of them is assumed."""
    for row in standard.rows:
        zh, en = KINDS[type(row).__name__]
        steps.say(f"依据·{zh}:{_row(row, '起', '可信度')}", f"rule, {en}: {_row(row, 'on', 'certainty')}")
    if standard.criteria.assumed:
        names = ", ".join(standard.criteria.assumed)
        steps.say(f"上述标准中未载明、暂用本平台默认值的参数,须由当地确认:{names}",
                  f"parameters that the document does not give, defaults to be confirmed locally: {names}")


def _row(row: Dated, since: str, certainty: str) -> str:
    return f"{row.document}({row.jurisdiction},{row.effective_from} {since},{certainty} {row.certainty})"
