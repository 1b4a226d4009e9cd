"""undoCommand as a command: who may, which commands, and what comes of sending it again."""

from __future__ import annotations

import pytest

from domain.kernel.event import Event
from domain.kernel.principal import Principal
from domain.kernel.rejections import RejectionCode
from domain.undo import undo_command
from tests.domain.given import Given
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import ANN, BO, added, assigned, person, removed
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.principals import person as principal
from tests.domain.segments.commands import archive, by_id, restore
from tests.domain.segments.events import A, B, archived, created, deleted, edited, restored
from tests.domain.undo.commands import did, undo

FORBIDDEN = RejectionCode.FORBIDDEN
OTHER_TRAINER = principal("somebody", *TRAINER.roles)


@pytest.mark.parametrize("who", [ANONYMOUS, AUDITOR, LEARNER], ids=lambda who: who.id)
def test_others_undo_nothing(given: Given, who: Principal) -> None:
    """Not even what they have done themselves, when they had another role."""
    story = did(given(), created(A), by=who)
    undo(story, by=who).answer.then_refused(FORBIDDEN)


@pytest.mark.parametrize("who", [ADMIN, TRAINER], ids=lambda who: who.id)
def test_their_own_command_is_undone_by(given: Given, who: Principal) -> None:
    """Each of the two roles is enough."""
    undo(did(given(), created(A), by=who), by=who).then(deleted(A, 2))


def test_somebody_elses_command_is_undone_by_a_site_admin(given: Given) -> None:
    """And by nobody else."""
    story = did(given(), created(A), by=TRAINER)
    undo(story, by=OTHER_TRAINER).answer.then_refused(FORBIDDEN)
    undo(story, by=ADMIN).then(deleted(A, 2))


@pytest.mark.parametrize(
    "done", [added(ANN), assigned(BO, 2, [], [*TRAINER.roles])], ids=["a creation", "roles"]
)
def test_changes_of_people_are_undone_by_who_may_change_people(given: Given, done: Event) -> None:
    """Own ones, too: somebody may have lost that role since."""
    story = did(given(added(BO)), done, by=TRAINER)
    undo(story, by=TRAINER).answer.then_refused(FORBIDDEN)


def test_a_command_with_one_event_about_people_is_about_people(given: Given) -> None:
    """Of any number of events, and wherever it stands."""
    story = did(given(), created(A), added(ANN), created(B), by=TRAINER)
    undo(story, by=TRAINER).answer.then_refused(FORBIDDEN)


@pytest.mark.parametrize("reason", ["", "  "], ids=["none", "blank"])
def test_a_reason_is_asked_for(given: Given, reason: str) -> None:
    """Whoever undoes what."""
    story = did(given(), created(A))
    undo(story, reason=reason).answer.then_refused(RejectionCode.INVALID, path=("reason",))


@pytest.mark.parametrize(
    "name",
    ["no-such-command", "", "x" * 65, "a b", "command:\x00"],
    ids=["unused", "empty", "too long", "blank within", "NUL within"],
)
def test_an_unknown_command_is_not_found(given: Given, name: str) -> None:
    """Nor one that nobody could have called so."""
    story = did(given(), created(A))
    undo(story, name).answer.then_refused(RejectionCode.NOT_FOUND, path=("command",))


def test_a_command_that_changed_nothing_is_not_found(given: Given) -> None:
    """It recorded nothing."""
    story = given(created(A), archived(A, 2))
    story.when(archive(by_id(A)), command_id="c-1").then_nothing()
    undo(story, "c-1").answer.then_refused(RejectionCode.NOT_FOUND, path=("command",))


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """Also when it was undone itself since."""
    story = did(given(), created(A))
    undo(story, command_id="u-1").then(deleted(A, 2))
    undo(story, "u-1", command_id="u-2")
    again = undo(story, command_id="u-1")
    again.with_conflicts().then_repeated(deleted(A, 2), position=2)


def test_other_content_under_the_same_id_is_refused(given: Given) -> None:
    """Another command that is to be undone is other content."""
    story = did(did(given(), created(A)), created(B), command_id="done-2")
    undo(story, command_id="u-1").then(deleted(A, 2))
    undo(story, "done-2", command_id="u-1").answer.then_refused(
        RejectionCode.COMMAND_REUSED, path=("commandId",)
    )


def test_an_undo_undone_twice_finds_nothing_left(given: Given) -> None:
    """The second one says by what."""
    story = did(given(created(A)), edited(A, 2, name=("Sales", "Shops")))
    first = edited(A, 3, name=("Shops", "Sales"))
    undo(story).then(first)
    undo(story).with_conflicts((first, "It changed the name again.")).then_nothing()


def test_an_undo_is_undone_by_its_own_id(given: Given) -> None:
    """So is what real commands did."""
    story = given(created(A)).when(archive(by_id(A)), command_id="c-1").then(archived(A, 2))
    undo(story, "c-1", command_id="u-1").then(restored(A, 3))
    undo(story, "u-1", command_id="u-2").then(archived(A, 4))
    story.when(restore(by_id(A))).then(restored(A, 5))


@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_however_many_events_are_looked_at_in_one_go(
    given: Given, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """The plan is the same."""
    monkeypatch.setattr(undo_command, "BATCH_SIZE", size)
    done = (created(B), edited(A, 2, name=("Sales", "Shops")), added(ANN), joined(A, ANN))
    story = did(given(created(A)), *done)
    undo(story).then(
        left(A, ANN),
        removed(ANN, 2, person("ann")),
        edited(A, 3, name=("Shops", "Sales")),
        deleted(B, 2),
    )
