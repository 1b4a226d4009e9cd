"""How a command learns what it depends on: by its events, or by a snapshot and those since."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from domain import boundary_reader
from domain.boundary_reader import FEW, Boundary, BoundaryReader
from domain.dispatch import Dispatcher
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.memberships.erase_user import EraseUser
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from tests.domain.faulty_store import FaultyStore
from tests.domain.given import NOW, REQUEST_KEY, Given, Story, request
from tests.domain.people.commands import assign, ref
from tests.domain.people.commands import create as create_user
from tests.domain.people.commands import update as update_user
from tests.domain.people.events import (
    ANN,
    BO,
    CY,
    added,
    altered,
    assigned,
    erased,
    person,
    turned,
)
from tests.domain.segments.commands import archive, by_code, by_id, create, update
from tests.domain.segments.events import A, B, archived, created, deleted, edited, reinstated
from tests.domain.snapshots import StoodStill

ADMIN = [Role.SITE_ADMIN]
ACTIVE, SUSPENDED = UserStatus.ACTIVE, UserStatus.SUSPENDED
LAST = RejectionCode.INVALID
USERNAME = UserKey.USERNAME
RENAMED = person("anna", email="ann@example.test", first_name="Ann")
ANNA = altered(ANN, 2, person("ann"), username="anna")

MOVED = (
    created(A, code="s"),
    created(B),
    edited(A, 2, code=("s", None)),
    edited(B, 2, code=(None, "s")),
)
GIVEN_AWAY = (added(ANN), added(BO), ANNA, altered(BO, 2, person("bo"), username="ann"))
SUSPENDED_ONE_GOT_THE_ROLE = (
    added(ANN, roles=ADMIN),
    added(BO),
    turned(BO, 2, ACTIVE, SUSPENDED),
    assigned(BO, 3, [], ADMIN),
)
IS_BACK = (*SUSPENDED_ONE_GOT_THE_ROLE, turned(BO, 4, SUSPENDED, ACTIVE))

CASES: dict[str, tuple[tuple[Event, ...], Callable[[], Boundary], Event | RejectionCode]] = {
    "a segment, by its id": (
        (created(A), edited(A, 2, name=("Sales", "B"))),
        lambda: update(by_id(A), name="C"),
        edited(A, 3, name=("B", "C")),
    ),
    "a segment, by a code that went to it": (
        MOVED,
        lambda: update(by_code("S"), name="X"),
        edited(B, 3, name=("Sales", "X")),
    ),
    "a code that went to another": (
        MOVED,
        lambda: update(by_id(A), code="s"),
        RejectionCode.CODE_TAKEN,
    ),
    "a new segment, by a code that is another's": (
        MOVED,
        lambda: create(code="s"),
        RejectionCode.CODE_TAKEN,
    ),
    "a segment that is gone": (
        (created(A), deleted(A, 2)),
        lambda: archive(by_id(A)),
        RejectionCode.NOT_FOUND,
    ),
    "a segment that is back": (
        (created(A), deleted(A, 2), reinstated(A, 3)),
        lambda: archive(by_id(A)),
        archived(A, 4),
    ),
    "a user, by a name that went to them": (
        GIVEN_AWAY,
        lambda: assign(Role.LEARNER, who=ref("ann", USERNAME)),
        assigned(BO, 3, [], [Role.LEARNER]),
    ),
    "a user whose name was changed": (
        GIVEN_AWAY,
        lambda: update_user(last_name="Jones"),
        altered(ANN, 3, RENAMED, last_name="Jones"),
    ),
    "a name that went to another": (
        GIVEN_AWAY,
        lambda: update_user(username="ann"),
        RejectionCode.USERNAME_TAKEN,
    ),
    "a new user, by a name that is another's": (
        GIVEN_AWAY,
        lambda: create_user(CY, username="ann"),
        RejectionCode.USERNAME_TAKEN,
    ),
    "a user who is erased": (
        (added(ANN), erased(ANN, 2, person("ann"))),
        lambda: assign(Role.LEARNER),
        RejectionCode.NOT_FOUND,
    ),
    "the last site admin, one that is suspended aside": (
        SUSPENDED_ONE_GOT_THE_ROLE,
        assign,
        LAST,
    ),
    "the last site admin, to be suspended": (
        SUSPENDED_ONE_GOT_THE_ROLE,
        lambda: update_user(status=SUSPENDED),
        LAST,
    ),
    "the last site admin, to be erased": (
        SUSPENDED_ONE_GOT_THE_ROLE,
        lambda: EraseUser(ref()),
        LAST,
    ),
    "one of two site admins": (IS_BACK, assign, assigned(ANN, 2, ADMIN, [])),
}
"""What happened; a command; what it records, or is refused for."""


def decided(reader: BoundaryReader, command: Boundary) -> Event | RejectionCode:
    """The one event that a command would record, or the first reason against it."""
    reader.bring_forward(command, "nobody's")
    try:
        (proposed,) = command.decide()
    except CommandRejected as refused:
        return refused.rejections[0].code
    return proposed.event


@pytest.mark.parametrize("position", range(6))
@pytest.mark.parametrize(("events", "build", "expected"), CASES.values(), ids=CASES)
def test_a_snapshot_of_any_position_will_do(
    given: Given,
    events: tuple[Event, ...],
    build: Callable[[], Boundary],
    expected: Event | RejectionCode,
    position: int,
) -> None:
    """The events since then are folded on top."""
    story = given(*events)
    reader = BoundaryReader(story.log, StoodStill(story.log, position), few=0)
    assert decided(reader, build()) == expected
    assert decided(BoundaryReader(story.log, StoodStill(story.log)), build()) == expected


def edits(count: int) -> Sequence[Event]:
    """A segment with so many events of its own."""
    names = (edited(A, n, name=(f"{n - 1}", f"{n}")) for n in range(2, count + 1))
    return [created(A), *names]


@pytest.mark.parametrize(("events", "opened"), [(FEW, 0), (FEW + 1, 1)])
def test_few_events_are_folded_without_a_snapshot(given: Given, events: int, opened: int) -> None:
    """More of them with one."""
    story = given(*edits(events))
    snapshots = StoodStill(story.log, events)
    reader = BoundaryReader(story.log, snapshots)
    assert decided(reader, archive(by_id(A))) == archived(A, events + 1)
    assert snapshots.opened == opened


class AnotherRelease(StoodStill):
    """What it knows may be less than what the events amount to."""

    is_of_this_release = False


def test_beside_another_release_s_read_model_all_events_are_folded(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pages, each once."""
    monkeypatch.setattr(boundary_reader, "BATCH_SIZE", 10)
    for count in (FEW + 1, 40, 41):
        log = given(*edits(count)).log
        reader = BoundaryReader(log, AnotherRelease(log))
        assert decided(reader, archive(by_id(A))) == archived(A, count + 1)


def dispatcher(story: Story, position: int) -> Dispatcher:
    snapshots = StoodStill(story.log, position)
    return Dispatcher(story.log, lambda: NOW, REQUEST_KEY, snapshots)


@pytest.mark.parametrize("position", [0, FEW, FEW + 1, FEW + 2])
def test_a_command_on_a_long_story_is_done_once(given: Given, position: int) -> None:
    """Whether the snapshot knows already what it did, or not."""
    story = given(*edits(FEW + 1))
    asked = request(archive(by_id(A)), command_id="once")
    first = dispatcher(story, FEW).dispatch(archive(by_id(A)), asked)
    again = dispatcher(story, position).dispatch(archive(by_id(A)), asked)
    assert (again.events, again.position, again.repeated) == (first.events, first.position, True)
    assert [record.event for record in story.recorded(FEW + 1)] == [archived(A, FEW + 2)]


@pytest.mark.parametrize("known", [FEW + 1, FEW + 2])
@pytest.mark.parametrize("read", [1, 2])
def test_a_command_sent_twice_at_once_is_done_once(given: Given, read: int, known: int) -> None:
    """Though the other came between two of its reads, and the snapshot knows what it did."""
    story = given(*edits(FEW + 1))
    asked = request(update(by_id(A), name="X"), command_id="once")
    troubled = FaultyStore(story.store)
    rival = dispatcher(story, FEW)
    happenings = [lambda: None] * (read - 1)
    troubled.plan("read", [*happenings, lambda: rival.dispatch(update(by_id(A), name="X"), asked)])
    again = dispatcher(Story(troubled), known).dispatch(update(by_id(A), name="X"), asked)
    assert again.repeated
    assert len(story.recorded(FEW + 1)) == 1


def test_a_rival_of_a_command_on_a_long_story_is_noticed(given: Given) -> None:
    """It is decided anew."""
    story = given(*edits(FEW + 1))
    troubled = FaultyStore(story.store)
    rival = dispatcher(story, FEW)
    troubled.plan("append", [lambda: rival.dispatch(archive(by_id(A)), request(archive(by_id(A))))])
    late = dispatcher(Story(troubled), 5)
    with pytest.raises(CommandRejected) as refused:
        late.dispatch(update(by_id(A), name="X"), request(update(by_id(A), name="X")))
    assert refused.value.rejections[0].code is RejectionCode.ARCHIVED
