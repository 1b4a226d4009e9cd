"""From a command to events: once and only once, whatever rivals and connections do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, repeat

import pytest
from eventsourcing.persistence import IntegrityError, InterfaceError

from domain.command_result import Unavailable
from domain.kernel.commands.command import Command
from domain.kernel.rejections import CommandRejected, RejectionCode
from domain.learner import MAX_ATTEMPTS
from domain.log import Recorder
from tests.domain.faulty_store import FaultyStore, lost
from tests.domain.given import Given, Story, request
from tests.domain.principals import LEARNER
from tests.domain.segments.commands import archive, by_code, by_id, create, update
from tests.domain.segments.events import A, B, C, archived, created, edited, restored


@pytest.fixture
def troubled(store: Recorder) -> FaultyStore:
    """The store as the command under test sees it; `rival` is on the same log without trouble."""
    return FaultyStore(store)


@pytest.fixture
def given(troubled: FaultyStore) -> Given:
    return Given(troubled)


@pytest.fixture
def rival(store: Recorder) -> Story:
    return Story(store)


# ---------------------------------------------------------------- lost races


def test_a_lost_race_is_run_again_on_what_is_so_now(
    given: Given, troubled: FaultyStore, rival: Story
) -> None:
    """Somebody changes the segment after it was read: the command is decided anew, on that."""
    story = given(created(A))
    troubled.plan("append", [lambda: rival.and_then(edited(A, 2, visible=(True, False)))])
    outcome = story.when(update(by_id(A), name="x")).outcome
    assert outcome is not None
    assert outcome.events == (edited(A, 3, name=("Sales", "x")),)
    assert (outcome.position, story.head) == (3, 3)


def test_a_lost_race_may_end_in_a_refusal(
    given: Given, troubled: FaultyStore, rival: Story
) -> None:
    """The version that was expected is no more when the command gets its turn."""
    story = given(created(A))
    troubled.plan("append", [lambda: rival.and_then(edited(A, 2, name=("Sales", "y")))])
    refused = story.when(update(by_id(A), 1, name="x")).refused
    assert refused is not None
    assert refused.rejections[0].code is RejectionCode.VERSION_CONFLICT
    assert (refused.position, story.head) == (2, 2)


def test_a_lost_race_may_leave_nothing_to_do(
    given: Given, troubled: FaultyStore, rival: Story
) -> None:
    """A rival that wanted the same thing did it."""
    story = given(created(A))
    troubled.plan("append", [lambda: rival.and_then(archived(A, 2))])
    outcome = story.when(archive(by_id(A))).outcome
    assert outcome is not None
    assert (outcome.events, outcome.position, outcome.repeated) == ((), 2, False)


def test_a_code_that_is_taken_in_the_last_moment_is_refused(
    given: Given, troubled: FaultyStore, rival: Story
) -> None:
    """A creation does not even read before; the condition of its append holds the code."""
    story = given()
    troubled.plan("append", [lambda: rival.and_then(created(B, code="S"))])
    refused = story.when(create(A, code="s")).refused
    assert refused is not None
    assert [getattr(rejection, "held_by", None) for rejection in refused.rejections] == [B]


def test_a_creation_without_a_code_has_no_rivals(
    given: Given, troubled: FaultyStore, rival: Story
) -> None:
    """What happens to other segments does not stand in its way: one append and no reading."""
    story = given()
    troubled.plan("append", [lambda: rival.and_then(created(B))])
    story.when(create(A))
    assert troubled.calls == ["append", "after append"]
    assert [record.event for record in story.recorded()] == [created(B), created(A)]


@pytest.mark.parametrize(
    "command", [create(A, code="s"), update(by_id(B), name="x")], ids=["create", "update"]
)
def test_an_id_that_is_used_in_the_last_moment_is_refused(
    given: Given, troubled: FaultyStore, rival: Story, command: Command
) -> None:
    """Also by a command that has nothing else in common with this one."""
    story = given(created(B))
    troubled.plan("append", [lambda: rival.when(create(C, code="t"), command_id="c-1")])
    refused = story.when(command, command_id="c-1").refused
    assert refused is not None
    assert (refused.rejections[0].code, refused.position) == (RejectionCode.COMMAND_REUSED, 2)


@pytest.mark.parametrize(("call", "undisturbed"), [("read", 1), ("append", 0)])
def test_a_code_that_moves_meanwhile_names_its_new_holder(
    given: Given, troubled: FaultyStore, rival: Story, call: str, undisturbed: int
) -> None:
    """Whether it moves between two readings or just before the append."""
    story = given(created(A, code="s"), created(B))
    moves = (edited(A, 2, code=("s", None)), edited(B, 2, code=(None, "s")))
    troubled.plan(call, [_nothing] * undisturbed + [lambda: rival.and_then(*moves)])
    outcome = story.when(update(by_code("s"), name="x")).outcome
    assert outcome is not None
    assert outcome.events == (edited(B, 3, name=("Sales", "x")),)


def test_from_the_second_attempt_on_rivals_stand_in_line(
    given: Given, troubled: FaultyStore, rival: Story
) -> None:
    """The first attempt takes its chance; the line is that of everything the command depends on."""
    story = given(created(A))
    changes = [archived(A, 2), restored(A, 3)]
    troubled.plan("append", [lambda: rival.and_then(*changes)])
    outcome = story.when(update(by_id(A), code="T")).outcome
    assert outcome is not None
    assert outcome.events == (edited(A, 4, code=(None, "T")),)
    assert troubled.lines == [f"code:t segment:{A}"]


def test_attempts_are_bounded(given: Given, troubled: FaultyStore, rival: Story) -> None:
    """Losing again and again ends in Unavailable with nothing recorded, and may be repeated."""
    story = given(created(A))
    version = count(2)
    troubled.plan("append", repeat(lambda: rival.and_then(edited(A, next(version)))))
    with pytest.raises(Unavailable):
        story.when(update(by_id(A), name="x"), command_id="c-1")
    assert troubled.calls.count("append") == MAX_ATTEMPTS
    assert [record.envelope.command_id for record in story.recorded()] == ["history"] * story.head
    troubled.plan("append", [])
    record = edited(A, MAX_ATTEMPTS + 2, name=("Sales", "x"))
    story.when(update(by_id(A), name="x"), command_id="c-1").then(record)


# ---------------------------------------------------------------- lost connections


def test_a_lost_reply_to_commit_gives_the_first_result(given: Given, troubled: FaultyStore) -> None:
    """The events are stored though nobody said so: the command finds them by its id."""
    story = given(created(A))
    troubled.plan("after append", [lost])
    answer = story.when(archive(by_id(A)), command_id="c-1")
    assert answer.outcome is not None
    assert (answer.outcome.events, answer.outcome.position) == ((archived(A, 2),), 2)
    story.when(archive(by_id(A)), command_id="c-1").then_repeated(archived(A, 2), position=2)


def test_a_conflict_with_oneself_gives_the_first_result(
    given: Given, troubled: FaultyStore
) -> None:
    """After a lost reply the library inserts again, and reports that the condition is not met."""

    def conflict() -> None:
        raise IntegrityError("the facts are there already")

    story = given()
    troubled.plan("after append", [conflict])
    answer = story.when(create(A, code="s"))
    assert answer.outcome is not None
    assert (answer.outcome.events, answer.outcome.position) == ((created(A, code="s"),), 1)
    assert story.head == 1


def test_a_connection_lost_before_the_append_is_said(given: Given, troubled: FaultyStore) -> None:
    """Unavailable, nothing recorded; the same command may be sent again, and is then done."""
    story = given(created(A))
    troubled.plan("append", [lost])
    with pytest.raises(Unavailable):
        story.when(archive(by_id(A)), command_id="c-1")
    story.when(archive(by_id(A)), command_id="c-1").then(archived(A, 2))


def test_not_knowing_is_said_and_repeating_finds_out(given: Given, troubled: FaultyStore) -> None:
    """Reply lost, and the log cannot be asked either: the same command again tells what became."""
    story = given()
    troubled.plan("after append", [lost])
    troubled.plan("read", [lost])
    with pytest.raises(Unavailable):
        story.when(create(A, code="s"), command_id="c-1")
    again = story.when(create(B, code="s"), command_id="c-1")
    again.then_repeated(created(A, code="s"), position=1)


def test_a_client_that_gave_no_command_id_is_told_the_one_to_repeat_with(
    given: Given, troubled: FaultyStore
) -> None:
    """Else a repetition could be a second segment."""
    story = given()
    troubled.plan("after append", [lost])
    troubled.plan("read", [lost])
    with pytest.raises(Unavailable) as unavailable:
        story.when(create(A, code="s"))
    again = story.when(create(B, code="s"), command_id=unavailable.value.command_id)
    again.then_repeated(created(A, code="s"), position=1)


def test_a_lost_connection_does_not_hide_that_the_id_was_used(
    given: Given, troubled: FaultyStore, rival: Story
) -> None:
    """What is found under the id afterwards is looked at as at any other time."""

    def used_and_lost() -> None:
        rival.when(create(B), command_id="c-1").then(created(B))
        lost()

    story = given()
    troubled.plan("append", [used_and_lost])
    refused = story.when(create(A, name="x"), command_id="c-1").refused
    assert refused is not None
    assert (refused.rejections[0].code, refused.position) == (RejectionCode.COMMAND_REUSED, 1)


def _nothing() -> None:
    pass


def _closed() -> None:
    raise InterfaceError("the connection is closed")


@pytest.mark.parametrize("error", [lost, _closed], ids=["operational", "interface"])
@pytest.mark.parametrize("call", ["read", "line"])
def test_a_log_that_cannot_be_reached_is_unavailable(
    given: Given, troubled: FaultyStore, rival: Story, call: str, error: Callable[[], None]
) -> None:
    """At the reading and in the line as well: never the store's own errors."""
    story = given(created(A))
    troubled.plan("append", [lambda: rival.and_then(archived(A, 2))])
    troubled.plan(call, [error])
    with pytest.raises(Unavailable):
        story.when(update(by_id(A), name="x"))


def test_a_wrong_role_is_refused_without_asking_the_log(
    given: Given, troubled: FaultyStore
) -> None:
    """So there is no position to tell."""
    story = given(created(A))
    troubled.plan("append", [])
    for command in (create(B), update(by_id(A), name="x")):
        with pytest.raises(CommandRejected) as refused:
            story.dispatcher().dispatch(command, request(command, by=LEARNER))
        assert refused.value.position is None
    assert troubled.calls == []
