"""Fields the contracts share: what each means, its bounds, and its text when it is wrong."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from shared.kernel import identifiers, org
from shared.kernel.errors import Refusal
from shared.kernel.ids import is_id
from shared.kernel.money import MAX_FEN

# Python's own readers also take 20260508 and 2026-W19-5
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(DAY.pattern + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
BASE64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$"
PRINTABLE = validate.Regexp(r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")


class Strict(Schema):
    """Base of every schema: unknown fields are refused and fields keep their order."""

    class Meta:
        unknown = RAISE


class Wrong(ValidationError):
    """A field error that keeps its refusal, so that the door can say it in the caller's language."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.messages = [{"code": refusal.code, "zh": refusal.text("zh"), "en": refusal.text("en")}]


def checked(check: Callable[[str], Any]) -> Callable[[str], None]:
    """A marshmallow validator from a kernel check."""

    def run(value: str) -> None:
        try:
            check(value)
        except Refusal as refusal:
            raise Wrong(refusal) from refusal

    return run


class Text(fields.String):
    """Text of 1 to `most` characters without control characters; surrounding space is cut."""

    def __init__(self, most: int = 200, *, least: int = 1, **rest: Any) -> None:
        self.most = most
        super().__init__(validate=[validate.Length(least, most), PRINTABLE], **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        PRINTABLE(text)  # before the cut: to Python some control characters are space
        try:
            text.encode()
        except UnicodeEncodeError as error:  # half a character: no database keeps it
            raise self.make_error("invalid_utf8") from error
        return text.strip()


def _is_id(text: str) -> None:
    if not is_id(text):
        raise ValidationError("Not a valid UUID.")


class Id(fields.String):
    """An opaque id of a record (UUIDv7)."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=_is_id, metadata={"format": "uuid"}, **rest)


class Fen(fields.Integer):
    """Money in fen (分). Whole numbers only: 70000 yuan is 7000000."""

    def __init__(self, *, least: int = 1, most: int = MAX_FEN, **rest: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(least, most), **rest)

    def _validated(self, value: Any) -> Any:
        if isinstance(value, (bool, str)):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class Whole(fields.Integer):
    """A whole number within bounds; a number in quotes is refused."""

    def __init__(self, least: int = 0, most: int = 1_000_000, **rest: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(least, most), **rest)

    def _validated(self, value: Any) -> Any:
        if isinstance(value, (bool, str)):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class QueryWhole(fields.Integer):
    """A whole number in a query, where everything is text."""

    def __init__(self, least: int, most: int, **rest: Any) -> None:
        super().__init__(validate=validate.Range(least, most), **rest)


class Flag(fields.Boolean):
    """true or false; neither 1 nor "yes"."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Content(fields.String):
    """The bytes of a file as base64 text; loaded as bytes, and only ever loaded: files are answered as files."""

    def __init__(self, most_bytes: int, **rest: Any) -> None:
        self.most_characters = (most_bytes + 2) // 3 * 4
        super().__init__(validate=validate.Length(1, most_bytes), load_only=True, **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return base64.b64decode(text, validate=True)
        except ValueError as error:
            raise self.make_error("invalid") from error


class Day(fields.Date):
    """A date, YYYY-MM-DD, in the centre's time zone (+08:00)."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(format="iso", **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return super()._deserialize(value, attr, data, **kwargs)


class Moment(fields.AwareDateTime):
    """An instant with its offset, ISO 8601."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(format="iso", **rest)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        if not isinstance(value, str) or not MOMENT.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return super()._deserialize(value, attr, data, **kwargs)


class Choice(fields.String):
    """One code of an enumeration."""

    def __init__(self, codes: type[StrEnum] | tuple[str, ...], **rest: Any) -> None:
        super().__init__(validate=validate.OneOf([str(code) for code in codes]), **rest)


class OrgPath(fields.String):
    """A place in the organisation tree, for example `/37/3702/370202/`."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=[validate.Length(1, 200), checked(org.check_org_path)], **rest)


class ResidentId(fields.String):
    """Resident identity number (公民身份号码, GB 11643), 18 characters."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=[validate.Length(1, 40), checked(identifiers.check_resident_id)], **rest)


class Uscc(fields.String):
    """Unified social credit code (统一社会信用代码, GB 32100), 18 characters."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=[validate.Length(1, 40), checked(identifiers.check_uscc)], **rest)


class BankCard(fields.String):
    """Bank card number with a right check digit (Luhn)."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=[validate.Length(1, 40), checked(identifiers.check_bank_card)], **rest)


class AccountNumber(fields.String):
    """Account of an organisation at a bank; there is no check digit that all banks share."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("metadata", {"description": "8 to 32 digits"})
        super().__init__(validate=validate.Regexp(r"\A[0-9]{8,32}\Z"), **rest)


class Mobile(fields.String):
    """Mainland mobile number, 11 digits."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(validate=[validate.Length(1, 40), checked(identifiers.check_mobile)], **rest)


def listed(inner: fields.Field[Any] | type[Schema], least: int = 1, most: int = 1000, **rest: Any) -> fields.List:
    """A list with bounds: everything that comes in has a limit."""
    item = fields.Nested(inner) if isinstance(inner, type) else inner
    return fields.List(item, validate=validate.Length(least, most), **rest)


class Record(Strict):
    """What every record shows. `version` is also its ETag."""

    id = Id(required=True)
    org_path = OrgPath(required=True)
    version = Whole(1, 2**53, required=True)


class PageQuery(Strict):
    """Query of a list: how many, from where, in which order. Lists add their filters."""

    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200), metadata={"description": "rows a page"})
    cursor = Text(400, metadata={"description": "`next_cursor` of the page before"})
    sort = Text(40, metadata={"description": "a column, `-` before it for descending"})


class Empty(Strict):
    """A command that needs no body."""
