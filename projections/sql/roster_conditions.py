"""Membership in a segment, as conditions on lists whose rows have a `number`.

A membership ends by an event about its member, or with its segment. The latter is not written into
its row (a million of them would hold up the projector for seconds): a user who was added before the
last deletion of the segment is no member.
"""

from __future__ import annotations

from typing import Any

Condition = tuple[str, list[Any]]
"""A part of a WHERE clause with its parameters."""


def in_segment(segment: int, deleted: int, as_of: int | None = None) -> Condition:
    """Keeps to the users who are in the segment, or were at a position. `deleted` is the position
    of its last deletion by then, 0 for never: for a value PostgreSQL knows how many it keeps.
    Looked up in the same query it is taken to keep a third, and a join of a million takes twice as
    long.
    """
    source, values = _roster(segment, deleted, as_of)
    return f"EXISTS (SELECT FROM {source} AND member = number)", values


def in_small_segment(segment: int, deleted: int, as_of: int | None = None) -> Condition:
    """Keeps to the members of a small segment: PostgreSQL looks these up, whatever else it could
    do.
    """
    source, values = _roster(segment, deleted, as_of)
    return f"number = ANY(ARRAY(SELECT member FROM {source}))", values


def with_member(member: int, as_of: int | None = None) -> Condition:
    """Keeps to the segments that a user is in, or was at a position."""
    source, values = held(as_of)
    began, given = began_since_deletion("held.segment", as_of)
    which = f"member = %s AND segment = number AND {began}"
    return f"EXISTS (SELECT FROM {source} AND {which})", [*values, member, *given]


def membership_of(segment: int, as_of: int | None = None) -> str:
    """Selects the position since which a user is, or was then, in the segment: a subquery without
    parameters, for the list of columns.
    """
    source, values = held(as_of)
    began, given = began_since_deletion("%s", as_of)
    query = f"SELECT from_position FROM {source} AND segment = %s AND member = number AND {began}"
    return query % tuple(map(int, [*values, segment, segment, *given]))


def held(as_of: int | None) -> Condition:
    """Returns a FROM clause, up to a first condition: memberships, called `held`, that hold, or
    held at a position, if no segment had been deleted by then.
    """
    if as_of is None:
        return "open_memberships AS held WHERE true", []
    # Named in full: the states of segments that this may stand in have positions, too.
    then = "held.from_position <= %s AND %s < held.to_position"
    return f"stored_memberships AS held WHERE {then}", [as_of, as_of]


def began_since_deletion(segment: str, as_of: int | None) -> Condition:
    """Keeps to memberships called `held` that no deletion of their segment, up to a position,
    ended. Given the segment as a value its last deletion is looked up once for all rows.
    """
    by_then = "" if as_of is None else " AND roster_ends.to_position <= %s"
    last = f"SELECT max(to_position) FROM roster_ends WHERE segment = {segment}{by_then}"
    return f"held.from_position > coalesce(({last}), 0)", [] if as_of is None else [as_of]


def _roster(segment: int, deleted: int, as_of: int | None) -> Condition:
    source, values = held(as_of)
    query = f"{source} AND segment = %s AND held.from_position > %s"
    return query, [*values, segment, deleted]
