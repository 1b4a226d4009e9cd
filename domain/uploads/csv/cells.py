"""What stands in one cell: a value, nothing, or something that will not do."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.kernel.principal import Role
from domain.kernel.refusals import RefusalCode
from domain.kernel.text import InvalidText, single_line
from domain.people.values import parse_role

T = TypeVar("T")
Parse = Callable[[str], T]

LONGEST_REFERENCE = 254
"""Characters; of what can be named, an e-mail address may be the longest."""

_VISIBLE = {
    **dict.fromkeys(("yes", "true", "on", "1", "y"), True),
    **dict.fromkeys(("no", "false", "off", "0", "n"), False),
}


class Repeated(InvalidText):
    """An earlier row holds the value."""

    def __init__(self, code: RefusalCode, message: str) -> None:
        super().__init__(message)
        self.code = code


class Once(Generic[T]):
    """A value that no two rows may share: in the later row it is an error."""

    def __init__(self, what: str, code: RefusalCode, key: Callable[[T], Hashable]) -> None:
        self._what = what
        self._code = code
        self._key = key
        self._rows: dict[Hashable, int] = {}

    def check(self, value: T, row: int) -> None:
        """Repeated when an earlier row has the value, in this or another spelling."""
        first = self._rows.setdefault(self._key(value), row)
        if first != row:
            raise Repeated(self._code, f"Line {first} has this {self._what} already.")


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """How the cell of a field is read."""

    field: str
    parse: Parse[T | None]
    once: Once[T] | None = None


def needed(parse: Parse[T]) -> Parse[T]:
    """As `parse`, of a cell that must not be blank."""

    def read(text: str) -> T:
        if not text or text.isspace():
            raise InvalidText("Must not be blank.")
        return parse(text)

    return read


def optional(parse: Parse[T]) -> Parse[T | None]:
    """As `parse`; None of a blank cell."""

    def read(text: str) -> T | None:
        return None if not text or text.isspace() else parse(text)

    return read


def parse_visible(text: str) -> bool:
    """Yes or no, in any of the words that files use."""
    visible = _VISIBLE.get(text)
    if visible is None:
        visible = _VISIBLE.get(text.strip().casefold())
    if visible is None:
        raise InvalidText("Must be yes or no (or true, false, on, off, 1, 0, y, n).")
    return visible


def parse_reference(text: str) -> str:
    """What names something on the site: trimmed, on one line. Whether there is any is not asked."""
    single_line(text, LONGEST_REFERENCE)
    return text.strip()


def parse_roles(text: str) -> tuple[Role, ...]:
    """Roles with spaces between them, each once, in the order of the cell."""
    return tuple(dict.fromkeys(parse_role(word) for word in text.split()))
