"""Money (金额) as a whole number of fen (分). 100 fen are 1 yuan; nothing in the product holds money as a float."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeGuard

from shared.kernel.errors import Invalid

MAX_FEN = 2**53 - 1  # the largest whole number that every JSON reader keeps exact
BASIS_POINTS = 10_000


class AmountInvalid(Invalid):
    """Not a whole number of fen, or outside of what is allowed here."""

    code = "amount-invalid"
    zh = "金额必须是以“分”为单位的整数,且在 {least_fen} 至 {most_fen} 之间;收到的是 {received}。"
    en = "An amount must be a whole number of fen between {least_fen} and {most_fen}; received {received}."


class SumTooLarge(Invalid):
    """Amounts that are each allowed come to more than one amount can say."""

    code = "sum-too-large"
    zh = "各项金额加到本项为止合计 {sum},超过系统可记载的最大金额 {most}。请核对本项的金额和次数(单位为分)。"
    en = "Up to this item the amounts come to {sum}, more than the most that can be kept, {most}. Check it (in fen)."


class SharesInvalid(Invalid):
    """The parts of a split do not make a whole (分担比例)."""

    code = "shares-invalid"
    zh = "分担比例以万分之一为单位,各项不得为负,合计必须等于 10000;收到的是 {received}。"
    en = "Shares are basis points, none negative, and must sum to 10,000; received {received}."


class WeightsInvalid(Invalid):
    """There is nothing to apportion over."""

    code = "weights-invalid"
    zh = "分摊权数必须是非负整数,且合计大于零;收到的是 {received}。"
    en = "Weights must be whole numbers, none negative, with a sum above zero; received {received}."


def check_fen(value: object, *, least: int = 1, most: int = MAX_FEN, pointer: str | None = None) -> int:
    """The amount in fen if it is a whole number from `least` to `most`. Raises AmountInvalid."""
    if _is_whole(value) and least <= value <= most:
        return value
    raise AmountInvalid(pointer=pointer, received=_shown(value), least_fen=least, most_fen=most)


def total(parts: Iterable[tuple[str, int]]) -> int:
    """The sum of amounts in fen, each with the JSON pointer of its field. Whatever sums up what callers send, to keep
    or to answer it, goes this way. Raises SumTooLarge, with the pointer of the item that was too much."""
    sum_fen = 0
    for pointer, fen in parts:
        sum_fen += fen
        if sum_fen > MAX_FEN:
            raise SumTooLarge(pointer=pointer, sum=format_yuan(sum_fen), most=format_yuan(MAX_FEN))
    return sum_fen


def apportion(total_fen: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount by weights (按比例分摊), largest remainder first, earlier weights first among equals.

    The parts sum to `total_fen`; none is above its weight as long as `total_fen` is not above the sum of the weights.
    Raises AmountInvalid, WeightsInvalid.
    """
    check_fen(total_fen, least=0)
    whole = sum(weights) if all(_is_whole(weight) and weight >= 0 for weight in weights) else 0
    if whole == 0:
        raise WeightsInvalid(received=_shown(list(weights)))
    parts = [total_fen * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total_fen * weights[i] % whole), i))
    for i in by_remainder[: total_fen - sum(parts)]:
        parts[i] += 1
    return parts


def split(total_fen: int, shares_bp: Sequence[int]) -> list[int]:
    """Divide an amount by an agreement's shares in basis points (分担): every part but the first is rounded half up.

    The first part takes the rest, so the parts sum to the fen: with a union and a partner,
    `unionPart = total - partnerPart`. No part is negative. Raises AmountInvalid, SharesInvalid.
    """
    check_fen(total_fen, least=0)
    if not all(_is_whole(share) and share >= 0 for share in shares_bp) or sum(shares_bp) != BASIS_POINTS:
        raise SharesInvalid(received=_shown(list(shares_bp)))
    rest_fen = total_fen
    others: list[int] = []
    for share in shares_bp[1:]:
        # several halves rounded up may exceed a total of a few fen: then the later part gives way
        others.append(min(_half_up(total_fen * share, BASIS_POINTS), rest_fen))
        rest_fen -= others[-1]
    return [rest_fen, *others]


def format_yuan(fen: int) -> str:
    """For people to read: 7000000 becomes ¥70,000.00."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}¥{yuan:,}.{rest:02d}"


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: object) -> str:
    return repr(value)[:60]
