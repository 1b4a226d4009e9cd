"""Snapshots in memory that know the history, too: all that undos ask."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from domain.kernel.event import Event
from domain.log import Recorded
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
            facts = self._log.follow(0, 10_000).facts if self.position else []
            self.facts = [fact for fact in facts if fact.position <= self.position]
            yield snapshot

    def positions_of(self, command_id: str) -> Sequence[int]:
        """See UndoSnapshot."""
        own = [fact for fact in self.facts if fact.envelope.command_id == command_id]
        return [fact.position for fact in reversed(own)]

    def events_at(self, positions: Collection[int]) -> Sequence[Recorded]:
        """See UndoSnapshot."""
        return [fact for fact in self.facts if fact.position in positions]

    def last_events(self, tags: Collection[str]) -> Sequence[Recorded]:
        """See UndoSnapshot."""
        last = {tag: fact.position for fact in self.facts for tag in fact.tags if tag in tags}
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
        return {segment_of(fact.event) for fact in own if isinstance(fact.event, kinds)}

    def last_event_of(self, segment_id: str, kind: type[Event]) -> Recorded | None:
        """See SegmentHistory."""
        return next(iter(self.events_at([self._last(segment_id, only=(kind,))])), None)

    def events_since(
        self, segment_id: str, after: int, but: str, kinds: Collection[type[Event]]
    ) -> Sequence[Recorded]:
        """See SegmentHistory."""
        later = [fact for fact in self.others(after, but) if isinstance(fact.event, tuple(kinds))]
        return [f for f in later if segment_of(f.event) == segment_id][:MAX_CONFLICTS]

    def edits_since(self, segment_id: str, after: int, but: str, field: str) -> Sequence[Recorded]:
        """See SegmentHistory."""
        edits = self.events_since(segment_id, after, but, [SegmentEdited])
        return [fact for fact in edits if getattr(fact.event, field) is not None]

    def first_membership_changes(
        self, segment_id: str, user_ids: Sequence[str], after: int, but: str
    ) -> Mapping[str, int]:
        """See SegmentHistory."""
        first: dict[str, int] = {}
        for fact in self.others(after, but):
            event = fact.event
            if isinstance(event, MembersAdded | MembersRemoved) and event.segment_id == segment_id:
                for user in set(event.user_ids).intersection(user_ids):
                    first.setdefault(user, fact.position)
        return first

    def _last(
        self,
        segment_id: str,
        only: tuple[type[Event], ...] = (Event,),
        without: tuple[type[Event], ...] = (),
    ) -> int:
        """Where the last event about a segment is, of some kinds; 0 when there is none."""
        about = [fact for fact in self.facts if segment_of(fact.event) == segment_id]
        kinds = [f for f in about if isinstance(f.event, only) and not isinstance(f.event, without)]
        return kinds[-1].position if kinds else 0
