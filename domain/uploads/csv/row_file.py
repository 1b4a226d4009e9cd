"""The rows of a file: base of the files of all kinds of upload."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO, ClassVar, Generic, TypeVar

from domain.uploads.csv.columns import Columns, Fields
from domain.uploads.csv.csv_injection import unescape_formula
from domain.uploads.csv.dialect import AUTO, Dialect, find_delimiter
from domain.uploads.csv.records import MAX_RECORD_LENGTH, Records
from domain.uploads.csv.row_errors import BadRow
from domain.uploads.csv.text import invalid_file, text_of

R_co = TypeVar("R_co", covariant=True)

MAX_COLUMNS = 16_384
"""Columns; a spreadsheet has as many. Those that are ignored are reported, and each of them, at
each place of an answer, takes the event loop a microsecond or more.
"""


class RowFile(ABC, Generic[R_co]):
    """A file with a header and rows, read once from its beginning to its end.

    `ignored_columns` and `used_columns` are headers as typed, in the order of the file (a blank
    one is called by its number); `rows_read` grows while `rows` is iterated. CommandRejected, at
    `("file",)`, when the file as a whole will not do.
    """

    FIELDS: ClassVar[Fields]
    MAX_ROWS: ClassVar[int]

    def __init__(self, file: BinaryIO, dialect: Dialect) -> None:
        self.rows_read = 0
        text = text_of(file, dialect.encoding)
        beginning = next(text, "")
        delimiter = dialect.delimiter
        if delimiter == AUTO:
            delimiter = find_delimiter(beginning, self.FIELDS.knows)
        self._records = Records(chain([beginning], text), delimiter)
        self._rest = iter(self._records)
        self.columns = self.columns_of(self._header())
        self.ignored_columns = self.columns.ignored
        self.used_columns = self.columns.used
        self._places = tuple(self.columns.places.values())

    @abstractmethod
    def columns_of(self, header: Sequence[str]) -> Columns:
        """Returns the fields of the columns with these headers in this kind of file."""

    @abstractmethod
    def read(self, row: int, cells: Sequence[str]) -> R_co | BadRow[R_co]:
        """Parses a row that has as many cells as the header."""

    def column(self, field: str) -> str | None:
        """Returns the header of a field as typed; None when the file has no such column."""
        return self.columns.header(field)

    def rows(self) -> Iterator[R_co | BadRow[R_co]]:
        """Yields row by row. CommandRejected for errors of the file further on."""
        width = len(self.columns.headers)
        for row, cells in self._counted():
            if self._records.is_cut:
                yield self._too_long(row, cells)
            elif len(cells) != width:
                yield self._ragged(row, len(cells))
            else:
                yield self.read(row, cells)

    def used_cells(self) -> Iterator[tuple[int, list[str]]]:
        """Yields, instead of `rows`, the cells of the columns that are used, whatever they hold."""
        for row, cells in self._counted():
            yield row, self._used(cells)

    def _counted(self) -> Iterator[tuple[int, list[str]]]:
        rest = self._unguarded() if self.columns.is_guarded else self._rest
        for number, record in enumerate(rest, 1):
            self.rows_read = number
            if number > self.MAX_ROWS:
                raise invalid_file(f"The file has more than {self.MAX_ROWS:,} rows.")
            yield record
        if not self.rows_read:
            raise invalid_file("The file has no rows below its header.")

    def _unguarded(self) -> Iterator[tuple[int, list[str]]]:
        for row, cells in self._rest:
            for at in self._places:
                if at < len(cells):
                    cells[at] = unescape_formula(cells[at])
            yield row, cells

    def _used(self, cells: Sequence[str]) -> list[str]:
        """Returns the used cells; blank ones when nobody can say which is which, and one may be
        nobody's business: a password, for one, that moved into a column that is used.
        """
        if self._records.is_cut:
            return [""] * len(self._places)
        if len(cells) == len(self.columns.headers):
            return [cells[at] for at in self._places]
        known = () if self.ignored_columns or self.columns.is_guarded else cells
        return [*known, *([""] * len(self._places))][: len(self._places)]

    def _header(self) -> list[str]:
        _, header = next(self._rest, (1, []))
        if not header:
            raise invalid_file("The file is empty.")
        if self._records.is_cut:
            raise invalid_file(
                "The first line must name the columns; this one is too long for that."
            )
        if len(header) > MAX_COLUMNS:
            told = f"A file has at most {MAX_COLUMNS:,} columns; this one has {len(header):,}."
            raise invalid_file(told)
        return header

    def _ragged(self, row: int, number: int) -> BadRow[R_co]:
        width = len(self.columns.headers)
        message = f"The row has {_cells(number)}; the header has {width:,}."
        return BadRow(row, (self.columns.error(row, None, message),))

    def _too_long(self, row: int, cells: Sequence[str]) -> BadRow[R_co]:
        """Returns the error with the cell in which the row got too long, when it is one that is
        used.
        """
        message = f"A row may have at most {MAX_RECORD_LENGTH:,} characters; this one has more."
        at = len(cells) - 1
        if at not in self._places:
            return BadRow(row, (self.columns.error(row, None, message),))
        shown = None if self.ignored_columns else cells[at]
        return BadRow(row, (self.columns.error(row, at, message, shown),))


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number:,} cells"
