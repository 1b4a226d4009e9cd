"""A query of the log: which events, up to which position."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from domain.people.tags import user_tag
from projections.sql.paging import Conditions, PageRequest, apply_cursors, order_by

CURSOR_COLUMNS = ("position",)
"""The columns of a cursor in the log."""

Statement = tuple[str, list[Any]]

_TAGGED = "SELECT main_id FROM log.events_tt_tag WHERE tag = %s"

_OF_USER = f"""
    {_TAGGED}
    UNION SELECT from_position FROM stored_memberships WHERE member = %s
    UNION SELECT to_position FROM memberships WHERE member = %s
"""
"""A user's own events, and those by which they joined a segment or left one: events about rosters
name up to thousands, and are not tagged with them. Deleting a segment is one of those.
"""

_TYPES = "SELECT number FROM recorded_types WHERE topic = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Somebody:
    """A user, by the id that tags hold and by the read model's number."""

    id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """The events to be returned: after the position `after`, and up to `up_to`. None in a field: it
    does not matter. The segment is given by its number, the actor by the id that is recorded.
    """

    segment: int | None = None
    user: Somebody | None = None
    actor: str | None = None
    types: Collection[str] | None = None
    command: str | None = None
    after: int = 0
    up_to: int | None = None
    of_segments: bool = False
    """Whether only events that a segment's history shows are wanted."""

    @property
    def is_whole(self) -> bool:
        """Whether all events between the two positions are wanted."""
        chosen = (self.segment, self.user, self.actor, self.types, self.command)
        return all(choice is None for choice in chosen) and not self.of_segments

    def positions(self, page_request: PageRequest) -> Statement:
        """Selects the positions of the events of one page, one more than its size.

        Each kind of query walks an index that ends in the position, in the order of the page, so
        that it costs the page and not the log. For several types (and an actor's actions are of
        several types) each has a walk of its own, and the results are sorted.
        """
        order = order_by(CURSOR_COLUMNS, page_request, descending=False)
        if not self._walks_types:
            where = self._conditions(self.types)
            apply_cursors(where, CURSOR_COLUMNS, page_request, descending=False)
            return f"SELECT position FROM recorded_events {where.sql()} {order}", where.values
        where = self._conditions(None)
        where.add("type = wanted.number")
        apply_cursors(where, CURSOR_COLUMNS, page_request, descending=False)
        walk = f"SELECT position FROM recorded_events {where.sql()} {order}"
        which = "true" if self.types is None else "topic = ANY(%s)"
        given = [] if self.types is None else [list(self.types)]
        types = f"(SELECT number FROM recorded_types WHERE {which}) AS wanted"
        query = f"SELECT position FROM {types} CROSS JOIN LATERAL ({walk}) AS found {order}"
        return query, [*given, *where.values]

    def count(self) -> Statement:
        """Selects the number of events."""
        if self.is_whole:
            return _ordinal(self.up_to, self.after)
        where = self._conditions(self.types)
        return f"SELECT count(*) FROM recorded_events {where.sql()}", where.values

    @property
    def _walks_types(self) -> bool:
        """Whether the query is for nothing narrower than an actor or types."""
        narrow = (self.segment, self.user, self.command)
        broad = (self.actor, self.types)
        return all(n is None for n in narrow) and any(b is not None for b in broad)

    def _conditions(self, types: Collection[str] | None) -> Conditions:
        where = Conditions()
        if self.segment is not None:
            where.add("segment = %s", self.segment)
        if self.user is not None:
            which, values = of_user(self.user)
            where.add(which, *values)
        if self.command is not None:
            where.add(f"position = ANY(ARRAY({_TAGGED}))", f"command:{self.command}")
        if self.actor is not None:
            where.add("actor = (SELECT number FROM recorded_actors WHERE id = %s)", self.actor)
        if types is not None:
            where.add(f"type = ANY(ARRAY({_TYPES}))", list(types))
        if self.of_segments:
            where.add("segment IS NOT NULL")
        if self.after:
            where.add("position > %s", self.after)
        if self.up_to is not None:
            where.add("position <= %s", self.up_to)
        return where


def of_user(user: Somebody) -> Statement:
    """Returns the condition that an event at `position` is one of the user's, with its values."""
    return f"position = ANY(ARRAY({_OF_USER}))", [user_tag(user.id), *[user.number] * 2]


def _ordinal(up_to: int | None, after: int) -> Statement:
    """Counts by ordinals: events are numbered without gaps, so two steps into an index replace
    counting millions.
    """
    last = "SELECT ordinal FROM recorded_events WHERE position <= %s ORDER BY position DESC LIMIT 1"
    query = f"SELECT greatest(0, coalesce(({last}), 0) - coalesce(({last}), 0))"
    return query, [2**63 - 1 if up_to is None else up_to, after]
