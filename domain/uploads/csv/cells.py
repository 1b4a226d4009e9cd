"""Parses one cell: a value, a blank, or an error."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.kernel.rejections import RejectionCode
from domain.kernel.text import InvalidText
from domain.uploads.csv.columns import Columns
from domain.uploads.csv.row_errors import RowError

T = TypeVar("T")
Parse = Callable[[str], T]


class DuplicateValue(InvalidText):
    """An earlier row holds the value."""

    def __init__(self, code: RejectionCode, message: str) -> None:
        super().__init__(message)
        self.code = code


class Unique(Generic[T]):
    """A value that no two rows may share: in the later row it is an error."""

    def __init__(self, what: str, code: RejectionCode, key: Callable[[T], Hashable]) -> None:
        self._what = what
        self._code = code
        self._key = key
        self._rows: dict[Hashable, int] = {}

    def check(self, value: T, row: int) -> None:
        """Raises DuplicateValue when an earlier row has the value, in this or another spelling."""
        first = self._rows.setdefault(self._key(value), row)
        if first != row:
            raise DuplicateValue(self._code, f"Line {first} has this {self._what} already.")


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """The parser of a field's cell."""

    field: str
    parse: Parse[T | None]
    once: Unique[T] | None = None


def required(parse: Parse[T]) -> Parse[T]:
    """Returns a cell parsed by `parse` that must not be blank."""

    def read(text: str) -> T:
        if not text or text.isspace():
            raise InvalidText("Must not be blank.")
        return parse(text)

    return read


def optional(parse: Parse[T]) -> Parse[T | None]:
    """Returns a cell parsed by `parse`; None for a blank one."""

    def read(text: str) -> T | None:
        return None if not text or text.isspace() else parse(text)

    return read


class RowParser:
    """Parses those cells that the file has columns for."""

    def __init__(self, kinds: Sequence[Cell[Any]], columns: Columns) -> None:
        self._columns = columns
        places = columns.places
        self._cells = [
            (places[kind.field], kind.field, kind.parse, kind.once)
            for kind in kinds
            if kind.field in places
        ]

    def read(self, row: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[RowError]]:
        """Returns the values by field, and the errors of the others."""
        values: dict[str, Any] = {}
        errors: list[RowError] = []
        for at, field, parse, once in self._cells:
            try:
                values[field] = value = parse(cells[at])
                if once is not None and value is not None:
                    once.check(value, row)
            except InvalidText as invalid:
                code = (
                    invalid.code if isinstance(invalid, DuplicateValue) else RejectionCode.INVALID
                )
                errors.append(self._columns.error(row, at, str(invalid), cells[at], code))
        return values, errors
