"""Finds the end of a record that is too long to be kept: its content is not read."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.uploads.csv.text import line_breaks

QUOTE = '"'


class OversizedRecord:
    """Reads on in a record exactly as Python's csv does, but keeps nothing, and quickly.

    A quote at the beginning of a cell opens it, `""` stands for one, any other closes it; in the
    rest of a cell quotes are characters like others.
    """

    def __init__(self, delimiter: str, line: int, *, is_quoted: bool) -> None:
        self._delimiter = delimiter
        self._cells = _whole_cells(delimiter)
        self._end_of_cell = re.compile(rf"[{re.escape(delimiter)}\r\n]")
        self._is_quoted = is_quoted
        self._is_bare = False
        self._is_closing = False
        self.line = line
        """The line in which the text goes on."""
        self.opened: int | None = None
        """The line of the quote that is open, if any is; None: it was open before."""

    @property
    def is_open(self) -> bool:
        """Whether a quote would be open if the text ended here."""
        return self._is_quoted and not self._is_closing

    def feed(self, piece: str) -> int | None:
        """Returns the length of the record's part of the text; None when all is, and it goes on.

        A piece of text is never empty, and does not end between a CR and its LF.
        """
        at, end, opening = 0, None, None
        while end is None and at < len(piece):
            if self._is_quoted:
                at = self._leave_quotes(piece, at)
            else:
                at, end, opens = self._leave_cells(piece, at)
                opening = at - 1 if opens else opening
        if self._is_quoted and opening is not None:
            self.opened = self.line + line_breaks(piece[:opening])
        self.line += line_breaks(piece[:end])
        return end

    def _leave_quotes(self, piece: str, at: int) -> int:
        """Skips quoted text, and the quote that ends it."""
        if self._is_closing:  # the piece before ended with a quote: is it one of two?
            self._is_closing = False
            self._is_quoted = piece[at] == QUOTE
            self._is_bare = not self._is_quoted
            return at + self._is_quoted
        inside = _INSIDE.match(piece, at)
        at = inside.end() if inside else at
        if at == len(piece):
            return at
        self._is_closing = at + 1 == len(piece)
        self._is_quoted = self._is_closing
        self._is_bare = not self._is_closing
        return at + 1

    def _leave_cells(self, piece: str, at: int) -> tuple[int, int | None, bool]:
        """Skips cells up to a quote, or to the end of the record, which is the second; the third is
        whether the quote opens a cell.
        """
        if self._is_bare:
            rest = self._end_of_cell.search(piece, at)
            if rest is None:
                return len(piece), None, False
            at = rest.start()
        if piece[at] == self._delimiter:
            at, self._is_bare = at + 1, False
        if not self._is_bare and (cells := self._cells.match(piece, at)):
            at = cells.end()
        found = _SPECIAL.search(piece, at)
        place = found.start() if found else len(piece)
        if place > at:
            self._is_bare = piece[place - 1] != self._delimiter
        if found is None:
            return place, None, False
        if found[0] != QUOTE:
            return found.end(), found.end(), False
        self._is_quoted = not self._is_bare
        return found.end(), None, self._is_quoted


@lru_cache
def _whole_cells(delimiter: str) -> re.Pattern[str]:
    """Returns a pattern for cells, each with its delimiter: sixteen million of them, one by one,
    took ten seconds. Nothing is tried twice.
    """
    between = re.escape(delimiter)
    quoted = '"[^"]*+(?:""[^"]*+)*+"'
    bare = rf'[^"\r\n{between}][^\r\n{between}]*+'
    return re.compile(rf"(?:(?:{quoted})?+(?:{bare})?+{between})++")


_INSIDE = re.compile(r'(?:[^"]++|"")++')
_SPECIAL = re.compile(r'"|\r\n|\r|\n')
