"""A roster as CSV that uploads again to the same roster."""

from __future__ import annotations

from collections.abc import AsyncIterator

from domain.uploads.csv.columns import GUARD_COLUMN
from domain.uploads.csv.csv_injection import escape_formula, header_of, lines_of
from projections.memberships.reads import MemberReads
from projections.segments.views import SegmentView
from projections.sql.paging import CursorKey

HEADER = ("segment", "username", "firstname", "lastname", GUARD_COLUMN)
BATCH_SIZE = 5_000
"""Members that are read, and written, at once: never the whole roster."""


async def members_csv(members: MemberReads, segment: SegmentView) -> AsyncIterator[bytes]:
    """Yields the file in parts. Without a code the segment is named by its id."""
    yield header_of(HEADER).encode()
    name = escape_formula(segment.code or segment.id)
    after: CursorKey | None = None
    while rows := await members.export(segment.number, after, BATCH_SIZE):
        yield lines_of(
            (
                name,
                escape_formula(row.username),
                escape_formula(row.first_name),
                escape_formula(row.last_name),
                "",
            )
            for row in rows
        ).encode()
        after = rows[-1].place
        if len(rows) < BATCH_SIZE:
            return
