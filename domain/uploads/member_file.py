"""Files of memberships: each row names a user, and a segment or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import BinaryIO

import msgspec

from domain.kernel.text import InvalidText, single_line
from domain.people.identifiers.lookup import UserKey
from domain.uploads.csv.cells import Parse, required
from domain.uploads.csv.columns import Columns, Fields
from domain.uploads.csv.records import is_blank
from domain.uploads.csv.row_errors import BadRow, RowError
from domain.uploads.csv.row_file import RowFile
from domain.uploads.options import UploadOptions

_SEGMENTS = dict.fromkeys(("segment", "usersegmentid", "cohort"), "segment")
_USERS = {
    "username": UserKey.USERNAME,
    "email": UserKey.EMAIL,
    "usercode": UserKey.CODE,
    "useridnumber": UserKey.CODE,
}
_NUMBERED = ("cohort",)
_MAX_REMEMBERED = 10_000

MAX_REFERENCE_LENGTH = 254
"""Characters; of the identifiers an e-mail address may be the longest."""

Segments = tuple[tuple[str, str], ...]
"""Cells that name segments, trimmed, each with its header as typed."""


class MemberFileRow(msgspec.Struct, frozen=True, gc=False):
    """A row that names a user (trimmed, by the file's one key) and at least one segment."""

    row: int
    segments: Segments
    user: str
    by: UserKey


class MemberFile(RowFile[MemberFileRow]):
    """A file of memberships. `by` is the kind of identifier of its users: the first of username,
    e-mail and code that the file has a column for. The others are ignored: exports carry several.
    """

    FIELDS = Fields(_SEGMENTS | _USERS, numbered=_NUMBERED)
    MAX_ROWS = 1_000_000

    def __init__(self, file: BinaryIO, options: UploadOptions) -> None:
        super().__init__(file, options)
        places = dict(self.columns.places)
        self._user_at = places.pop(self.by)
        self._segments_at = tuple(places.values())
        self._segment_cells = itemgetter(*self._segments_at)
        self._remembered: dict[object, Segments] = {}

    def columns_of(self, header: Sequence[str]) -> Columns:
        named = [field for field in map(self.FIELDS.of, header) if field is not None]
        self.by = next((key for key in _USERS.values() if key in named), UserKey.USERNAME)
        fields = Fields(
            _SEGMENTS | {name: key for name, key in _USERS.items() if key is self.by},
            numbered=_NUMBERED,
        )
        required = {} if any(map(_is_numbered, named)) else {"segment": "“segment”"}
        required[self.by.value] = "“username” (or “email”, or “usercode”)"
        return Columns(header, fields, required)

    def read(self, row: int, cells: Sequence[str]) -> MemberFileRow | BadRow[MemberFileRow]:
        user = cells[self._user_at].strip()
        segments = self._remembered.get(self._segment_cells(cells))
        if segments is None or not user or not user.isprintable():
            errors = list(self._errors(row, cells))
            if errors:
                return BadRow(row, tuple(errors), self._without(row, cells, errors))
            segments = self._segments(cells)
        return MemberFileRow(row, segments, user, self.by)

    def _without(self, row: int, cells: Sequence[str], errors: Sequence[RowError]) -> MemberFileRow:
        headers, bad = self.columns.headers, {error.column for error in errors}
        known = [(headers[at], cells[at].strip()) for at in self._segments_at]
        segments = tuple((header, cell) for header, cell in known if cell and header not in bad)
        user = "" if headers[self._user_at] in bad else cells[self._user_at].strip()
        return MemberFileRow(row, segments, user, self.by)

    def _segments(self, cells: Sequence[str]) -> Segments:
        """Returns the segments of a row, cached: a file names the same segments again and again."""
        if len(self._remembered) >= _MAX_REMEMBERED:
            self._remembered.clear()
        headers = self.columns.headers
        stripped = [(headers[at], cells[at].strip()) for at in self._segments_at]
        segments = tuple(cell for cell in stripped if cell[1])
        self._remembered[self._segment_cells(cells)] = segments
        return segments

    def _errors(self, row: int, cells: Sequence[str]) -> Iterator[RowError]:
        if is_blank([cells[at] for at in self._segments_at]):
            yield self.columns.error(row, self._segments_at[0], "Must name a segment.", "")
        for at in self._segments_at:
            yield from self._error(row, at, parse_reference, cells[at])
        yield from self._error(row, self._user_at, required(parse_reference), cells[self._user_at])

    def _error(self, row: int, at: int, parse: Parse[str], cell: str) -> Iterator[RowError]:
        try:
            parse(cell)
        except InvalidText as invalid:
            yield self.columns.error(row, at, str(invalid), cell)


def _is_numbered(field: str) -> bool:
    return field not in _SEGMENTS.values() and field.startswith(_NUMBERED)


def parse_reference(text: str) -> str:
    """Parses an identifier of something on the site: trimmed, on one line. Whether it exists is not
    checked.
    """
    single_line(text, MAX_REFERENCE_LENGTH)
    return text.strip()
