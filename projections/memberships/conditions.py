"""Being in a segment, as conditions on lists whose rows have a `number`."""

from __future__ import annotations

from typing import Any

Condition = tuple[str, list[Any]]
"""A part of a WHERE clause with its parameters."""


def in_segment(segment: int, as_of: int | None = None) -> Condition:
    """On users: those who are in the segment, or were at a position."""
    return _is_there("segment = %s AND member = number", segment, as_of)


def in_small_segment(segment: int, as_of: int | None = None) -> Condition:
    """The same for a segment of few: PostgreSQL looks these up, whatever else it could do."""
    source, values = _rows("segment = %s", segment, as_of)
    return f"number = ANY(ARRAY(SELECT member FROM {source}))", values


def with_member(member: int, as_of: int | None = None) -> Condition:
    """On segments: those that somebody is in, or was at a position."""
    return _is_there("member = %s AND segment = number", member, as_of)


def membership_of(segment: int, as_of: int | None = None) -> str:
    """Since which position a user is, or was then, in the segment: a subquery without parameters,
    for what is selected.
    """
    source, values = _rows("segment = %s AND member = number", segment, as_of)
    return f"SELECT from_position FROM {source}" % tuple(map(int, values))


def _is_there(which: str, value: int, as_of: int | None) -> Condition:
    source, values = _rows(which, value, as_of)
    return f"EXISTS (SELECT FROM {source})", values


def _rows(which: str, value: int, as_of: int | None) -> Condition:
    if as_of is None:
        return f"members WHERE {which}", [value]
    # Named in full: the states of segments that this may stand in have positions, too.
    then = "memberships.from_position <= %s AND %s < memberships.to_position"
    return f"memberships WHERE {which} AND {then}", [value, as_of, as_of]
