"""Undoing what was done to people: what came since stands in the way, and is told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.values import UserStatus
from tests.domain.given import Given
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import (
    ANN,
    BO,
    MemoryVault,
    added,
    altered,
    assigned,
    erased,
    person,
    removed,
    turned,
)
from tests.domain.people.events import back as returned
from tests.domain.segments.events import A, archived, created
from tests.domain.undo.commands import did, undo

LOST = "It came after the user, and would be lost with them."
CHANGED = "Something else became of them since."
TAKEN = "It took what they are called by: somebody else has it."
OFF = "They are off the site by now."
TURNED = "It suspended or reactivated them again."
ROLES = "It changed their roles again."
KEPT = "They stay in a segment that the command put them into."
CLOSED = "The members of the segment do not change any more."
DID_NOT_FIT = "It did not fit what came before it: it changed nothing."
OUT = "Somebody who was taken out is off the site by now."

ANN_WAS = person("ann", code="a-1")
ACTIVE, SUSPENDED = UserStatus.ACTIVE, UserStatus.SUSPENDED
RENAMED = altered(ANN, 2, ANN_WAS, first_name="Anna")
SUSPENSION = turned(ANN, 2, ACTIVE, SUSPENDED)
PROMOTED = assigned(ANN, 2, [], [Role.AUDITOR])
ERASURE = erased(ANN, 3, ANN_WAS)
THERE = added(ANN, ANN_WAS)

IN_THE_WAY: dict[str, tuple[Sequence[Event], Event, Sequence[Event], Sequence[str]]] = {
    "a creation, used since": (
        [created(A)],
        THERE,
        [RENAMED, joined(A, ANN), left(A, ANN)],
        [LOST, LOST, LOST],
    ),
    "a removal, erased since": ([THERE], removed(ANN, 2, ANN_WAS), [ERASURE], [CHANGED]),
    "a removal, all that they were called by taken since": (
        [THERE],
        removed(ANN, 2, ANN_WAS),
        [added(BO, ANN_WAS)],
        [TAKEN],
    ),
    "an edit, erased since": ([THERE], RENAMED, [ERASURE], [OFF]),
    "roles, erased since": ([THERE], PROMOTED, [ERASURE], [OFF]),
    "an edit, removed since": ([THERE], RENAMED, [removed(ANN, 3, ANN_WAS)], [OFF]),
    "a suspension, reactivated since": (
        [THERE],
        SUSPENSION,
        [turned(ANN, 3, SUSPENDED, ACTIVE)],
        [TURNED],
    ),
    "roles, changed since": (
        [THERE],
        PROMOTED,
        [assigned(ANN, 3, [Role.AUDITOR], [Role.LEARNER])],
        [ROLES],
    ),
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
    """Each event is told, once; nothing is recorded."""
    story = did(given(*before), done).and_then(*later)
    undo(story).with_conflicts(*zip(later, reasons, strict=True)).then_nothing()


@pytest.mark.parametrize(
    ("done", "later", "opposite"),
    [
        (
            SUSPENSION,
            altered(ANN, 3, ANN_WAS, first_name="Anna"),
            turned(ANN, 4, SUSPENDED, ACTIVE),
        ),
        (PROMOTED, turned(ANN, 3, ACTIVE, SUSPENDED), assigned(ANN, 4, [Role.AUDITOR], [])),
        (RENAMED, assigned(ANN, 3, [], [Role.AUDITOR]), None),
    ],
    ids=["a suspension", "roles", "a field"],
)
def test_changes_of_something_else_do_not(
    given: Given, done: Event, later: Event, opposite: Event | None
) -> None:
    """Each field, the status and the roles are looked at by themselves."""
    story = did(given(THERE), done).and_then(later)
    back = opposite or altered(
        ANN, 4, person("ann", first_name="Anna", code="a-1"), first_name="Ann"
    )
    undo(story).then(back)


def test_who_has_to_stay_in_a_segment_stays_on_the_site(given: Given) -> None:
    """Archived since, the segment keeps them."""
    story = did(given(created(A)), THERE, joined(A, ANN))
    closing = archived(A, 2)
    undo(story.and_then(closing)).with_conflicts((THERE, KEPT), (closing, CLOSED)).then_nothing()


def test_who_leaves_every_segment_of_the_command_leaves_the_site(given: Given) -> None:
    """From the last event to the first."""
    story = did(given(created(A)), THERE, joined(A, ANN))
    undo(story).then(left(A, ANN), removed(ANN, 2, ANN_WAS))


def test_versions_count_on_within_one_undo(given: Given) -> None:
    """Two events about one person are two versions more."""
    story = did(given(THERE), RENAMED, assigned(ANN, 3, [], [Role.AUDITOR]))
    now = person("ann", first_name="Anna", code="a-1")
    undo(story).then(assigned(ANN, 4, [Role.AUDITOR], []), altered(ANN, 5, now, first_name="Ann"))


def test_an_edit_and_a_suspension_in_one_event_go_by_halves(given: Given) -> None:
    """The name is as it was; the status was changed again."""
    both = altered(ANN, 2, ANN_WAS, first_name="Anna")
    both = type(both)(
        **{name: getattr(both, name) for name in both.__struct_fields__}
        | {"status": SUSPENSION.status}
    )
    again = turned(ANN, 3, SUSPENDED, ACTIVE)
    story = did(given(THERE), both).and_then(again)
    now = person("ann", first_name="Anna", code="a-1")
    undo(story).with_conflicts((again, TURNED)).then(altered(ANN, 4, now, first_name="Ann"))


def test_an_erasure_stays_with_all_that_it_did(given: Given) -> None:
    """Nobody is there to come back into segments."""
    erasure = erased(ANN, 2, ANN_WAS)
    story = did(given(created(A), THERE, joined(A, ANN)), left(A, ANN), erasure)
    told = [(erasure, "An erasure cannot be undone."), (erasure, OUT)]
    undo(story).with_conflicts(*told).then_nothing()


def test_whose_key_is_destroyed_cannot_be_edited_back(given: Given) -> None:
    """An erasure does that before anything else; what was sealed is gone for good."""
    vault = MemoryVault()
    vault.destroyed.add(ANN)
    undo(did(given(THERE), RENAMED), vault=vault).with_conflicts().then_nothing()


def test_their_suspension_can_be_undone_even_then(given: Given) -> None:
    """Nothing of it is sealed."""
    vault = MemoryVault()
    vault.destroyed.add(ANN)
    undone = undo(did(given(THERE), SUSPENSION), vault=vault)
    undone.then(turned(ANN, 3, SUSPENDED, ACTIVE))


def test_what_never_fitted_is_told(given: Given) -> None:
    """It is about nobody who was ever there."""
    story = did(given(), RENAMED)
    undo(story).with_conflicts((RENAMED, DID_NOT_FIT)).then_nothing()


def test_who_was_removed_and_came_back_can_be_removed_again(given: Given) -> None:
    """By undoing the command that brought them back."""
    story = did(given(THERE, removed(ANN, 2, ANN_WAS)), returned(ANN, 3, ANN_WAS))
    undo(story).then(removed(ANN, 4, ANN_WAS))
