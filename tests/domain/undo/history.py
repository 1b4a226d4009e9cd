"""Snapshots in memory that know the history, too: all that undos ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from domain.kernel.event import Event
from domain.log import RecordedEvent
from domain.memberships.events import MEMBERSHIP_EVENTS, MembersAdded, MembersRemoved
from domain.segments.events import (
    SegmentCreated,
    SegmentDeleted,
    SegmentEdited,
    SegmentReinstated,
)
from domain.segments.state import segment_of
from domain.snapshot import Snapshot
from domain.undo.plan import MAX_CONFLICTS
from domain.undo.segment_history import CurrentSegment
from tests.domain.snapshots import StoodStill
from tests.domain.undo.answers import HistoryAnswers

_SEGMENT_MEMBERSHIPS: tuple[type[Event], ...] = (*MEMBERSHIP_EVENTS, SegmentCreated, SegmentDeleted)


class History(HistoryAnswers, StoodStill):
    """See UndoSnapshot; folded naively from the log each time it is opened."""

    @contextmanager
    def open(self, at_least: int = 0) -> Iterator[Snapshot]:
        """See Snapshots."""
        with super().open(at_least) as snapshot:
            events = self._log.follow(0, 10_000).events if self.position else []
            self.events = [recorded for recorded in events if recorded.position <= self.position]
            yield snapshot

    def positions_of(self, command_id: str) -> Sequence[int]:
        """See UndoSnapshot."""
        own = [recorded for recorded in self.events if recorded.envelope.command_id == command_id]
        return [recorded.position for recorded in reversed(own)]

    def events_at(self, positions: Collection[int]) -> Sequence[RecordedEvent]:
        """See UndoSnapshot."""
        return [recorded for recorded in self.events if recorded.position in positions]

    def last_events(self, tags: Collection[str]) -> Sequence[RecordedEvent]:
        """See UndoSnapshot."""
        last = {
            tag: recorded.position
            for recorded in self.events
            for tag in recorded.tags
            if tag in tags
        }
        return self.events_at(set(last.values()))

    def members_ended_by(self, segment_id: str, position: int) -> Sequence[str]:
        """See UndoSnapshot; in the order in which they came to the site."""
        ended = self.roster_before(segment_id, position)
        return [user for user in self._users if user in ended]

    def absent_users(self, user_ids: Collection[str]) -> set[str]:
        """See UndoSnapshot."""
        return set(user_ids) - {user.id for user in self._there()}

    def current_segments(self, segment_ids: Collection[str]) -> Mapping[str, CurrentSegment]:
        """See SegmentHistory."""
        return {
            segment.id: CurrentSegment(
                segment,
                last_event=self._last(segment.id, without=MEMBERSHIP_EVENTS),
                last_membership_change=self._last(segment.id, only=_SEGMENT_MEMBERSHIPS),
            )
            for segment in self._segments.values()
            if segment.id in segment_ids
        }

    def segments_created_by(self, command_id: str) -> set[str]:
        """See SegmentHistory."""
        own = self.events_at(self.positions_of(command_id))
        kinds = (SegmentCreated, SegmentReinstated)
        return {segment_of(recorded.event) for recorded in own if isinstance(recorded.event, kinds)}

    def last_event_of(self, segment_id: str, kind: type[Event]) -> RecordedEvent | None:
        """See SegmentHistory."""
        return next(iter(self.events_at([self._last(segment_id, only=(kind,))])), None)

    def events_since(
        self, segment_id: str, after: int, but: str, kinds: Collection[type[Event]]
    ) -> Sequence[RecordedEvent]:
        """See SegmentHistory."""
        later = [
            recorded
            for recorded in self.others(after, but)
            if isinstance(recorded.event, tuple(kinds))
        ]
        return [f for f in later if segment_of(f.event) == segment_id][:MAX_CONFLICTS]

    def edits_since(
        self, segment_id: str, after: int, but: str, field: str
    ) -> Sequence[RecordedEvent]:
        """See SegmentHistory."""
        edits = self.events_since(segment_id, after, but, [SegmentEdited])
        return [recorded for recorded in edits if getattr(recorded.event, field) is not None]

    def first_membership_changes(
        self, segment_id: str, user_ids: Sequence[str], after: int, but: str
    ) -> Mapping[str, int]:
        """See SegmentHistory."""
        first: dict[str, int] = {}
        for recorded in self.others(after, but):
            event = recorded.event
            if isinstance(event, MembersAdded | MembersRemoved) and event.segment_id == segment_id:
                for user in set(event.user_ids).intersection(user_ids):
                    first.setdefault(user, recorded.position)
        return first

    def _last(
        self,
        segment_id: str,
        only: tuple[type[Event], ...] = (Event,),
        without: tuple[type[Event], ...] = (),
    ) -> int:
        """Where the last event about a segment is, of some kinds; 0 when there is none."""
        about = [recorded for recorded in self.events if segment_of(recorded.event) == segment_id]
        kinds = [f for f in about if isinstance(f.event, only) and not isinstance(f.event, without)]
        return kinds[-1].position if kinds else 0
