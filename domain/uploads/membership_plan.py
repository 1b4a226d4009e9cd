"""Memberships that a file adds: segments are looked up once, users are added once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from domain.kernel.commands.append_condition import FilteredSelector
from domain.kernel.event import Event
from domain.kernel.ids import USER
from domain.kernel.int_set import IntSet
from domain.kernel.rejections import RejectionCode
from domain.kernel.text import InvalidText
from domain.kernel.text_set import TextSet
from domain.kernel.values import CodeKey, code_key, lookup_code
from domain.memberships.events import MAX_USERS_PER_EVENT, MembersAdded
from domain.memberships.tags import roster_tag
from domain.segments.code_ownership import taken_by
from domain.segments.tags import CODES, code_tag, segment_tag
from domain.segments.values import SegmentSource
from domain.uploads.csv.row_errors import RowError, row_error
from domain.uploads.plan import Plan
from domain.uploads.snapshot import ExistingSegment, UploadSnapshot

SegmentCell = tuple[str, str]
"""A column as typed, and its cell."""

_DIGITS = len(USER) + 1
_BYTES = 16
"""Bytes of a UUID."""


class MembershipPlan:
    """The members to be added, by segment. A cell names a segment by its code, or by its id when no
    code is so.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._known: dict[str, ExistingSegment] = {}
        self._unknown = TextSet()
        self._new_members: dict[str, NewMembers] = {}

    def look_up(self, cells: Sequence[str], snapshot: UploadSnapshot) -> None:
        """Looks up the segments that cells name, as far as they are not known.

        Of unknown segments next to nothing is kept: a file may name a million.
        """
        keys = {cell: _key(cell) for cell in dict.fromkeys(cells) if cell not in self._known}
        wanted = [key for key in keys.values() if key is not None]
        found = snapshot.segments_named({*wanted, *keys}) if keys else {}
        for cell, key in keys.items():
            segment = found.get(key or "") or found.get(cell)
            if segment is None:
                self._add_unknown_to_hash(cell, key)
            else:
                self._known[cell] = segment
                self._add_to_hash(cell, key, segment)

    def segment(self, cell: str) -> ExistingSegment | None:
        """Returns the segment that a cell names, once it was looked up."""
        return self._known.get(cell)

    def errors(self, row: int, cells: Sequence[SegmentCell]) -> list[RowError]:
        """Returns the errors of the segments that a row names."""
        return [error for column, cell in cells if (error := self._error(row, column, cell))]

    def is_new(self, segment: ExistingSegment, key: int) -> bool:
        """Whether this membership has not been seen in the file yet; `key` is the user's number."""
        new_members = self._new_members.get(segment.id)
        return new_members is None or not new_members.knows(key)

    def add(self, segment: ExistingSegment, key: int, user_id: str, row: int) -> None:
        """Adds a membership."""
        self._of(segment).add(key, user_id, row)

    def skip(self, segment: ExistingSegment, key: int) -> None:
        """Notes a membership that exists already."""
        self._of(segment).skip(key)

    def filtered_selectors(self) -> FilteredSelector:
        """Returns the condition that somebody takes a code which the file names, and which nobody
        has.
        """
        self._unknown.sort()
        return FilteredSelector({CODES} if self._unknown else set(), self._takes_an_unknown_one)

    def _takes_an_unknown_one(self, event: Event) -> bool:
        code = taken_by(event)
        return code is not None and code_key(code) in self._unknown

    def events(self) -> Iterator[MembersAdded]:
        """Yields the events, in the order in which segments were named."""
        for segment_id, new_members in self._new_members.items():
            for users, rows in new_members.batches():
                yield MembersAdded(
                    segment_id=segment_id, user_ids=users, source=SegmentSource.UPLOAD, rows=rows
                )

    def _of(self, segment: ExistingSegment) -> NewMembers:
        new_members = self._new_members.get(segment.id)
        if new_members is None:
            new_members = self._new_members[segment.id] = NewMembers()
        return new_members

    def _add_to_hash(self, cell: str, key: CodeKey | None, segment: ExistingSegment) -> None:
        self._plan.add_to_hash(cell, segment.id, segment.archived)
        self._plan.watch([segment_tag(segment.id)])
        self._plan.watch_roster(roster_tag(segment.id))
        if key is not None:
            self._plan.watch([code_tag(key)])

    def _add_unknown_to_hash(self, cell: str, key: CodeKey | None) -> None:
        self._plan.add_to_hash(cell, None)
        if key is not None:
            self._unknown.add(key)

    def _error(self, row: int, column: str, cell: str) -> RowError | None:
        segment = self._known.get(cell)
        if segment is None:
            message = "There is no such segment."
            return row_error(row, column, RejectionCode.NOT_FOUND, message, cell)
        if segment.archived:
            message = "The segment is archived; restore it first."
            return row_error(row, column, RejectionCode.ARCHIVED, message, cell)
        return None


def _key(cell: str) -> CodeKey | None:
    try:
        return lookup_code(cell)
    except InvalidText:
        return None


class NewMembers:
    """The new members of a segment, in the order in which rows name them. A `key` is a number that
    no other user has.
    """

    def __init__(self) -> None:
        self._seen = IntSet()
        self._ids = bytearray()
        self._rows = array("I")

    def knows(self, key: int) -> bool:
        """Whether a user was named already, whatever came of it."""
        return key in self._seen

    def skip(self, key: int) -> None:
        """Notes a user who is a member already."""
        self._seen.add(key)

    def add(self, key: int, user_id: str, row: int) -> None:
        """Adds a user."""
        self._seen.add(key)
        self._ids += bytes.fromhex(user_id[_DIGITS:])
        self._rows.append(row)

    def batches(self) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Yields ids and rows, in batches of the size of one event."""
        for start in range(0, len(self._rows), MAX_USERS_PER_EVENT):
            rows = self._rows[start : start + MAX_USERS_PER_EVENT]
            ids = self._ids[start * _BYTES : (start + len(rows)) * _BYTES].hex()
            width = 2 * _BYTES
            users = (f"{USER}_{ids[at : at + width]}" for at in range(0, len(ids), width))
            yield tuple(users), tuple(rows)
