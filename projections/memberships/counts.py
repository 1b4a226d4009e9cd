"""How many are, or were, in a segment."""

from __future__ import annotations

from projections.engine.questions import Questions

COUNT_THEN = """
    SELECT member_count FROM roster_counts
    WHERE roster_counts.number = {segment} AND roster_counts.from_position <= %s
    ORDER BY roster_counts.from_position DESC LIMIT 1
"""
"""The last count that had begun at a position: one step into an index, however often it changed."""


async def member_count(ask: Questions, segment: int, as_of: int | None = None) -> int:
    """The exact count, by the segment's number; 0 for a segment that never was."""
    if as_of is None:
        query = "SELECT member_count FROM rosters WHERE number = %s"
        rows = await ask.ask(query, [segment])
    else:
        rows = await ask.ask(COUNT_THEN.format(segment="%s"), [segment, as_of])
    return int(rows[0][0]) if rows else 0
