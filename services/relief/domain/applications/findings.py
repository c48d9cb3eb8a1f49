"""Hints at duplicate aid (疑似重复救助, DUP-2 to DUP-4): for a person to look into, never a refusal by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shared.kernel.money import format_yuan

#: forms of aid (帮扶形式); what was declared before forms were asked for was money
FORMS = {"MONEY": ("", ""), "TUITION_WAIVER": ("学杂费减免", " as fees waived"), "GOODS": ("实物", " in goods")}
CODES = {"STUDENT": "DUP-3", "MEDICAL": "DUP-4"}


def findings_of(relief_type: str, other_aid: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One finding for each aid of others, with what it means for this application."""
    return [_finding(CODES.get(relief_type, "DUP-2"), one) for one in other_aid]


def _finding(code: str, aid: Mapping[str, Any]) -> dict[str, str]:
    amount, payer = format_yuan(aid["amount_fen"]), aid["payer"]
    form_zh, form_en = FORMS[aid.get("form", "MONEY")]
    if aid["is_same_need"]:
        zh, en = "同一需求,已从可救助额度中扣除", "for the same need: taken off what may be given"
    else:
        zh, en = "另一需求,未扣除,请核实是否重复", "for another need: not taken off, see whether it is the same"
    return {"code": code, "zh": f"{payer} 已给予{form_zh} {amount}({zh})",
            "en": f"{payer} gave {amount}{form_en} ({en})"}
