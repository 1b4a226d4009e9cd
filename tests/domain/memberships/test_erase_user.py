"""eraseUser: every membership ends, then the person; exactly, however late the read model is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.event import Event
from domain.kernel.principal import Principal, Role
from domain.kernel.rejections import RejectionCode
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from tests.domain.given import Given
from tests.domain.memberships.commands import add, erase, when
from tests.domain.memberships.events import joined, left
from tests.domain.people.commands import create, ref
from tests.domain.people.events import ANN, BO, added, altered, assigned, erased, person, turned
from tests.domain.principals import ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segments.events import A, B, C, archived, created, deleted
from tests.domain.snapshots import StoodStill

INVALID, NOT_FOUND = RejectionCode.INVALID, RejectionCode.NOT_FOUND
A_SITE_ADMIN = [Role.SITE_ADMIN]
NO_ANN = erased(ANN, 2, person("ann"))
BEFORE = (created(A), created(B), added(ANN), added(BO))


@pytest.mark.parametrize("who", [ANONYMOUS, LEARNER, AUDITOR, TRAINER], ids=lambda who: who.id)
def test_only_site_admins_erase(given: Given, who: Principal) -> None:
    """Nobody else, not even themself."""
    story = given(added())
    known = StoodStill(story.log, 1)
    story.when(erase()(), by=who, snapshots=known).then_refused(RejectionCode.FORBIDDEN)


@pytest.mark.parametrize("reason", ["", " \n"], ids=["empty", "blank"])
def test_a_reason_is_needed(given: Given, reason: str) -> None:
    """And recorded with each of the events."""
    story = given(*BEFORE, joined(A, ANN))
    when(story, erase(), reason=reason).then_refused(INVALID, path=("reason",))
    story = when(story, erase(), reason=" Left. ").then(left(A, ANN), NO_ANN)
    assert {record.envelope.reason for record in story.recorded(5)} == {"Left."}


LATER: dict[str, tuple[Sequence[Event], Sequence[str]]] = {
    "nothing happens": ([], []),
    "into one": ([joined(A, ANN)], [A]),
    "into two, one with somebody else": ([joined(B, ANN, BO), joined(A, ANN)], [A, B]),
    "into one that is archived": ([joined(A, ANN), archived(A, 2)], [A]),
    "somebody else into one": ([joined(A, BO)], []),
    "into one and out": ([joined(A, ANN), left(A, ANN)], []),
    "into one, out and in again": ([joined(A, ANN), left(A, ANN), joined(A, ANN)], [A]),
    "into one that is deleted": ([joined(A, ANN), deleted(A, 2)], []),
    "into two, one of which is deleted": ([joined(A, ANN), joined(B, ANN), deleted(A, 2)], [B]),
    "into a new one that is deleted, and another": (
        [created(C), joined(C, ANN), deleted(C, 2), joined(B, ANN)],
        [B],
    ),
    "out of one after another is deleted": ([deleted(A, 2), joined(B, ANN), left(B, ANN)], []),
}
"""What happened; the segments that she is in after it."""


@pytest.mark.parametrize("position", range(len(BEFORE) + 5))
@pytest.mark.parametrize(("later", "segments"), LATER.values(), ids=LATER)
def test_exactly_the_memberships_that_there_are_end(
    given: Given, later: Sequence[Event], segments: Sequence[str], position: int
) -> None:
    """In archived segments, too; whichever part of it the read model knows of."""
    story = given(*BEFORE, *later)
    ended = [left(segment, ANN) for segment in segments]
    when(story, erase(), StoodStill(story.log, position)).then(*ended, NO_ANN)


def test_the_event_holds_the_hashes_of_what_they_held_in_the_end(given: Given) -> None:
    """So that all of it is free."""
    who = person("ann", code="7")
    story = given(added(ANN, who), altered(ANN, 2, who, username="anna", code="8"))
    now = person("anna", first_name="Ann", email="ann@example.test", code="8")
    story = when(story, erase(ref("ANNA", UserKey.USERNAME))).then(erased(ANN, 3, now))
    story.when(create(BO, username="anna", email="ann@example.test", code="8")).then(
        added(BO, person("anna", email="ann@example.test", code="8"))
    )


def test_the_suspended_can_be_erased(given: Given) -> None:
    """Whatever they are."""
    story = given(added(), turned(ANN, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED))
    when(story, erase()).then(erased(ANN, 3, person("ann")))


@pytest.mark.parametrize(
    ("name", "by"),
    [(ANN, UserKey.ID), ("ann", UserKey.USERNAME), ("ann@example.test", UserKey.EMAIL)],
)
def test_who_is_not_there_is_not_found(given: Given, name: str, by: UserKey) -> None:
    """Nor who was erased already."""
    when(given(), erase(ref(name, by))).then_refused(NOT_FOUND, path=("user", by.value))
    story = given(added(), NO_ANN)
    when(story, erase(ref(name, by))).then_refused(NOT_FOUND, path=("user", by.value))


def test_the_last_active_site_admin_stays(given: Given) -> None:
    """Once there is another who is active, they can go; then that one is the last."""
    story = given(
        added(ANN, roles=A_SITE_ADMIN),
        added(BO),
        turned(BO, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED),
        assigned(BO, 3, [], A_SITE_ADMIN),
    )
    when(story, erase()).then_refused(INVALID, path=("user",))
    story = story.and_then(turned(BO, 4, UserStatus.SUSPENDED, UserStatus.ACTIVE))
    before = story.head
    outcome = when(story, erase()).outcome
    assert outcome is not None
    assert [record.event for record in story.recorded(before)] == [NO_ANN]
    assert "site-admins" in story.recorded(before)[0].tags
    when(story, erase(ref(BO))).then_refused(INVALID, path=("user",))


def test_nobody_comes_back(given: Given) -> None:
    """After it they cannot be added to anything, however late the read model is."""
    story = given(*BEFORE, joined(A, ANN))
    story = when(story, erase()).then(left(A, ANN), NO_ANN)
    for position in range(story.head + 1):
        for name, by in ((ANN, UserKey.ID), ("ann", UserKey.USERNAME)):
            known = StoodStill(story.log, position)
            answer = when(story, add(name, by=by), known)
            answer.then_refused(NOT_FOUND, path=("users", by.plural, "0"))


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """Not NOT_FOUND; for another reason it is refused."""
    story = given(*BEFORE, joined(A, ANN))
    who = ref("ann", UserKey.USERNAME)
    story = when(story, erase(who), command_id="c-1").then(left(A, ANN), NO_ANN)
    story = story.when(create(BO, username="x")).then(added(BO, person("x")))
    when(story, erase(who), command_id="c-1").then_repeated(left(A, ANN), NO_ANN, position=7)
    other = when(story, erase(who), reason="Other.", command_id="c-1")
    other.then_refused(RejectionCode.COMMAND_REUSED, path=("commandId",))
