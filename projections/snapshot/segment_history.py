"""Changes of segments and rosters after an event, from the read model's index of the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from domain.kernel.envelope import command_tag
from domain.kernel.event import Event
from domain.kernel.ids import SEGMENT, USER, segment_id_of, user_id_of, uuid_in
from domain.kernel.values import CodeKey
from domain.log import RecordedEvent
from domain.segments.events import SegmentCreated, SegmentReinstated
from domain.segments.tags import code_tag, segment_tag
from domain.undo.plan import MAX_CONFLICTS
from domain.undo.segment_history import CurrentSegment
from projections.segments.row import SEGMENT_COLUMNS, segment_of
from projections.snapshot.base import TAGGED, SqlSnapshot

_SEGMENTS = f"""
    SELECT id, version, {SEGMENT_COLUMNS}, false, segments.from_position, rosters.from_position
    FROM segments JOIN rosters USING (number) WHERE id = ANY(%(ids)s)
    UNION ALL
    SELECT gone.id, version + 1, {SEGMENT_COLUMNS}, true, to_position, to_position
    FROM segment_numbers AS gone CROSS JOIN LATERAL (
        SELECT * FROM past_segment_states AS past WHERE past.number = gone.number
        ORDER BY from_position DESC LIMIT 1
    ) AS last
    WHERE gone.id = ANY(%(ids)s)
        AND NOT EXISTS (SELECT FROM segments WHERE segments.number = gone.number)
"""
_CREATED = """
    SELECT replace(tag, 'segment:', '') FROM log.events_tt_main AS events, unnest(tags) AS tag
    WHERE id IN (SELECT main_id FROM log.events_tt_tag WHERE tag = %s AND main_id <= %s)
        AND type = ANY(%s) AND tag LIKE 'segment:%%'
"""
_NUMBER = "SELECT number FROM segment_numbers WHERE id = %s"
_TYPES = "SELECT number FROM recorded_types WHERE topic = ANY(%s)"
_LAST = """
    SELECT position FROM recorded_events WHERE segment = %s AND type = ANY(%s)
    ORDER BY position DESC LIMIT 1
"""
_OTHERS = "NOT EXISTS (SELECT FROM log.events_tt_tag WHERE tag = %s AND main_id = position)"
_SINCE = f"""
    SELECT position FROM recorded_events
    WHERE segment = %s AND type = ANY(%s) AND position > %s AND {_OTHERS}
    ORDER BY position LIMIT {MAX_CONFLICTS}
"""
_EDITS = f"""
    SELECT position FROM (
        SELECT from_position AS position,
            {{field}} IS DISTINCT FROM lag({{field}}) OVER (ORDER BY from_position) AS differs
        FROM segment_states WHERE number = %s AND from_position >= %s
    ) AS states
    WHERE differs AND position > %s AND {_OTHERS}
    ORDER BY position LIMIT {MAX_CONFLICTS}
"""
_FIRST_MEMBERSHIP_CHANGES = f"""
    SELECT u.id, min(turn.position)
    FROM users AS u JOIN stored_memberships AS m ON m.member = u.number,
    LATERAL (VALUES (m.from_position), (m.to_position)) AS turn (position)
    WHERE u.id = ANY(%s) AND m.segment = %s AND turn.position > %s AND turn.position <= %s
        AND {_OTHERS}
    GROUP BY u.id
"""
# By an edit after which the code is written in another way it is not taken anew.
_CODE_CLAIM = f"""
    SELECT position FROM segments AS s, LATERAL (
        SELECT position FROM log.events_tt_tag AS told (tag, position)
        WHERE told.tag = %(tag)s AND position <= %(position)s
            AND {TAGGED.format(tag="%(own)s || replace(s.id::text, '-', '')")}
            AND (SELECT true FROM past_segment_states AS past WHERE past.number = s.number
                AND past.to_position = position AND past.code_key = s.code_key) IS NULL
        ORDER BY position DESC LIMIT 1
    ) AS taken
    WHERE s.code_key = %(key)s
"""


class SqlSegmentHistory(SqlSnapshot):
    """See domain.undo.segment_history.SegmentHistory."""

    def current_segments(self, segment_ids: Collection[str]) -> Mapping[str, CurrentSegment]:
        """See SegmentHistory."""
        uuids = [uuid_in(segment, SEGMENT) for segment in segment_ids]
        rows = self._rows(_SEGMENTS, {"ids": uuids})
        return {known.segment.id: known for known in map(_now, rows)}

    def segments_created_by(self, command_id: str) -> set[str]:
        """See SegmentHistory."""
        topics = [SegmentCreated.TOPIC, SegmentReinstated.TOPIC]
        rows = self._rows(_CREATED, [command_tag(command_id), self.position, topics])
        return {segment for (segment,) in rows}

    def last_event_of(self, segment_id: str, kind: type[Event]) -> RecordedEvent | None:
        """See SegmentHistory."""
        found = self._found(_LAST, [self._number(segment_id), self._types([kind])])
        return found[0] if found else None

    def events_since(
        self, segment_id: str, after: int, but: str, kinds: Collection[type[Event]]
    ) -> Sequence[RecordedEvent]:
        """See SegmentHistory."""
        values = [self._number(segment_id), self._types(kinds), after, command_tag(but)]
        return self._found(_SINCE, values)

    def edits_since(
        self, segment_id: str, after: int, but: str, field: str
    ) -> Sequence[RecordedEvent]:
        """See SegmentHistory."""
        values = [self._number(segment_id), after, after, command_tag(but)]
        return self._found(_EDITS.format(field=field), values)

    def first_membership_changes(
        self, segment_id: str, user_ids: Sequence[str], after: int, but: str
    ) -> Mapping[str, int]:
        """See SegmentHistory."""
        uuids = [uuid_in(user, USER) for user in user_ids]
        values = [uuids, self._number(segment_id), after, self.position, command_tag(but)]
        return {
            user_id_of(uuid): int(first)
            for uuid, first in self._rows(_FIRST_MEMBERSHIP_CHANGES, values)
        }

    def code_claim(self, key: CodeKey) -> RecordedEvent | None:
        """See SegmentHistory."""
        own = segment_tag(f"{SEGMENT}_")
        given = {"key": key, "tag": code_tag(key), "own": own, "position": self.position}
        return next(iter(self._found(_CODE_CLAIM, given)), None)

    def _number(self, segment_id: str) -> int:
        [(number,)] = self._rows(_NUMBER, [uuid_in(segment_id, SEGMENT)])
        return int(number)

    def _types(self, kinds: Collection[type[Event]]) -> list[int]:
        return [number for (number,) in self._rows(_TYPES, [[kind.TOPIC for kind in kinds]])]


def _now(row: tuple[Any, ...]) -> CurrentSegment:
    uuid, version, *columns, deleted, last_event, change = row
    segment = segment_of(segment_id_of(uuid), version, columns, deleted=deleted)
    return CurrentSegment(segment, last_event=int(last_event), last_membership_change=int(change))
