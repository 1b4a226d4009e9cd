"""Where a record ends that is too long to be kept: what stands in it is not looked at."""

from __future__ import annotations

import re

from domain.uploads.file import line_breaks

QUOTE = '"'


class RecordEnd:
    """Reads on in a record exactly as Python's csv does, but keeps nothing, and quickly.

    A quote at the beginning of a cell opens it, `""` stands for one, any other closes it; in the
    rest of a cell quotes are characters like others.
    """

    def __init__(self, delimiter: str, line: int, *, is_quoted: bool) -> None:
        quoted = r'"[^"]*+(?:""[^"]*+)*+"(?!")'
        rest = rf"[^{delimiter}\r\n]*+"
        self._cells = re.compile(rf'(?:(?:{quoted}|(?!")){rest}{delimiter})*+')
        self._quoted = re.compile(r'[^"]*+(?:""[^"]*+)*+')
        self._rest = re.compile(rf"{rest}(?:(\r\n|\r|\n)|({delimiter}))?+")
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
        """The length of what belongs to the record; None when all does, and it goes on.

        A piece of text is never empty, and does not end between a CR and its LF.
        """
        at, end = 0, None
        while end is None and at < len(piece):
            if self._is_quoted:
                at = self._leave_quotes(piece, at)
            elif self._is_bare:
                at, end = self._leave_cell(piece, at)
            else:
                at = self._leave_cells(piece, at)
        self.line += line_breaks(piece[:end])
        return end

    def _leave_cells(self, piece: str, at: int) -> int:
        """Passes over all cells that end with a delimiter, and enters the next."""
        at = _end(self._cells, piece, at)
        if piece[at : at + 1] == QUOTE:
            self._is_quoted = True
            self.opened = self.line + line_breaks(piece[:at])
            return at + 1
        self._is_bare = at < len(piece)
        return at

    def _leave_quotes(self, piece: str, at: int) -> int:
        if self._is_closing:  # the piece before ended with a quote: is it one of two?
            self._is_closing = False
            self._is_quoted = piece[at] == QUOTE
            self._is_bare = not self._is_quoted
            return at + self._is_quoted
        at = _end(self._quoted, piece, at)
        self._is_closing = at == len(piece) - 1
        self._is_bare = at < len(piece) - 1
        self._is_quoted = not self._is_bare
        return at + 1

    def _leave_cell(self, piece: str, at: int) -> tuple[int, int | None]:
        """Passes over the rest of a cell; the second is where the record ends, if it does."""
        found = self._rest.match(piece, at)
        line_end, delimiter = found.groups() if found else (None, None)
        at = found.end() if found else at
        self._is_bare = not delimiter
        return at, at if line_end else None


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a match ends; the pattern matches everywhere, if only nothing."""
    found = pattern.match(text, at)
    return found.end() if found else at
