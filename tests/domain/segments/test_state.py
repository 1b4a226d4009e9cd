"""What each event does to a segment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.kernel.event import Event
from domain.segments.state import Segment, evolve, segment_of
from domain.segments.tags import segment_tag
from domain.segments.values import SegmentSource, SegmentStatus
from tests.domain.segments.events import A, archived, created, deleted, edited, restored

ACTIVE = Segment(
    id=A,
    version=1,
    name="Sales",
    code="s",
    description="old",
    visible=True,
    source=SegmentSource.MANUAL,
)
FIRST = created(A, name="Sales", code="s", description="old")


def test_a_segment_begins_with_its_creation() -> None:
    """Active and not deleted."""
    assert evolve(None, FIRST) == ACTIVE
    assert (ACTIVE.status, ACTIVE.deleted) == (SegmentStatus.ACTIVE, False)


@pytest.mark.parametrize(
    ("event", "after"),
    [
        (edited(A, 2, name=("Sales", "x")), replace(ACTIVE, version=2, name="x")),
        (edited(A, 2, code=("s", None)), replace(ACTIVE, version=2, code=None)),
        (edited(A, 2, description=("old", "")), replace(ACTIVE, version=2, description="")),
        (edited(A, 2, visible=(True, False)), replace(ACTIVE, version=2, visible=False)),
        (archived(A, 2), replace(ACTIVE, version=2, status=SegmentStatus.ARCHIVED)),
        (restored(A, 2), replace(ACTIVE, version=2)),
        (deleted(A, 2, code="s"), replace(ACTIVE, version=2, deleted=True)),
    ],
    ids=["name", "code", "description", "visible", "archived", "restored", "deleted"],
)
def test_each_event_does_what_it_says(event: Event, after: Segment) -> None:
    """And nothing else; values that are empty or false are values, too."""
    assert evolve(ACTIVE, event) == after


def test_nothing_comes_of_events_before_the_creation() -> None:
    """A part of a story without its beginning tells of no segment."""
    assert evolve(None, archived(A, 2)) is None
    assert evolve(None, edited(A, 2, name=("x", "y"))) is None


class Unrelated(Event, frozen=True, kw_only=True):
    TOPIC = "other.happened"

    def tags(self) -> list[str]:
        return []


def test_events_about_other_things_change_nothing() -> None:
    """They may stand among its own, when a boundary is wide."""
    assert evolve(ACTIVE, Unrelated()) is ACTIVE
    assert segment_of(Unrelated()) == ""


def test_a_event_tells_which_segment_it_is_about() -> None:
    """By id and by tag."""
    assert segment_of(FIRST) == A
    assert segment_tag(A) == f"segment:{A}"
