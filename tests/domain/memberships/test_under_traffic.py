"""Whatever happens to other people and segments meanwhile: a command is done at its first attempt.

Whatever happens to those whom it is about is seen: what comes of it is what would have come of it
if it had been sent after all of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from domain.kernel.event import Event
from domain.kernel.ids import SegmentId
from domain.kernel.principal import Role
from domain.kernel.rejections import RejectionCode
from domain.learner import MAX_ATTEMPTS
from domain.log import Recorder
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from tests.domain.faulty_store import FaultyStore
from tests.domain.given import Answer, Given, Story
from tests.domain.memberships.commands import Build, add, erase, remove, when
from tests.domain.memberships.events import joined, left
from tests.domain.memory_recorder import MemoryRecorder
from tests.domain.people.commands import assign, ref, update
from tests.domain.people.events import ANN, BO, CY, added, altered, assigned, erased, person, turned
from tests.domain.segments.events import A, B, archived, created, deleted, edited, restored
from tests.domain.snapshots import StoodStill

IN_THE_WAY = MAX_ATTEMPTS + 5
"""Events that come just before an append: more than there are attempts."""

BEFORE = (created(A), created(B), added(ANN), added(BO), added(CY), joined(A, BO))
ADMIN, NOBODY = [Role.SITE_ADMIN], list[Role]()
ACTIVE, SUSPENDED = UserStatus.ACTIVE, UserStatus.SUSPENDED


def _to_and_fro() -> Iterator[Event]:
    while True:
        yield from (joined(B, CY), left(B, CY), joined(A, CY), left(A, CY))


def _renamed() -> Iterator[Event]:
    names = ["cy", "cyd"]
    for version in count(2):
        now, after = names[version % 2], names[(version + 1) % 2]
        yield altered(CY, version, person(now, email="c@example.test"), username=after)


def _suspended() -> Iterator[Event]:
    statuses = [ACTIVE, SUSPENDED]
    for version in count(2):
        yield turned(CY, version, statuses[version % 2], statuses[(version + 1) % 2])


def _promoted() -> Iterator[Event]:
    roles = [NOBODY, ADMIN]
    for version in count(2):
        yield assigned(CY, version, roles[version % 2], roles[(version + 1) % 2])


def _edited() -> Iterator[Event]:
    for version in count(2):
        yield edited(B, version, visible=(version % 2 == 0, version % 2 == 1))


TRAFFIC: dict[str, Callable[[], Iterator[Event]]] = {
    "others come and go": _to_and_fro,
    "another is called otherwise": _renamed,
    "another is suspended and comes back": _suspended,
    "another becomes a site admin and is none": _promoted,
    "another segment is edited": _edited,
}
DONE: dict[str, tuple[Build, Sequence[Event]]] = {
    "erase": (erase(ref(BO)), [left(A, BO), erased(BO, 2, person("bo"))]),
    "add": (add(ANN, BO), [joined(A, ANN)]),
    "add by username": (add("ann", by=UserKey.USERNAME), [joined(A, ANN)]),
    "remove": (remove(BO), [left(A, BO)]),
    "assign": (lambda: assign(*ADMIN, who=ref(ANN)), [assigned(ANN, 2, NOBODY, ADMIN)]),
    "suspend": (
        lambda: update(ref(ANN), status=SUSPENDED),
        [turned(ANN, 2, ACTIVE, SUSPENDED)],
    ),
}


def _overtaken(
    store: Recorder, rivals: Sequence[Event], build: Build, times: int = 1
) -> tuple[Answer, FaultyStore]:
    """What comes of a command when those events are recorded just before its own."""
    troubled = FaultyStore(store)
    story = Given(troubled)(*BEFORE)
    known = StoodStill(story.log, story.head)
    left_to_come = iter(rivals)
    at_a_time = -(-len(rivals) // times)
    troubled.plan(
        "append", [lambda: Given(store)(*islice(left_to_come, at_a_time)) for _ in range(times)]
    )
    return when(story, build, known), troubled


@pytest.mark.parametrize("traffic", TRAFFIC.values(), ids=TRAFFIC)
@pytest.mark.parametrize(("build", "expected"), DONE.values(), ids=DONE)
def test_what_happens_to_others_holds_nobody_up(
    store: Recorder,
    build: Build,
    expected: Sequence[Event],
    traffic: Callable[[], Iterator[Event]],
) -> None:
    """It is appended at once, after all that has come between."""
    rivals = list(islice(traffic(), IN_THE_WAY))
    answer, troubled = _overtaken(store, rivals, build)
    assert answer.outcome is not None, answer.refused
    assert answer.outcome.events == tuple(expected)
    assert troubled.calls.count("append") == 1
    assert _later(answer.story) == [*rivals, *expected]


@pytest.mark.parametrize("traffic", TRAFFIC.values(), ids=TRAFFIC)
@pytest.mark.parametrize(("build", "expected"), DONE.values(), ids=DONE)
def test_nor_does_it_at_each_attempt(
    store: Recorder,
    build: Build,
    expected: Sequence[Event],
    traffic: Callable[[], Iterator[Event]],
) -> None:
    """However often it were tried, one more would have come."""
    rivals = list(islice(traffic(), IN_THE_WAY))
    answer, _ = _overtaken(store, rivals, build, times=IN_THE_WAY)
    assert answer.outcome is not None, answer.refused
    assert answer.outcome.events == tuple(expected)


@pytest.mark.parametrize("place", [0, IN_THE_WAY - 1], ids=["the first", "the last"])
def test_what_is_about_them_is_seen_among_all_the_rest(store: Recorder, place: int) -> None:
    """Nobody is in a segment who was erased: not who came just before the append either."""
    rivals = list(islice(_to_and_fro(), IN_THE_WAY))
    rivals[place:place] = [joined(B, BO)]
    answer, troubled = _overtaken(store, rivals, erase(ref(BO)))
    expected = [left(A, BO), left(B, BO), erased(BO, 2, person("bo"))]
    assert answer.outcome is not None, answer.refused
    assert answer.outcome.events == tuple(expected)
    assert troubled.calls.count("append") == 2
    assert _later(answer.story) == [*rivals, *expected]


def test_a_site_admin_is_not_erased_when_the_other_one_goes(store: Recorder) -> None:
    """Though who comes and goes beside the two does not matter."""
    story = Given(store)(added(ANN, roles=ADMIN), added(BO, roles=ADMIN), added(CY))
    troubled = FaultyStore(store)
    rival = [*islice(_promoted(), IN_THE_WAY + 1), assigned(BO, 2, ADMIN, NOBODY)]
    troubled.plan("append", [lambda: Given(store)(*rival)])
    answer = when(Story(troubled), erase(ref(ANN)), StoodStill(story.log, 3))
    assert answer.refused is not None
    assert [rejection.code for rejection in answer.refused.rejections] == [RejectionCode.INVALID]


# ---------------------------------------------------------------- whatever comes between

COMMANDS: list[Build] = [
    erase(ref(ANN)),
    erase(ref("bo", UserKey.USERNAME)),
    add(ANN),
    add("ann", "cy", by=UserKey.USERNAME),
    add("ann@example.test", by=UserKey.EMAIL),
    remove(BO),
    remove("bo", "ann", by=UserKey.USERNAME),
]
Happening = tuple[str, Any]
happenings = st.one_of(
    st.tuples(st.just("moves"), st.tuples(st.sampled_from([ANN, BO, CY]), st.sampled_from([A, B]))),
    st.tuples(
        st.just("is called"),
        st.tuples(st.sampled_from([ANN, BO, CY]), st.sampled_from(["ann", "bo", "cy", "dee"])),
    ),
    st.tuples(st.just("is erased"), st.sampled_from([ANN, BO, CY])),
    st.tuples(st.just("turns"), st.sampled_from([A, B])),
    st.tuples(st.just("is deleted"), st.sampled_from([A, B])),
)


class Site:
    """What may happen next on the site of BEFORE."""

    def __init__(self) -> None:
        self._names: dict[Any, str] = {ANN: "ann", BO: "bo", CY: "cy"}
        self._versions: dict[str, int] = {ANN: 1, BO: 1, CY: 1, A: 1, B: 1}
        self._segments = {A: True, B: True}
        self._inside: set[tuple[SegmentId, Any]] = {(A, BO)}

    def events(self, happening: Happening) -> list[Event]:
        """The events behind it; none when it cannot be."""
        verb, what = happening
        match verb:
            case "moves":
                return self._moves(*what)
            case "is called":
                return self._is_called(*what)
            case "is erased":
                return self._is_erased(what)
            case "turns":
                return self._turns(what)
        return self._is_deleted(what)

    def _moves(self, user: Any, segment: SegmentId) -> list[Event]:
        if user not in self._names or not self._segments.get(segment):
            return []
        was_in = (segment, user) in self._inside
        self._inside ^= {(segment, user)}
        return [left(segment, user) if was_in else joined(segment, user)]

    def _is_called(self, user: Any, name: str) -> list[Event]:
        if user not in self._names or name in self._names.values():
            return []
        before, self._names[user] = self._names[user], name
        own = {ANN: "ann", BO: "bo", CY: "cy"}[user]
        who = person(before, email=f"{own}@example.test")
        return [altered(user, self._next(user), who, username=name)]

    def _is_erased(self, user: Any) -> list[Event]:
        if user not in self._names:
            return []
        own = {ANN: "ann", BO: "bo", CY: "cy"}[user]
        who = person(self._names.pop(user), email=f"{own}@example.test")
        gone = sorted(segment for segment, member in self._inside if member == user)
        self._inside = {(segment, member) for segment, member in self._inside if member != user}
        return [*(left(s, user) for s in gone), erased(user, self._next(user), who)]

    def _turns(self, segment: SegmentId) -> list[Event]:
        if segment not in self._segments:
            return []
        is_open = self._segments[segment] = not self._segments[segment]
        return [(restored if is_open else archived)(segment, self._next(segment))]

    def _is_deleted(self, segment: SegmentId) -> list[Event]:
        if segment not in self._segments:
            return []
        del self._segments[segment]
        self._inside = {(s, member) for s, member in self._inside if s != segment}
        return [deleted(segment, self._next(segment))]

    def _next(self, thing: str) -> int:
        self._versions[thing] += 1
        return self._versions[thing]


@hypothesis_given(
    st.sampled_from(COMMANDS),
    st.lists(happenings, max_size=8),
    st.integers(1, 3),
    st.integers(0, len(BEFORE)),
)
def test_it_is_as_if_it_had_been_sent_afterwards(
    build: Build, happened: list[Happening], times: int, position: int
) -> None:
    """Whatever comes before its appends, and however late the read model is: no change is lost,
    nobody is in a segment who is gone, and nothing is done twice.
    """
    site = Site()
    rivals = [event for happening in happened for event in site.events(happening)]
    store = MemoryRecorder()
    troubled = FaultyStore(store)
    story = Given(troubled)(*BEFORE)
    coming = iter(rivals)
    size = -(-len(rivals) // times)
    plan = [lambda: Given(store)(*islice(coming, size))] * times
    troubled.plan("append", plan)
    answer = when(story, build, StoodStill(story.log, position))
    came = len(rivals) - len(list(coming))
    later = Given(MemoryRecorder())(*BEFORE, *rivals[:came])
    expected = when(later, build)
    assert _told(answer) == _told(expected)
    assert _later(answer.story) == _later(later)


def _told(answer: Answer) -> object:
    if answer.outcome is not None:
        return answer.outcome.events
    assert answer.refused is not None
    return [(rejection.code, rejection.path) for rejection in answer.refused.rejections]


def _later(story: Story) -> list[Event]:
    return [record.event for record in story.recorded(len(BEFORE))]
