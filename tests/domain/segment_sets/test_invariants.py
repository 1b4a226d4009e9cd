"""A command on many segments does what the commands on each of them do, one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.commands.command import Command
from domain.kernel.ids import SegmentId
from domain.segment_sets.segments_command import SegmentsCommand
from domain.segments.values import SegmentSource, SegmentStatus
from tests.domain.segment_sets import commands as many
from tests.domain.segments import commands as one
from tests.domain.segments.test_invariants import Site, Step, histories

VERBS: dict[str, tuple[Callable[[Any], SegmentsCommand], Callable[[SegmentId], Command]]] = {
    "archive": (many.archive, lambda segment: one.archive(one.by_id(segment))),
    "restore": (many.restore, lambda segment: one.restore(one.by_id(segment))),
    "delete": (many.delete, lambda segment: one.delete(one.by_id(segment))),
    "hide": (
        lambda segments: many.show(segments, visible=False),
        lambda segment: one.update(one.by_id(segment), visible=False),
    ),
}
FILTERS = st.builds(
    many.filtered,
    search=st.sampled_from(["", "sal", "T", "none"]),
    statuses=st.frozensets(st.sampled_from(SegmentStatus)),
    visible=st.sampled_from([None, True, False]),
    sources=st.sampled_from([None, frozenset({SegmentSource.MANUAL}), frozenset()]),
    codes=st.sampled_from([None, ("a", "B"), ("ß",), ()]),
)


def after(history: list[Step]) -> Site:
    """A site with that history."""
    site = Site()
    for step in history:
        site.do(step)
    return site


@given(histories, st.sampled_from(sorted(VERBS)), FILTERS)
def test_many_at_once_are_as_one_by_one(history: list[Step], verb: str, listed: Any) -> None:
    """The same events in the same order; and a repeated command changes nothing."""
    at_once, singly = VERBS[verb]
    left, right = after(history).story, after(history).story
    head = left.head
    command = many.planned(left, at_once(listed))
    left.when(command, command_id="many")
    again = many.planned(right, at_once(listed))
    assert again.plan.hash == command.plan.hash
    for segment in sorted(segment_of(tag) for tag in again.plan.watched):
        right.when(singly(segment))
    events = [recorded.event for recorded in left.recorded(head)]
    assert events == [recorded.event for recorded in right.recorded(head)]
    assert len(events) == command.plan.changed
    assert len(again.plan.watched) == command.plan.changed + command.plan.unchanged
    repeated = at_once(listed)
    repeated.plan_hash = command.plan_hash
    left.when(repeated, command_id="many")
    assert len(left.recorded(head)) == len(events)


def segment_of(tag: str) -> SegmentId:
    """The id in a segment's tag."""
    return SegmentId(tag.removeprefix("segment:"))
