"""addUsersToSegment and removeUsersFromSegment: who comes, who goes, and who is not found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.kernel.ids import SegmentId
from domain.kernel.principal import Principal
from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.log import EventLog
from domain.memberships.events import MAX_USERS_PER_EVENT, MembersAdded, MembersRemoved
from domain.memberships.snapshot import MemberLookup
from domain.memberships.user_refs import MAX_USERS, UserRefs
from domain.people.identifiers.lookup import UserKey
from tests.domain.given import Answer, Given
from tests.domain.memberships.commands import Build, add, remove, when
from tests.domain.memberships.events import joined, left
from tests.domain.people.events import ANN, BO, CY, added, erased, person
from tests.domain.principals import ADMIN, ANONYMOUS, AUDITOR, LEARNER, TRAINER
from tests.domain.segments.commands import by_id
from tests.domain.segments.events import A, B, archived, created
from tests.domain.snapshots import StoodStill

FORBIDDEN, NOT_FOUND = RejectionCode.FORBIDDEN, RejectionCode.NOT_FOUND
ANN_AND_BO = (created(A), added(ANN), added(BO))


@pytest.mark.parametrize("who", [ANONYMOUS, LEARNER, AUDITOR], ids=lambda who: who.id)
@pytest.mark.parametrize("build", [add(ANN), remove(ANN)], ids=["add", "remove"])
def test_who_may_not_change_members_is_refused(given: Given, build: Build, who: Principal) -> None:
    """Nobody is looked up for them."""
    story = given(*ANN_AND_BO)
    known = StoodStill(story.log, story.head)
    story.when(build(), by=who, snapshots=known).then_refused(FORBIDDEN)
    assert known.asked == []


@pytest.mark.parametrize("who", [ADMIN, TRAINER], ids=lambda who: who.id)
def test_admins_and_training_managers_may(given: Given, who: Principal) -> None:
    """Both ways."""
    story = given(*ANN_AND_BO)
    story.when(add(ANN)(), by=who).then(joined(A, ANN))
    story.when(remove(ANN)(), by=who).then(left(A, ANN))


def test_only_those_for_whom_something_changes_are_in_the_event(given: Given) -> None:
    """In the order in which they were named, each once."""
    story = given(*ANN_AND_BO, added(CY), joined(A, BO))
    story = when(story, add(CY, BO, ANN, CY)).then(joined(A, CY, ANN))
    story = when(story, remove(BO, ANN, BO)).then(left(A, BO, ANN))
    when(story, remove(BO, CY, ANN)).then(left(A, CY))


def test_when_nothing_changes_nothing_is_recorded(given: Given) -> None:
    """Nor when nobody is named."""
    story = given(*ANN_AND_BO, joined(A, ANN))
    for build in (add(ANN, ANN), remove(BO), add(), remove()):
        when(story, build).then_nothing()


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (UserKey.USERNAME, ("ANN", " bo")),
        (UserKey.EMAIL, ("Ann@example.TEST", "bo@EXAMPLE.test")),
        (UserKey.CODE, ("pers ７", "Pers 8")),
        (UserKey.ID, (ANN, BO)),
    ],
    ids=["username", "address", "code", "id"],
)
@pytest.mark.parametrize("position", range(4))
def test_people_are_found_by_all_that_they_hold(
    given: Given, by: UserKey, names: tuple[str, ...], position: int
) -> None:
    """In any spelling, whether the read model knows them already or not."""
    people = (added(ANN, person("ann", code="PERS 7")), added(BO, person("bo", code="PERS 8")))
    story = given(created(A), *people)
    when(story, add(*names, by=by), StoodStill(story.log, position)).then(joined(A, ANN, BO))


def test_each_unknown_one_is_told_with_its_place(given: Given) -> None:
    """Each time that they are named; those that nobody could be called, too; all or nothing."""
    story = given(*ANN_AND_BO)
    names = ("ann", "no body", "cy", "bo", "CY", "")
    for build in (add(*names, by=UserKey.USERNAME), remove(*names, by=UserKey.USERNAME)):
        when(story, build).then_refused_for(
            *((NOT_FOUND, ("users", "usernames", place)) for place in "1245")
        )


def test_of_the_unknown_ones_a_thousand_are_told(given: Given) -> None:
    """The first."""
    refused = when(given(*ANN_AND_BO), add(ANN, *["nobody"] * 1_200)).refused
    assert refused is not None
    places = [rejection.path[-1] for rejection in refused.rejections]
    assert places == [str(place) for place in range(1, 1_001)]


def test_too_many_are_refused_before_they_are_looked_at() -> None:
    """Counted as given."""
    UserRefs.of(UserKey.USERNAME, ["?"] * MAX_USERS)
    with pytest.raises(CommandRejected) as refused:
        UserRefs.of(UserKey.USERNAME, ["ann"] * (MAX_USERS + 1))
    (rejection,) = refused.value.rejections
    assert (rejection.code, rejection.path) == (RejectionCode.INVALID, ("users", "usernames"))
    assert "100,000" in rejection.message


def test_thousands_are_told_by_several_events_of_one_command(given: Given) -> None:
    """Of 5,000 each, in the order in which they were named; each person in one of them."""
    users = [f"user_{number:032x}" for number in range(2 * MAX_USERS_PER_EVENT + 1)]
    story = given(created(A))
    known = Everybody(story.log, users)
    for build, kind in ((add(*users), MembersAdded), (remove(*users), MembersRemoved)):
        answer = story.when(build(), snapshots=known)
        told = _told(answer, kind)
        assert [len(record) for record in told] == [MAX_USERS_PER_EVENT, MAX_USERS_PER_EVENT, 1]
        assert [user for record in told for user in record] == users
        assert len({record.envelope.command_id for record in story.recorded(answer.before)}) == 1


def test_the_same_again_gives_the_first_result(given: Given) -> None:
    """However things are by now; in another spelling it is the same, of other people it is not."""
    story = given(*ANN_AND_BO)
    build = add("ann", "bo", by=UserKey.USERNAME)
    story = when(story, build, command_id="c-1").then(joined(A, ANN, BO))
    story = story.and_then(left(A, ANN, BO), erased(ANN, 2, person("ann")), archived(A, 2))
    for again in (build, add(" ANN", "Bo", by=UserKey.USERNAME)):
        when(story, again, command_id="c-1").then_repeated(joined(A, ANN, BO), position=4)
    for other in (
        add("ann", by=UserKey.USERNAME),
        add("bo", "ann", by=UserKey.USERNAME),
        add(ANN, BO),
        remove("ann", "bo", by=UserKey.USERNAME),
        add("ann", "bo", by=UserKey.USERNAME, segment=by_id(B)),
    ):
        answer = when(story, other, command_id="c-1")
        answer.then_refused(RejectionCode.COMMAND_REUSED, path=("commandId",))


class Everybody(StoodStill):
    """Knew the given people when there was one event, and nobody in anything."""

    def __init__(self, log: EventLog, users: list[str]) -> None:
        super().__init__(log, 1)
        self._those = users

    def look_up(self, segment: SegmentId, by: UserKey, keys: Sequence[str]) -> MemberLookup:
        return MemberLookup({user: user for user in self._those}, set())


def _told(answer: Answer, kind: type[MembersAdded | MembersRemoved]) -> list[tuple[str, ...]]:
    assert answer.outcome is not None
    recorded_events = [event for event in answer.outcome.events if isinstance(event, kind)]
    assert len(recorded_events) == len(answer.outcome.events)
    return [event.user_ids for event in recorded_events]
