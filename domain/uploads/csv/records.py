"""The records of a CSV text, each with the line at which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain

from domain.uploads.csv.oversized_record import QUOTE, OversizedRecord
from domain.uploads.csv.text import invalid_file, line_breaks

MAX_RECORD_LENGTH = 100_000
"""Characters; fewer than Python's csv takes in one cell, which is a setting of the process."""

MAX_BLANK_RECORDS = 2**20
"""Blank records; no spreadsheet has more rows than that."""


class Records:
    """Reads records one by one; never keeps more of one than MAX_RECORD_LENGTH characters.

    Blank lines give no record, but count as lines. `is_cut` says that the record that was given
    last is too long: it ends in the midst of a cell, and its remainder was passed over.
    """

    def __init__(self, text: Iterator[str], delimiter: str) -> None:
        self.is_cut = False
        self._delimiter = delimiter
        self._blocks = _blocks(text)
        self._lines = io.StringIO()
        self._reader = csv.reader(self._fed(), delimiter=delimiter)
        self._blank = 0
        self._passed_over = 0
        self._size = 0
        self._is_open = False
        self._opened: int | None = None

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yields line and cells. CommandRejected when a quote is never closed."""
        reader = self._reader
        begins = 1
        for cells in reader:
            self._size = 0
            if self._is_open:
                opened = self._opened or begins + sum(map(line_breaks, cells[:-1]))
                raise invalid_file(f"The quote that is opened in line {opened} is never closed.")
            if self.is_cut:
                yield begins, cells
                self.is_cut = False
            elif cells and not is_blank(cells):
                yield begins, cells
            else:
                self._count_blank()
            begins = reader.line_num + self._passed_over + 1

    def _count_blank(self) -> None:
        self._blank += 1
        if self._blank > MAX_BLANK_RECORDS:
            raise invalid_file(f"The file has more than {MAX_BLANK_RECORDS:,} blank rows.")

    def _fed(self) -> Iterator[str]:
        """Yields the lines for Python's csv. It asks for one more as long as a quote is open."""
        for block in self._blocks:
            self._lines = io.StringIO(block, newline="")
            if not self._size and block.isspace() and block[-1] in "\r\n":
                self._passed_over += line_breaks(block) - 1
                yield "\n"
            elif self._size or QUOTE in block or len(block) > MAX_RECORD_LENGTH:
                yield from self._weighed()
            else:  # each line is a record
                yield from self._lines
        self._is_open = self._is_open or self._size > 0

    def _weighed(self) -> Iterator[str]:
        while line := next(self._lines, ""):
            self._size += len(line)
            if self._size <= MAX_RECORD_LENGTH:
                yield line
            else:
                yield from self._cut(line)

    def _cut(self, line: str) -> Iterator[str]:
        """Returns as much of a record that is too long as there is room for, and an end to it."""
        room = MAX_RECORD_LENGTH - (self._size - len(line))
        self._pass_over(line, is_quoted=self._size > len(line))
        self.is_cut = True
        yield line[:room] + "\n"
        if self._size:
            self._passed_over -= 1
            yield '"\n'

    def _pass_over(self, line: str, *, is_quoted: bool) -> None:
        """Skips to the line after the record's end."""
        first = self._reader.line_num + self._passed_over + 1
        end = OversizedRecord(self._delimiter, first, is_quoted=is_quoted)
        for piece in chain([line], iter(self._lines.read, ""), self._blocks):
            at = end.feed(piece)
            if at is not None:
                self._lines = io.StringIO(piece[at:] + self._lines.read(), newline="")
                break
        else:
            self._is_open = end.is_open
            self._opened = end.opened
        self._passed_over += end.line - first - 1


def is_blank(cells: Sequence[str]) -> bool:
    """Whether all cells are blank: what spreadsheets write for an empty row."""
    return not cells[0].strip() and not any(map(str.strip, cells))


def _blocks(text: Iterator[str]) -> Iterator[str]:
    """Yields whole lines, many at once; one that is too long to be kept, in parts."""
    rest = ""
    for piece in text:
        end = max(piece.rfind("\n"), piece.rfind("\r")) + 1
        if end:
            yield rest + piece[:end]
            rest = piece[end:]
        else:
            rest += piece
        if len(rest) > MAX_RECORD_LENGTH:
            yield rest
            rest = ""
    if rest:
        yield rest
