"""Places in the organisation tree (工会组织层级). A path reads from the top: /37/3702/370202/qingdao-north/.

The tree has no fixed number of levels (three to five in the centres described so far), so nothing counts them.
"""

from __future__ import annotations

import re

from shared.kernel.errors import Invalid

MAX_DEPTH = 12
_PATH = re.compile(rf"/(?:[0-9a-z-]{{1,32}}/){{1,{MAX_DEPTH}}}")
_DIVISION_DIGITS = 6


class OrgPathInvalid(Invalid):
    """Not a path of the tree."""

    code = "org-path-invalid"
    zh = (
        "组织路径“{received}”无效。应以“/”开头和结尾,1 至 12 级,每级 1 至 32 个小写字母、数字或连字符,"
        "如 /37/3702/370202/。"
    )
    en = (
        "The organisation path {received} is not valid. It starts and ends with /, has 1 to 12 levels, each of "
        "1 to 32 lower-case letters, digits or hyphens, as in /37/3702/370202/."
    )


def check_org_path(text: str, pointer: str | None = None) -> str:
    """The path unchanged. Raises OrgPathInvalid."""
    if not isinstance(text, str) or not _PATH.fullmatch(text):
        raise OrgPathInvalid(pointer=pointer, received=str(text)[:60])
    return text


def is_within(path: str, scope: str) -> bool:
    """Whether `path` is `scope` or lies below it. Raises OrgPathInvalid: an empty scope must never mean everything."""
    return check_org_path(path).startswith(check_org_path(scope))


def parent(path: str) -> str | None:
    """The path one level up; None at the top."""
    above = check_org_path(path)[:-1].rpartition("/")[0]
    return f"{above}/" if above else None


def depth(path: str) -> int:
    """The number of levels, 1 at the top."""
    return check_org_path(path).count("/") - 1


def division_of(path: str) -> str:
    """The six-digit division code (行政区划代码, GB/T 2260) a path lies in, for case numbers.

    It is the longest all-digit level, the lower one among equals, filled up with zeros or cut to six digits;
    000000 where the path has none.
    """
    digits = [level for level in check_org_path(path).split("/") if level.isdigit()]
    longest = max(reversed(digits), key=len, default="")
    return longest[:_DIVISION_DIGITS].ljust(_DIVISION_DIGITS, "0")
