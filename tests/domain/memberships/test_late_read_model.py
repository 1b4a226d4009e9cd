"""Rosters are decided on a read model that may be late, exactly all the same: as if it were not."""

from __future__ import annotations

import pytest

from domain.kernel.event import Event
from domain.kernel.rejections import RejectionCode
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from tests.domain.given import Given
from tests.domain.memberships.commands import Build, add, every_lag, remove, when
from tests.domain.memberships.events import joined, left
from tests.domain.memory_recorder import MemoryRecorder
from tests.domain.people.events import (
    ANN,
    BO,
    CY,
    added,
    altered,
    back,
    erased,
    person,
    removed,
    turned,
)
from tests.domain.segments.commands import by_code
from tests.domain.segments.events import (
    A,
    B,
    archived,
    created,
    deleted,
    edited,
    reinstated,
    restored,
)
from tests.domain.snapshots import StoodStill

NOT_FOUND = RejectionCode.NOT_FOUND
USERNAME, EMAIL, CODE = UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE

BEFORE = (created(A), added(ANN), added(BO))
ANNA = altered(ANN, 2, person("ann"), username="anna")
ANN_AGAIN = altered(ANN, 3, person("anna", email="ann@example.test"), username="ann")
BO_AS_ANN = altered(BO, 2, person("bo"), username="ann")
ANN_HAS_7 = altered(ANN, 2, person("ann"), code="7")
ANN_HAS_NONE = altered(ANN, 3, person("ann", code="7"), code=None)
BO_HAS_8 = altered(BO, 2, person("bo"), code="8")
NO_ANN = erased(ANN, 2, person("ann"))
WENT_WITH_IT = (
    joined(A, ANN, BO),
    deleted(A, 2),
    removed(ANN, 2, person("ann")),
    reinstated(A, 3),
    joined(A, BO),
    back(ANN, 3, person("ann")),
)
"""The segment was deleted; Ann was off the site when it came back, and is not in it any more."""

ROSTERS: dict[str, tuple[tuple[Event, ...], Build, tuple[Event, ...]]] = {
    "added when in": ((joined(A, ANN),), add(ANN), ()),
    "two added, one of whom is in": ((joined(A, ANN),), add(ANN, BO), (joined(A, BO),)),
    "added when in and out again": ((joined(A, ANN), left(A, ANN)), add(ANN), (joined(A, ANN),)),
    "two added who are in, one for the second time": (
        (joined(A, ANN, BO), left(A, ANN), joined(A, ANN)),
        add(ANN, BO),
        (),
    ),
    "two removed, one of whom is out": (
        (joined(A, ANN, BO), left(A, ANN)),
        remove(ANN, BO),
        (left(A, BO),),
    ),
    "removed when in": ((joined(A, ANN),), remove(ANN), (left(A, ANN),)),
    "added when in another segment": ((created(B), joined(B, ANN)), add(ANN), (joined(A, ANN),)),
    "removed when in another segment": ((created(B), joined(B, ANN)), remove(ANN), ()),
    "added when the name is another's, who is in": (
        (joined(A, BO), ANNA, BO_AS_ANN),
        add("ann", by=USERNAME),
        (),
    ),
    "removed when the name is another's, who is in": (
        (joined(A, BO), ANNA, BO_AS_ANN),
        remove("ann", by=USERNAME),
        (left(A, BO),),
    ),
    "added when the name is another's, who was in": (
        (joined(A, BO), left(A, BO), ANNA, BO_AS_ANN),
        add("ann", by=USERNAME),
        (joined(A, BO),),
    ),
    "added when the name is another's, who came in after that": (
        (ANNA, BO_AS_ANN, joined(A, BO)),
        add("ann", by=USERNAME),
        (),
    ),
    "added who went with the segment": (WENT_WITH_IT, add(ANN, BO), (joined(A, ANN),)),
    "removed who went with the segment": (WENT_WITH_IT, remove(ANN, BO), (left(A, BO),)),
    "added after archiving and restoring": (
        (archived(A, 2), restored(A, 3)),
        add(ANN),
        (joined(A, ANN),),
    ),
}
"""Who came and went; what is then done; what comes of it."""

FOUND: dict[str, tuple[tuple[Event, ...], Build, str]] = {
    "new, by id": ((added(CY),), add(CY), CY),
    "new, by username": ((added(CY),), add("cy", by=USERNAME), CY),
    "new, by the username of somebody erased": (
        (NO_ANN, added(CY, person("ann"))),
        add("ann", by=USERNAME),
        CY,
    ),
    "suspended": (
        (turned(ANN, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED),),
        add("ann", by=USERNAME),
        ANN,
    ),
    "by username, with another last name": (
        (altered(ANN, 2, person("ann"), last_name="Jones"),),
        add("ann", by=USERNAME),
        ANN,
    ),
    "by a new username": ((ANNA,), add("anna", by=USERNAME), ANN),
    "by id, with a new username": ((ANNA,), add(ANN), ANN),
    "by a username that went to another": ((ANNA, BO_AS_ANN), add("ann", by=USERNAME), BO),
    "by a username given up and taken again": ((ANNA, ANN_AGAIN), add("ann", by=USERNAME), ANN),
    "by a new address": (
        (altered(ANN, 2, person("ann"), email="a@b.test"),),
        add("A@B.test", by=EMAIL),
        ANN,
    ),
    "by a new code": ((ANN_HAS_7, BO_HAS_8), add("8", by=CODE), BO),
}
"""What happened to people; whom a call names then; who that is."""

NOT_THERE: dict[str, tuple[tuple[Event, ...], Build]] = {
    "erased, added by id": ((NO_ANN,), add(ANN)),
    "erased, added by username": ((NO_ANN,), add("ann", by=USERNAME)),
    "erased, removed by username": ((NO_ANN,), remove("ann", by=USERNAME)),
    "in, out and erased, removed by id": ((joined(A, ANN), left(A, ANN), NO_ANN), remove(ANN)),
    "added by a former username": ((ANNA,), add("ann", by=USERNAME)),
    "removed by a former username": ((ANNA,), remove("ann", by=USERNAME)),
    "added by a former code": ((ANN_HAS_7, ANN_HAS_NONE), add("7", by=CODE)),
    "added by a former address": (
        (altered(ANN, 2, person("ann"), email="a@b.test"),),
        add("ann@example.test", by=EMAIL),
    ),
}
"""What happened to people; a call that names somebody who then is nobody."""

POSITIONS = range(len(BEFORE) + len(WENT_WITH_IT) + 1)


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize(("later", "build", "expected"), ROSTERS.values(), ids=ROSTERS)
def test_who_is_in_is_known(
    given: Given,
    later: tuple[Event, ...],
    build: Build,
    expected: tuple[Event, ...],
    position: int,
) -> None:
    """Whatever happened after the position that the read model has reached."""
    story = given(*BEFORE, *later)
    answer = when(story, build, StoodStill(story.log, position))
    if expected:
        answer.then(*expected)
    else:
        answer.then_nothing()


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize(("later", "build", "user"), FOUND.values(), ids=FOUND)
def test_who_is_meant_is_known(
    given: Given, later: tuple[Event, ...], build: Build, user: str, position: int
) -> None:
    """Whoever holds what they were named by now."""
    story = given(*BEFORE, *later)
    when(story, build, StoodStill(story.log, position)).then(joined(A, user))


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize(("later", "build"), NOT_THERE.values(), ids=NOT_THERE)
def test_who_is_not_there_is_known(
    given: Given, later: tuple[Event, ...], build: Build, position: int
) -> None:
    """Erased, or called otherwise by now."""
    story = given(*BEFORE, *later)
    refused = when(story, build, StoodStill(story.log, position)).refused
    assert refused is not None
    assert [(r.code, r.path[-1]) for r in refused.rejections] == [(NOT_FOUND, "0")]


def test_the_segment_is_what_it_is_now(given: Given) -> None:
    """Called by another code, archived, or deleted."""
    story = given(created(A, code="s"), added(ANN), edited(A, 2, code=("s", "t")))
    for known in every_lag(story):
        answer = when(story, add(ANN, segment=by_code("s")), known)
        answer.then_refused(NOT_FOUND, path=("segment", "code"))
    story = story.and_then(created(B, code="s"))
    when(story, add(ANN, segment=by_code("S")), StoodStill(story.log, 1)).then(joined(B, ANN))
    story = story.and_then(archived(A, 3))
    for known in every_lag(story):
        for build in (add("nobody"), remove(ANN), add()):
            when(story, build, known).then_refused(RejectionCode.ARCHIVED, path=("segment",))
    story = story.and_then(deleted(A, 4, code="t"))
    for known in every_lag(story):
        when(story, add(ANN), known).then_refused(NOT_FOUND, path=("segment", "id"))


def test_two_commands_after_another_on_a_read_model_that_stands_still(given: Given) -> None:
    """The second sees what the first did, and the third what both did."""
    story = given(*BEFORE)
    known = StoodStill(story.log, 0)
    story = when(story, add(ANN, BO), known).then(joined(A, ANN, BO))
    story = when(story, remove(ANN), known).then(left(A, ANN))
    story = when(story, add(ANN, BO), known).then(joined(A, ANN))
    when(story, add(ANN, BO), known).then_nothing()


def test_a_late_read_model_is_only_asked_for_those_who_are_named() -> None:
    """Each once, by what they are looked up by."""
    story = Given(MemoryRecorder())(*BEFORE)
    known = StoodStill(story.log, 3)
    when(story, add("BO", "ann", "Ann ", by=USERNAME), known)
    assert known.asked == [["bo", "ann"]]
