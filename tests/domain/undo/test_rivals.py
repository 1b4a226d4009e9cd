"""Somebody was faster: between the plan of an undo and what it would append."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.kernel.read_model_behind import ReadModelBehind
from domain.log import Recorder
from tests.domain.faulty_store import FaultyStore
from tests.domain.given import Given, Story
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import ANN, BO, CY, added, altered, assigned, erased, person
from tests.domain.segments.events import A, B, C, archived, created, edited, restored
from tests.domain.undo.commands import Undone, did, undo
from tests.domain.undo.history import History

ADMIN = [Role.SITE_ADMIN]
LOST = "It came after the user, and would be lost with them."
MOVED = "It changed the membership of one of these users since."
BEFORE = (created(A, code="s"), created(B), added(ANN), added(BO, roles=ADMIN), joined(B, BO))
Rivals = Sequence[Event]

OVERTAKEN: dict[str, tuple[Rivals, Event, Rivals, tuple[Event, str] | None, Rivals]] = {
    "who was added is out": (
        [],
        joined(A, ANN),
        [left(A, ANN)],
        (left(A, ANN), MOVED),
        [],
    ),
    "the segment is archived": (
        [],
        joined(A, ANN),
        [archived(A, 2)],
        (archived(A, 2), "The members of the segment do not change any more."),
        [],
    ),
    "the field is edited again": (
        [],
        edited(B, 2, name=("Sales", "Shops")),
        [edited(B, 3, name=("Shops", "Stalls"))],
        (edited(B, 3, name=("Shops", "Stalls")), "It changed the name again."),
        [],
    ),
    "somebody came into the segment that is to go": (
        [],
        created(C),
        [joined(C, ANN)],
        (joined(C, ANN), "It came after the segment, and would be lost with it."),
        [],
    ),
    "the same person is edited again": (
        [],
        altered(ANN, 2, person("ann"), last_name="Jones"),
        [altered(ANN, 3, person("ann", last_name="Jones"), last_name="Miller")],
        (
            altered(ANN, 3, person("ann", last_name="Jones"), last_name="Miller"),
            "It changed the last name again.",
        ),
        [],
    ),
    "the code is taken": (
        [],
        edited(A, 2, code=("s", None)),
        [edited(B, 2, code=(None, "s"))],
        (edited(B, 2, code=(None, "s")), "The user segment ID “s” is another's by now."),
        [],
    ),
    "who is to go came into a segment": (
        [],
        added(CY),
        [joined(B, CY)],
        (joined(B, CY), LOST),
        [],
    ),
    "who is to come back into a segment is erased": (
        [],
        left(B, BO),
        [assigned(ANN, 2, [], ADMIN), erased(BO, 2, person("bo"))],
        (erased(BO, 2, person("bo")), "Somebody who was taken out is off the site by now."),
        [],
    ),
    "the other site admin is none any more": (
        [],
        assigned(ANN, 2, [], ADMIN),
        [assigned(BO, 2, ADMIN, [])],
        (assigned(ANN, 2, [], ADMIN), "The site needs one active site admin."),
        [],
    ),
    "the name is taken": (
        [],
        altered(ANN, 2, person("ann"), username="anna"),
        [added(CY, person("ann", email="cy@example.test"))],
        (
            added(CY, person("ann", email="cy@example.test")),
            "It took the username that they had: it is another's.",
        ),
        [],
    ),
    "it is edited in another field": (
        [],
        edited(B, 2, name=("Sales", "Shops")),
        [edited(B, 3, visible=(True, False))],
        None,
        [edited(B, 4, name=("Shops", "Sales"))],
    ),
}

UNCONCERNED: dict[str, Rivals] = {
    "another segment is edited": [edited(A, 2, name=("Sales", "Shops"))],
    "another member comes": [joined(B, ANN)],
    "a member of another segment goes": [joined(A, BO), left(A, BO)],
    "somebody else is edited": [altered(ANN, 2, person("ann"), last_name="Jones")],
}


def _overtaken(store: Recorder, before: Rivals, done: Event, rivals: Rivals) -> tuple[Undone, int]:
    """What comes of an undo when those are recorded just before its own; times that it appended."""
    troubled = FaultyStore(store)
    story = did(Given(troubled)(*before), done)
    troubled.plan("append", [lambda: Given(store)(*rivals)])
    undone = undo(story)
    return undone, troubled.calls.count("append")


@pytest.mark.parametrize(
    ("before", "done", "rivals", "conflict", "expected"), OVERTAKEN.values(), ids=OVERTAKEN
)
def test_the_plan_is_made_anew(
    store: Recorder,
    before: Rivals,
    done: Event,
    rivals: Rivals,
    conflict: tuple[Event, str] | None,
    expected: Rivals,
) -> None:
    """On what is so by then."""
    undone, _ = _overtaken(store, (*BEFORE, *before), done, rivals)
    answer = undone.with_conflicts(*([] if conflict is None else [conflict]))
    assert answer.outcome is not None
    assert answer.outcome.events == tuple(expected)
    assert _later(answer.story) == [*rivals, *expected]


@pytest.mark.parametrize("rivals", UNCONCERNED.values(), ids=UNCONCERNED)
def test_what_does_not_concern_it_does_not_hold_it_up(store: Recorder, rivals: Rivals) -> None:
    """It is recorded at the first attempt."""
    undone, attempts = _overtaken(store, BEFORE, left(B, BO), rivals)
    answer = undone.with_conflicts()
    assert answer.outcome is not None
    assert answer.outcome.events == (joined(B, BO),)
    assert attempts == 1


def test_two_undos_of_one_command_do_it_once(store: Recorder) -> None:
    """The slower one finds it done, and says by what."""
    troubled = FaultyStore(store)
    story = did(Given(troubled)(created(A)), archived(A, 2))
    troubled.plan("append", [lambda: undo(Story(store)).then(restored(A, 3))])
    why = "It changed since whether the segment is there or archived."
    undone = undo(story)
    undone.with_conflicts((restored(A, 3), why))
    assert undone.answer.outcome is not None
    assert undone.answer.outcome.events == ()


@pytest.mark.parametrize(
    "later", [restored(A, 3), created(B)], ids=["of the same segment", "of another one"]
)
def test_a_read_model_behind_the_log_is_waited_for(given: Given, later: Event) -> None:
    """A plan begins where the log stood when the undo came."""
    story = did(given(created(A)), archived(A, 2))
    position = story.head
    story.and_then(later)
    with pytest.raises(ReadModelBehind) as late:
        undo(story, snapshots=History(story.log, position))
    assert late.value.wanted == position + 1


def _later(story: Story) -> list[Event]:
    """All events after those before the undo."""
    return [recorded.event for recorded in story.recorded(len(BEFORE) + 1)]
