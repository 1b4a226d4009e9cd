"""Base of the commands on many segments: all or nothing, and one undo takes all of it back.

    a set ─► its segments on the site as it stands ─► what each changes ─► plan ─► dry run: told
                                                                             └──► commit: recorded

Each segment records the event that the command on it alone would. What makes the plan outdated is
one condition, however large the set is: an event about a segment of it, or one that may bring
another segment into it. The plan is then made anew.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from domain.kernel.commands.append_condition import AppendCondition, FilteredSelector
from domain.kernel.commands.plan_hash import plan_stale
from domain.kernel.commands.planned_command import PlannedCommand
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.rejections import CommandRejected, InvalidValue
from domain.memberships.tags import ROSTERS
from domain.segment_sets.plan import SegmentsPlan, unchanged_of
from domain.segment_sets.segment_filter import ACTIVE, SegmentFilter
from domain.segment_sets.segment_refs import MAX_SEGMENTS, SegmentRefs, too_many
from domain.segment_sets.snapshot import SegmentSets
from domain.segments.events import SEGMENT_EVENTS
from domain.segments.state import Segment
from domain.segments.tags import segment_tag
from domain.segments.values import SegmentStatus

MAX_WITHOUT_PLAN = 100
"""Segments that are changed without a dry run, when they are named one by one."""

SegmentSet = SegmentRefs | SegmentFilter


class SegmentsCommand(PlannedCommand[SegmentSets]):
    """A change to all segments of a set. `plan` is its result, once it is dispatched or dry-run."""

    STATUSES: ClassVar[frozenset[SegmentStatus]] = ACTIVE
    """The statuses of the segments that a filter means which names none."""

    def __init__(self, segments: SegmentSet, plan_hash: str | None = None) -> None:
        self.segments = segments
        self.plan_hash = plan_hash
        self.plan = SegmentsPlan("")

    @abstractmethod
    def change(self, segment: Segment) -> Sequence[Proposed]:
        """Returns the event of the change; none for a segment that is so already, or takes no
        change.
        """

    def contention_key(self) -> str:
        return "segments"

    def content(self) -> dict[str, Any]:
        return {**self._asked(), "planHash": self.plan_hash}

    def make_plan(self, snapshot: SegmentSets) -> None:
        self.plan = SegmentsPlan(f"{self.NAME} {self._asked()}", snapshot.position)
        for segment in self._find(snapshot):
            self.plan.watched.add(segment_tag(segment.id))
            self.plan.add(segment, self.change(segment))

    def plan_condition(self) -> AppendCondition:
        segments = FilteredSelector(None, self._concerns, SEGMENT_EVENTS)
        if isinstance(self.segments, SegmentFilter) and self.segments.has_member is not None:
            rosters = FilteredSelector({ROSTERS}, self.segments.moves_member)
            return AppendCondition((), segments, rosters)
        return AppendCondition((), segments)

    def decide(self) -> Sequence[Proposed]:
        if self.plan.rejections:
            raise CommandRejected(*self.plan.rejections)
        if self.plan_hash is None and self._needs_plan():
            raise CommandRejected(_plan_needed())
        if self.plan_hash not in (None, self.plan.hash):
            raise CommandRejected(plan_stale())
        return self.plan.proposed

    def unchanged_when_first_sent(self, changed: int) -> int:
        """Returns the number of unchanged segments of the command's first sending, which changed
        so many.
        """
        if isinstance(self.segments, SegmentRefs):
            return len(self.segments.distinct) - changed
        return unchanged_of(self.plan_hash or "-0")

    def _asked(self) -> dict[str, Any]:
        """Returns all that is asked for, as JSON."""
        return {"segments": self.segments.content()}

    def _find(self, snapshot: SegmentSets) -> Sequence[Segment]:
        """Returns the segments; an error for each that is unknown goes into the plan."""
        if isinstance(self.segments, SegmentFilter):
            found = snapshot.segments_in(self.segments, MAX_SEGMENTS + 1)
            if len(found) > MAX_SEGMENTS:
                self.plan.rejections = [too_many(("segments", "filter"), "the filter has more")]
                return ()
            return found
        named = self.segments.find(snapshot)
        self.plan.watched.update(self.segments.tags())
        self.plan.rejections = self.segments.rejections(named)
        return list(named.values())

    def _concerns(self, event: Event) -> bool:
        """Whether an event about a segment makes the plan outdated."""
        if not self.plan.watched.isdisjoint(event.tags()):
            return True
        return isinstance(self.segments, SegmentFilter) and self.segments.may_admit(event)

    def _needs_plan(self) -> bool:
        if isinstance(self.segments, SegmentFilter):
            return True
        return len(self.segments.distinct) > MAX_WITHOUT_PLAN


def _plan_needed() -> InvalidValue:
    message = (
        f"A filter, or more than {MAX_WITHOUT_PLAN} segments, needs the planHash of a dry run."
        " Send it with mode DRY_RUN first."
    )
    return InvalidValue(message=message, path=("planHash",))
