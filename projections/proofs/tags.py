"""Whether the table by which events are found says the same as the events themselves."""

from __future__ import annotations

from typing import Any

from psycopg import Connection

MOST_TOLD = 10

_MISSING = """
    SELECT m.id, tag FROM log.events_tt_main m, unnest(m.tags) AS tag
    WHERE NOT EXISTS (SELECT FROM log.events_tt_tag t WHERE t.tag = tag.tag AND t.main_id = m.id)
    ORDER BY m.id LIMIT %s
"""
_EXTRA = """
    SELECT t.main_id, t.tag FROM log.events_tt_tag t
    WHERE NOT EXISTS (
        SELECT FROM log.events_tt_main m WHERE m.id = t.main_id AND t.tag = ANY(m.tags)
    )
    ORDER BY t.main_id LIMIT %s
"""


def differing_tags(connection: Connection[Any]) -> list[tuple[int, str]]:
    """Positions, and what is wrong there: the first ten of each kind, by position."""
    found = [
        (int(position), f"the tag {tag!r} is missing from the table of tags")
        for position, tag in connection.execute(_MISSING, [MOST_TOLD])
    ]
    found += [
        (int(position), f"the table of tags has {tag!r}, which the event does not")
        for position, tag in connection.execute(_EXTRA, [MOST_TOLD])
    ]
    return sorted(found)
