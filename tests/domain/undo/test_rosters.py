"""Undoing who was put into segments, and who was taken out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.event import Event
from tests.domain.given import Given
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import ANN, BO, CY, added, back, erased, person, removed
from tests.domain.segments.events import A, B, archived, created, deleted, reinstated
from tests.domain.undo.commands import did, undo

CLOSED = "The members of the segment do not change any more."
ONE = "It changed the membership of one of these users since."
TWO = "It changed the membership of 2 of these users since."
OFF = "Somebody who was taken out is off the site by now."
PEOPLE = (created(A), created(B), added(ANN), added(BO), added(CY))


@pytest.mark.parametrize("closing", [archived(A, 2), deleted(A, 2)], ids=["archived", "deleted"])
def test_the_members_of_a_closed_segment_stay(given: Given, closing: Event) -> None:
    """What closed it is told, and for a deletion that it ended the memberships is no news."""
    story = did(given(*PEOPLE), joined(A, ANN)).and_then(closing)
    undo(story).with_conflicts((closing, CLOSED)).then_nothing()


LATER: dict[str, tuple[Event, Sequence[Event], Sequence[str], Sequence[Event]]] = {
    "one is out": (joined(A, ANN, BO), [left(A, BO)], [ONE], [left(A, ANN)]),
    "two are out": (joined(A, ANN, BO, CY), [left(A, BO, CY)], [TWO], [left(A, ANN)]),
    "all are out": (joined(A, ANN, BO), [left(A, ANN, BO)], [TWO], []),
    "out, and in again": (joined(A, BO, CY), [left(A, BO), joined(A, BO)], [ONE], [left(A, CY)]),
    "in, and out again": (left(A, ANN, BO), [joined(A, BO)], [ONE], [joined(A, ANN)]),
}


@pytest.mark.parametrize(("done", "later", "reasons", "expected"), LATER.values(), ids=LATER)
def test_whom_others_moved_since_stay_where_they_are(
    given: Given,
    done: Event,
    later: Sequence[Event],
    reasons: Sequence[str],
    expected: Sequence[Event],
) -> None:
    """Of each of them the first event is told; the rest is undone."""
    story = did(
        given(*PEOPLE, joined(A, *(ANN, BO) if done.TOPIC == "members.removed" else (CY,))), done
    )
    answer = undo(story.and_then(*later)).with_conflicts(*zip(later, reasons, strict=False))
    if expected:
        answer.then(*expected)
    else:
        answer.then_nothing()


def test_memberships_of_other_segments_are_others(given: Given) -> None:
    """They stand in nobody's way."""
    story = did(given(*PEOPLE), joined(A, ANN)).and_then(joined(B, ANN), left(B, ANN))
    undo(story).then(left(A, ANN))


def test_who_is_off_the_site_does_not_come_back(given: Given) -> None:
    """Their erasure is told."""
    story = did(given(*PEOPLE, joined(A, ANN, BO)), left(A, ANN, BO))
    erasure = erased(BO, 2, person("bo"))
    undone = undo(story.and_then(erasure)).with_conflicts((erasure, OFF))
    undone.then(joined(A, ANN))


def test_who_comes_back_by_the_same_undo_comes_back_into_segments(given: Given) -> None:
    """First they are on the site again."""
    story = did(given(*PEOPLE, joined(A, ANN)), left(A, ANN), removed(ANN, 2, person("ann")))
    undo(story).then(back(ANN, 3, person("ann")), joined(A, ANN))


def test_a_deletion_in_between_ended_the_memberships(given: Given) -> None:
    """Bo did not come back with the segment: the deletion says so, and names nobody."""
    story = did(given(*PEOPLE), joined(A, ANN, BO))
    gone, again = deleted(A, 2), joined(A, ANN)
    story.and_then(gone, erased(BO, 2, person("bo")), reinstated(A, 3), again)
    undo(story).with_conflicts((gone, ONE), (again, ONE)).then_nothing()


def test_segments_are_looked_at_one_by_one(given: Given) -> None:
    """One that is closed does not keep the other from being undone."""
    story = did(given(*PEOPLE), joined(A, ANN), joined(B, ANN))
    closing = archived(A, 2)
    undo(story.and_then(closing)).with_conflicts((closing, CLOSED)).then(left(B, ANN))
