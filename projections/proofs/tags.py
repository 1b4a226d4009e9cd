"""Whether the table by which events are found agrees with the events themselves, and whether there
are rows where nothing reads.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection

MAX_LISTED = 10

_MISSING = """
    SELECT m.id, tag FROM log.events_tt_main m, unnest(m.tags) AS tag
    WHERE NOT EXISTS (SELECT FROM log.events_tt_tag t WHERE t.tag = tag.tag AND t.main_id = m.id)
    ORDER BY m.id LIMIT %s
"""
_EXTRA = """
    SELECT coalesce(t.main_id, 0), t.tag FROM log.events_tt_tag t
    WHERE NOT EXISTS (
        SELECT FROM log.events_tt_main m WHERE m.id = t.main_id AND t.tag = ANY(m.tags)
    )
    ORDER BY t.main_id LIMIT %s
"""
_TWICE = """
    SELECT t.main_id, t.tag FROM log.events_tt_tag t
    JOIN log.events_tt_main m ON m.id = t.main_id
    GROUP BY t.tag, t.main_id, m.tags
    HAVING count(*) > cardinality(array_positions(m.tags, t.tag))
    AND t.tag = ANY(m.tags)
    ORDER BY t.main_id LIMIT %s
"""
_BEFORE_THE_FIRST = "SELECT id FROM log.events_tt_main WHERE id <= 0 ORDER BY id LIMIT %s"


def events_before_the_first(connection: Connection[Any]) -> list[tuple[int, str]]:
    """Yields the errors of events at 0 or below: nothing reads them, and no tree holds them."""
    return [
        (int(position), "there is an event before the first position of a log")
        for (position,) in connection.execute(_BEFORE_THE_FIRST, [MAX_LISTED])
    ]


def differing_tags(connection: Connection[Any]) -> list[tuple[int, str]]:
    """Yields positions, and the errors there: the first ten of each kind, by position."""
    found = [
        (int(position), f"the tag {tag!r} is missing from the table of tags")
        for position, tag in connection.execute(_MISSING, [MAX_LISTED])
    ]
    found += [
        (int(position), f"the table of tags has {tag!r}, which the event does not")
        for position, tag in connection.execute(_EXTRA, [MAX_LISTED])
    ]
    found += [
        (int(position), f"the table of tags has {tag!r} more often than the event does")
        for position, tag in connection.execute(_TWICE, [MAX_LISTED])
    ]
    return sorted(found)
