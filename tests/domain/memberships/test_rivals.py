"""Somebody was faster: between what a roster command read and what it would append."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest

from domain.kernel.event import Event
from domain.kernel.rejections import RejectionCode
from domain.log import Recorder
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from domain.snapshot import Snapshot
from tests.domain.faulty_store import FaultyStore
from tests.domain.given import Answer, Given, Story
from tests.domain.memberships.commands import Build, add, erase, remove, when
from tests.domain.memberships.events import joined, left
from tests.domain.people.commands import ref
from tests.domain.people.events import ANN, BO, CY, added, altered, erased, person, turned
from tests.domain.segments.events import A, B, archived, created, deleted, edited
from tests.domain.snapshots import StoodStill

NOT_FOUND = RejectionCode.NOT_FOUND
BEFORE = (created(A), created(B), added(ANN), added(BO), joined(A, BO))
SUSPENSION = turned(ANN, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED)
NO_BO = (left(A, BO), erased(BO, 2, person("bo")))

DECIDED_AGAIN: dict[str, tuple[Sequence[Event], Build, Sequence[Event]]] = {
    "who else is added is in": ([joined(A, ANN)], add(ANN, BO), []),
    "who is in has left": ([left(A, BO)], add(ANN, BO), [joined(A, ANN, BO)]),
    "who is removed has left": ([left(A, BO)], remove(BO), []),
    "who is removed has left and come back": (
        [left(A, BO), joined(A, BO)],
        remove(BO),
        [left(A, BO)],
    ),
    "the segment is renamed": ([edited(A, 2, name=("Sales", "Team"))], add(ANN), [joined(A, ANN)]),
}

REFUSED: dict[str, tuple[Sequence[Event], Build, RejectionCode]] = {
    "who is added is erased": (NO_BO, add(BO, ANN), NOT_FOUND),
    "who is removed is erased": (NO_BO, remove(BO), NOT_FOUND),
    "who is added is called otherwise": (
        [altered(ANN, 2, person("ann"), username="anna")],
        add("ann", by=UserKey.USERNAME),
        NOT_FOUND,
    ),
    "the segment is archived": ([archived(A, 2)], add(ANN), RejectionCode.ARCHIVED),
    "the segment is deleted": ([deleted(A, 2)], add(ANN), NOT_FOUND),
}


def _overtaken(
    store: Recorder, rivals: Sequence[Event], build: Build
) -> tuple[Answer, FaultyStore]:
    """What comes of a command when those events are recorded just before its own."""
    troubled = FaultyStore(store)
    story = Given(troubled)(*BEFORE)
    known = StoodStill(story.log, story.head)
    troubled.plan("append", [lambda: Given(store)(*rivals)])
    return when(story, build, known), troubled


@pytest.mark.parametrize(("rivals", "build", "expected"), DECIDED_AGAIN.values(), ids=DECIDED_AGAIN)
def test_it_decides_again(
    store: Recorder, rivals: Sequence[Event], build: Build, expected: Sequence[Event]
) -> None:
    """On what is so by then, though the read model knows of none of it."""
    answer, _ = _overtaken(store, rivals, build)
    assert answer.outcome is not None
    assert answer.outcome.events == tuple(expected)
    assert _later(answer.story) == [*rivals, *expected]


@pytest.mark.parametrize(("rivals", "build", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_any_more_is_refused(
    store: Recorder, rivals: Sequence[Event], build: Build, code: RejectionCode
) -> None:
    """And nothing is recorded: nobody is in a segment who is not there."""
    answer, _ = _overtaken(store, rivals, build)
    assert answer.refused is not None
    assert [rejection.code for rejection in answer.refused.rejections] == [code]
    assert _later(answer.story) == [*rivals]


@pytest.mark.parametrize(
    "rival",
    [joined(B, ANN), added(CY), SUSPENSION],
    ids=["another roster", "somebody new", "somebody suspended"],
)
def test_what_does_not_matter_does_not_disturb(store: Recorder, rival: Event) -> None:
    """Another roster, somebody new, somebody suspended: it is done at the first attempt."""
    answer, troubled = _overtaken(store, [rival], add(ANN))
    assert answer.outcome is not None
    assert _later(answer.story) == [rival, joined(A, ANN)]
    assert troubled.calls.count("append") == 1


def test_those_who_lost_stand_in_one_line_for_the_segment(store: Recorder) -> None:
    """Other segments go on."""
    _, troubled = _overtaken(store, [joined(A, ANN)], add(ANN, BO))
    assert troubled.lines == [f"segment:{A}"]


@pytest.mark.parametrize(
    ("rivals", "expected"),
    [
        pytest.param([joined(B, BO)], [left(A, BO), left(B, BO)], id="into another"),
        pytest.param([left(A, BO)], [], id="out"),
        pytest.param([deleted(A, 2)], [], id="deleted"),
        pytest.param([archived(A, 2)], [left(A, BO)], id="archived"),
        pytest.param(
            [joined(B, BO), deleted(B, 2)], [left(A, BO)], id="into another, which is deleted"
        ),
        pytest.param(
            [joined(B, BO), deleted(A, 2)], [left(B, BO)], id="into another, and the first deleted"
        ),
        pytest.param([joined(B, ANN)], [left(A, BO)], id="somebody else into another"),
    ],
)
def test_an_erasure_ends_what_began_meanwhile(
    store: Recorder, rivals: Sequence[Event], expected: Sequence[Event]
) -> None:
    """And nothing that has ended by then."""
    answer, _ = _overtaken(store, rivals, erase(ref(BO)))
    assert answer.outcome is not None
    assert _later(answer.story) == [*rivals, *expected, erased(BO, 2, person("bo"))]


class CaughtUp(StoodStill):
    """A read model that learns of all that is done just before it is asked."""

    def __init__(self, story: Story, done: Callable[[], object]) -> None:
        super().__init__(story.log, story.head)
        self._story = story
        self._happens = iter([done])

    @contextmanager
    def open(self, at_least: int = 0) -> Iterator[Snapshot]:
        for done in self._happens:
            done()
        self.position = self._story.head
        with super().open(at_least) as snapshot:
            yield snapshot


@pytest.mark.parametrize(
    ("build", "first"),
    [
        (add(ANN), [joined(A, ANN)]),
        (remove(BO), [left(A, BO)]),
        (erase(ref(BO)), [left(A, BO), erased(BO, 2, person("bo"))]),
    ],
    ids=["add", "remove", "erase"],
)
def test_another_sending_that_the_read_model_knows_already_gives_the_first_result(
    store: Recorder, build: Build, first: Sequence[Event]
) -> None:
    """Though by then there is nothing left to do, or nobody to do it to."""
    story = Given(store)(*BEFORE)
    sent = lambda: when(Story(store), build, command_id="once")  # noqa: E731 - one sending
    answer = when(story, build, CaughtUp(story, sent), command_id="once")
    assert answer.outcome is not None, answer.refused
    assert (answer.outcome.events, answer.outcome.repeated) == (tuple(first), True)
    assert _later(story) == list(first)


def _later(story: Story) -> list[Event]:
    return [record.event for record in story.recorded(len(BEFORE))]
