"""Undoing what was done to segments: what came since stands in the way, and is told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.event import Event
from domain.segments.values import SegmentStatus
from tests.domain.given import Given
from tests.domain.memberships.events import joined
from tests.domain.people.events import ANN, BO, added, erased, person
from tests.domain.segments.events import (
    A,
    B,
    archived,
    created,
    deleted,
    edited,
    reinstated,
    restored,
)
from tests.domain.undo.commands import did, undo

LOST = "It came after the segment, and would be lost with it."
STATUS = "It changed since whether the segment is there or archived."
CLOSED = "The segment takes no changes any more."
BACK = "The segment was brought back since."
TAKEN = "The user segment ID “s” is another's by now."
MEMBER = "A member of the segment is off the site by now."
RENAMED = edited(A, 2, name=("Sales", "Shops"))

IN_THE_WAY: dict[str, tuple[Sequence[Event], Event, Sequence[Event], Sequence[str]]] = {
    "a creation, used since": (
        [added(ANN)],
        created(A),
        [RENAMED, joined(A, ANN)],
        [LOST, LOST],
    ),
    "a return, used since": (
        [created(A), deleted(A, 2)],
        reinstated(A, 3),
        [archived(A, 4)],
        [LOST],
    ),
    "an archiving, restored since": ([created(A)], archived(A, 2), [restored(A, 3)], [STATUS]),
    "a restoring, archived since": (
        [created(A), archived(A, 2)],
        restored(A, 3),
        [archived(A, 4)],
        [STATUS],
    ),
    "an archiving, deleted since": ([created(A)], archived(A, 2), [deleted(A, 3)], [STATUS]),
    "an edit, archived since": ([created(A)], RENAMED, [archived(A, 3)], [CLOSED]),
    "an edit, deleted since": ([created(A)], RENAMED, [deleted(A, 3, name="Shops")], [CLOSED]),
    "a deletion, taken back since": ([created(A)], deleted(A, 2), [reinstated(A, 3)], [BACK]),
    "a deletion, the code taken since": (
        [created(A, code="s")],
        deleted(A, 2, code="s"),
        [created(B, code="S")],
        [TAKEN],
    ),
    "a change of code, the code taken since": (
        [created(A, code="s")],
        edited(A, 2, code=("s", None)),
        [created(B), edited(B, 2, code=(None, "S"))],
        ["", TAKEN],
    ),
}

AGAIN: dict[str, tuple[Sequence[object], str]] = {
    "name": (("Sales", "Shops", "Stalls"), "It changed the name again."),
    "code": ((None, "a", "b"), "It changed the user segment ID again."),
    "description": (("", "One.", "Two."), "It changed the description again."),
    "visible": ((True, False, True), "It changed the visibility again."),
}


@pytest.mark.parametrize(
    ("before", "done", "later", "reasons"), IN_THE_WAY.values(), ids=IN_THE_WAY
)
def test_what_came_since_stands_in_the_way(
    given: Given,
    before: Sequence[Event],
    done: Event,
    later: Sequence[Event],
    reasons: Sequence[str],
) -> None:
    """Each event is told; nothing is recorded."""
    story = did(given(*before), done).and_then(*later)
    told = [(event, reason) for event, reason in zip(later, reasons, strict=True) if reason]
    undo(story).with_conflicts(*told).then_nothing()


@pytest.mark.parametrize("field", AGAIN)
def test_what_was_changed_again_stays(given: Given, field: str) -> None:
    """Field by field: what nobody has touched since is as it was."""
    (first, second, third), reason = AGAIN[field]
    other = "name" if field != "name" else "description"
    pair = ("Sales", "Other") if other == "name" else ("", "Other.")
    story = did(given(created(A)), edited(A, 2, **{field: (first, second), other: pair}))
    again = edited(A, 3, **{field: (second, third)})
    undone = undo(story.and_then(again))
    undone.with_conflicts((again, reason)).then(edited(A, 4, **{other: pair[::-1]}))


def test_a_code_that_came_and_went_is_taken_back(given: Given) -> None:
    """Nobody else has it by now."""
    story = did(given(created(A, code="s")), edited(A, 2, code=("s", None)))
    story.and_then(created(B, code="S"), edited(B, 2, code=("S", "t")))
    undo(story).then(edited(A, 3, code=(None, "s")))


def test_a_code_in_another_spelling_is_its_own(given: Given) -> None:
    """The segment itself has it."""
    story = did(given(created(A, code="s")), edited(A, 2, code=("s", "S")))
    undo(story).then(edited(A, 3, code=("S", "s")))


def test_who_was_erased_does_not_come_back_with_the_segment(given: Given) -> None:
    """The segment does, and the other members."""
    before = (created(A), added(ANN), added(BO), joined(A, ANN, BO))
    erasure = erased(BO, 2, person("bo"))
    story = did(given(*before), deleted(A, 2)).and_then(erasure)
    undone = undo(story).with_conflicts((erasure, MEMBER))
    undone.then(reinstated(A, 3), joined(A, ANN))


def test_an_archived_segment_comes_back_archived(given: Given) -> None:
    """As it was when it was deleted."""
    story = did(given(created(A), archived(A, 2)), deleted(A, 3))
    undo(story).then(reinstated(A, 4, status=SegmentStatus.ARCHIVED))


def test_several_changes_of_one_command_go_from_the_last_to_the_first(given: Given) -> None:
    """None of them stands in the way of another; versions count on."""
    done = (RENAMED, archived(A, 3), deleted(A, 4, name="Shops"))
    story = did(given(created(A)), *done)
    undo(story).then(
        reinstated(A, 5, name="Shops", status=SegmentStatus.ARCHIVED),
        restored(A, 6),
        edited(A, 7, name=("Shops", "Sales")),
    )


def test_what_the_command_created_goes_as_a_whole(given: Given) -> None:
    """Its members with it."""
    story = did(given(added(ANN)), created(A), edited(A, 2, visible=(True, False)), joined(A, ANN))
    undo(story).then(edited(A, 3, visible=(False, True)), deleted(A, 4))
