"""An undo leaves the site one active site admin."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.values import UserStatus
from tests.domain.given import Given
from tests.domain.people.events import ANN, BO, added, assigned, person, removed, turned
from tests.domain.undo.commands import did, undo

LAST = "The site needs one active site admin."
ADMIN = [Role.SITE_ADMIN]
ACTIVE, SUSPENDED = UserStatus.ACTIVE, UserStatus.SUSPENDED
OTHER = added(BO, roles=ADMIN)

CASES: dict[str, tuple[Sequence[Event], Event, Event]] = {
    "a creation": ([], added(ANN, roles=ADMIN), removed(ANN, 2, person("ann"))),
    "roles": ([added(ANN)], assigned(ANN, 2, [], ADMIN), assigned(ANN, 3, ADMIN, [])),
    "a reactivation": (
        [added(ANN, roles=ADMIN), turned(ANN, 2, ACTIVE, SUSPENDED)],
        turned(ANN, 3, SUSPENDED, ACTIVE),
        turned(ANN, 4, ACTIVE, SUSPENDED),
    ),
}


@pytest.mark.parametrize(("before", "done", "opposite"), CASES.values(), ids=CASES)
def test_the_last_one_stays_one(
    given: Given, before: Sequence[Event], done: Event, opposite: Event
) -> None:
    """The very event that made them one is told."""
    undo(did(given(*before), done)).with_conflicts((done, LAST)).then_nothing()


@pytest.mark.parametrize(("before", "done", "opposite"), CASES.values(), ids=CASES)
def test_one_beside_another_does_not(
    given: Given, before: Sequence[Event], done: Event, opposite: Event
) -> None:
    """Bo is one, too."""
    story = did(given(OTHER, *before), done)
    answer = undo(story).with_conflicts()
    assert answer.outcome is not None
    assert answer.outcome.events == (opposite,)


def test_a_suspended_one_does_not_count(given: Given) -> None:
    """Bo is none who could do anything."""
    story = did(given(OTHER, turned(BO, 2, ACTIVE, SUSPENDED), added(ANN)), CASES["roles"][1])
    undo(story).with_conflicts((CASES["roles"][1], LAST)).then_nothing()


def test_of_two_that_one_command_made_one_stays(given: Given) -> None:
    """The plan counts what it has planned already: the one who became it first stays."""
    first, second = assigned(ANN, 2, [], ADMIN), assigned(BO, 2, [], ADMIN)
    story = did(given(added(ANN), added(BO)), first, second)
    undo(story).with_conflicts((first, LAST)).then(assigned(BO, 3, ADMIN, []))


def test_what_makes_somebody_one_is_undone_first(given: Given) -> None:
    """Ann gave the role to Bo in one command: she has it again before he loses it."""
    done = (assigned(BO, 2, [], ADMIN), assigned(ANN, 2, ADMIN, []))
    story = did(given(added(ANN, roles=ADMIN), added(BO)), *done)
    undo(story).then(assigned(ANN, 3, [], ADMIN), assigned(BO, 3, ADMIN, []))
