"""Maps the columns of a file to fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.kernel.rejections import RejectionCode
from domain.uploads.csv.row_errors import RowError, row_error, truncate
from domain.uploads.csv.text import invalid_file, line_breaks

GUARD_COLUMN = "guarded"
"""The header of a file's column whose presence says that an apostrophe stands before cells that
spreadsheets would calculate.
"""

_NOT_COMPARED = re.compile(r"[\s_-]+")
_NUMBER = re.compile(r"[0-9]+\Z")


@dataclass(frozen=True, slots=True)
class Fields:
    """The names that the columns of one kind of file may have, in the spelling of `column_key`.

    `names` leads from a name to its field; each of `numbered` is a field of its own with any number
    behind it (cohort1, cohort2 …).
    """

    names: Mapping[str, str]
    numbered: Collection[str] = ()

    def of(self, header: str) -> str | None:
        """Returns the field that a header names; None when it names none."""
        key = column_key(header)
        if key in self.names:
            return self.names[key]
        stem = _NUMBER.sub("", key)
        return key if stem != key and stem in self.numbered else None

    def knows(self, header: str) -> bool:
        """Whether a header is known."""
        return self.of(header) is not None


class Columns:
    """The columns of a file. CommandRejected when a field has two columns, or none and needs one.

    `needed` are the fields that need one, each with its name for messages.
    """

    def __init__(self, header: Sequence[str], fields: Fields, required: Mapping[str, str]) -> None:
        self.headers = [truncate(text.strip()) for text in header]
        self._places: dict[str, int] = {}
        self._doubles: list[str] = []
        self.is_guarded = False
        ignored = [at for at in range(len(header)) if not self._place(header[at], at, fields)]
        self.ignored = tuple(self.headers[at] or f"column {at + 1}" for at in ignored)
        self._check(required)

    @property
    def places(self) -> Mapping[str, int]:
        """The index of each field, counted from 0, in the order of the file."""
        return self._places

    @property
    def used(self) -> tuple[str, ...]:
        """The headers of the columns that are used."""
        return tuple(self.headers[at] for at in self._places.values())

    def header(self, field: str) -> str | None:
        """Returns the header of a field as typed; None when the file has no such column."""
        at = self._places.get(field)
        return None if at is None else self.headers[at]

    def error(
        self,
        row: int,
        at: int | None,
        message: str,
        cell: str | None = None,
        code: RejectionCode = RejectionCode.INVALID,
    ) -> RowError:
        """Returns an error of the cell at that index; of the whole row when None.

        A cell with line breaks is not shown when there are ignored columns: a quote too many may
        have made it of several cells, of passwords among them.
        """
        column = None if at is None else self.headers[at]
        if cell is not None and self.ignored and line_breaks(cell):
            cell = None
        return row_error(row, column, code, message, cell)

    def _place(self, header: str, at: int, fields: Fields) -> bool:
        """Whether the column at that index is used."""
        if column_key(header) == GUARD_COLUMN:
            self.is_guarded = True
            return True
        field = fields.of(header)
        if field is None:
            return False
        if field in self._places:
            self._doubles.append(f"“{self.header(field)}” and “{self.headers[at]}”")
        else:
            self._places[field] = at
        return True

    def _check(self, required: Mapping[str, str]) -> None:
        sentences = list(self._complaints(required))
        if sentences:
            raise invalid_file(" ".join(sentences))

    def _complaints(self, required: Mapping[str, str]) -> Iterator[str]:
        missing = [what for field, what in required.items() if field not in self._places]
        if missing:
            yield f"The first line must name the columns; it lacks {' and '.join(missing)}."
        for pair in self._doubles:
            yield f"The columns {pair} mean the same; only one of them can be used."


def column_key(header: str) -> str:
    """Returns the key by which headers are compared: neither case nor spaces, hyphens and
    underscores matter.
    """
    return _NOT_COMPARED.sub("", header).casefold()
