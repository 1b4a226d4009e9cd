"""The read model is so late that it is waited for: a file of people is an event for each."""

from __future__ import annotations

import pytest

from domain.kernel.event import Event
from domain.kernel.ids import UserId
from domain.kernel.read_model_behind import ReadModelBehind
from domain.learner import MAX_EVENTS_TO_CATCH_UP
from domain.memberships.roster_command import FEW_PEOPLE
from domain.people.identifiers.lookup import UserKey
from tests.domain.given import Given, request
from tests.domain.memberships.commands import Build, add, erase, remove, when
from tests.domain.memberships.events import joined
from tests.domain.people.events import ANN, added, person
from tests.domain.segments.events import A, B, created, edited
from tests.domain.snapshots import StoodStill

MANY = [UserId(f"user_{number:032x}") for number in range(FEW_PEOPLE + 1)]
BEFORE = (
    created(A),
    added(ANN),
    joined(A, ANN),
    *(added(user, person(f"m-{place}")) for place, user in enumerate(MANY)),
)
FEW = {
    "add": add(*MANY[1:]),
    "add by username": add("m-0", by=UserKey.USERNAME),
    "remove": remove(ANN),
}
LATE = {"add many": add(*MANY), "erase": erase()}


def _crowd(number: int) -> list[Event]:
    """So many events about other people."""
    users = [UserId(f"user_{place:032x}") for place in range(1_000, 1_000 + number)]
    return [added(user, person(f"p-{place}")) for place, user in enumerate(users)]


@pytest.mark.parametrize("build", LATE.values(), ids=LATE)
def test_some_events_are_caught_up_with(given: Given, build: Build) -> None:
    """Without the read model."""
    story = given(*BEFORE, *_crowd(MAX_EVENTS_TO_CATCH_UP))
    answer = when(story, build, StoodStill(story.log, len(BEFORE)))
    assert answer.outcome is not None, answer.refused
    assert answer.outcome.events != ()


@pytest.mark.parametrize("build", LATE.values(), ids=LATE)
def test_of_more_the_read_model_is_asked_once_it_is_there(given: Given, build: Build) -> None:
    """Until then nothing is done, and nothing is held; where it must be is told."""
    story = given(*BEFORE, *_crowd(MAX_EVENTS_TO_CATCH_UP + 1))
    with pytest.raises(ReadModelBehind) as late:
        when(story, build, StoodStill(story.log, len(BEFORE)))
    assert late.value.wanted == story.head
    answer = when(story, build, StoodStill(story.log, late.value.wanted))
    assert answer.outcome is not None, answer.refused
    assert answer.outcome.events != ()


@pytest.mark.parametrize("build", LATE.values(), ids=LATE)
def test_who_has_waited_catches_up_with_all(given: Given, build: Build) -> None:
    """With what came meanwhile, say: else more might come during each wait."""
    story = given(*BEFORE, *_crowd(2 * MAX_EVENTS_TO_CATCH_UP + 3))
    command, known = build(), StoodStill(story.log, len(BEFORE))
    outcome = story.dispatcher(known).dispatch(command, request(command), waits=False)
    assert outcome.events != ()
    assert outcome.position == story.head


@pytest.mark.parametrize("build", FEW.values(), ids=FEW)
def test_few_people_do_not_wait_for_others(given: Given, build: Build) -> None:
    """However many of them come: they are not looked for."""
    story = given(*BEFORE, *_crowd(MAX_EVENTS_TO_CATCH_UP + 1))
    answer = when(story, build, StoodStill(story.log, len(BEFORE)))
    assert answer.outcome is not None, answer.refused
    assert len(answer.outcome.events) == 1


@pytest.mark.parametrize("build", [add(*MANY), remove(ANN)], ids=["many", "few"])
def test_what_happens_to_segments_is_not_waited_for(given: Given, build: Build) -> None:
    """However much it is."""
    edits = [
        edited(B, version, name=("x", "y")) for version in range(2, MAX_EVENTS_TO_CATCH_UP + 4)
    ]
    story = given(*BEFORE, created(B), *edits)
    answer = when(story, build, StoodStill(story.log, len(BEFORE)))
    assert answer.outcome is not None, answer.refused
    assert len(answer.outcome.events) == 1
