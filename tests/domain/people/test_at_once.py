"""Many commands on people at the same moment: what must be unique is, and a site admin is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from domain.kernel.commands.command import Command
from domain.kernel.ids import UserId
from domain.kernel.principal import Role
from domain.kernel.rejections import RejectionCode, Taken
from domain.log import Recorder
from domain.memberships.erase_user import EraseUser
from domain.people.active_site_admins import ActiveSiteAdmins
from domain.people.create_user import CreateUser
from domain.people.identifiers.lookup import UserKey
from domain.people.state import user_of
from domain.people.update_user import UpdateUser
from domain.people.values import UserStatus
from tests.domain.faulty_store import FaultyStore
from tests.domain.given import Answer, Given, Story
from tests.domain.people.commands import assign, create, only, ref, update
from tests.domain.people.events import ANN, BO, added, altered, assigned, person

WAIT_TIMEOUT_S = 30
THREADS = 12
IDS = [UserId(f"user_{number:032x}") for number in range(THREADS)]
ADMIN = [Role.SITE_ADMIN]
TAKEN = {
    "username": RejectionCode.USERNAME_TAKEN,
    "email": RejectionCode.EMAIL_TAKEN,
    "code": RejectionCode.CODE_TAKEN,
}
SPELLINGS = {
    "username": ["ann", "ANN", " Ann "],
    "email": ["ann@example.test", "ANN@example.test", "Ann@EXAMPLE.TEST"],
    "code": ["Pers 7", "PERS 7", "pers ７"],
}


def _at_once(story: Story, commands: Sequence[Callable[[], Command]]) -> list[Answer]:
    """Answers of commands that are sent at the same moment, each by a thread of its own."""
    barrier = Barrier(len(commands))

    def send(build: Callable[[], Command]) -> Answer:
        command = build()
        barrier.wait(WAIT_TIMEOUT_S)
        return story.when(command)

    with ThreadPoolExecutor(len(commands)) as threads:
        sent = [threads.submit(send, build) for build in commands]
        return [answer.result(WAIT_TIMEOUT_S) for answer in sent]


def _creation(number: int, field: str) -> CreateUser:
    fields: dict[str, Any] = {"username": f"u{number}", field: SPELLINGS[field][number % 3]}
    fields.setdefault("email", f"u{number}@example.test")
    return create(IDS[number], **fields)


def _change(number: int, field: str) -> UpdateUser:
    return update(ref(IDS[number]), **only(field, SPELLINGS[field][number % 3]))


def _one_won(answers: Sequence[Answer], field: str) -> None:
    """One has it; all others are told who."""
    [winner] = [answer.outcome for answer in answers if answer.outcome]
    refused = [answer.refused for answer in answers if answer.refused]
    assert len(refused) == len(answers) - 1
    for each in refused:
        [rejection] = each.rejections
        assert isinstance(rejection, Taken)
        assert (rejection.code, rejection.path) == (TAKEN[field], (field,))
        assert rejection.held_by == user_of(winner.events[0])


@pytest.mark.parametrize("field", TAKEN)
def test_of_many_creations_with_one_value_exactly_one_wins(given: Given, field: str) -> None:
    """Spelled differently; the others are refused, and nothing of them is recorded."""
    story = given()
    _one_won(_at_once(story, [partial(_creation, n, field) for n in range(THREADS)]), field)
    assert story.head == 1


@pytest.mark.parametrize("field", TAKEN)
def test_of_creations_and_changes_to_one_value_exactly_one_wins(given: Given, field: str) -> None:
    """Whichever way it is taken."""
    half = THREADS // 2
    story = given(*(added(user, person(f"p{n}")) for n, user in enumerate(IDS[:half])))
    changes = [partial(_change, n, field) for n in range(half)]
    creations = [partial(_creation, n, field) for n in range(half, THREADS)]
    _one_won(_at_once(story, [*changes, *creations]), field)
    assert story.head == half + 1


# ---------------------------------------------------------------- the last site admin

GOING: dict[str, Callable[[UserId], Command]] = {
    "demoted": lambda user: assign(Role.LEARNER, who=ref(user)),
    "suspended": lambda user: update(ref(user), status=UserStatus.SUSPENDED),
    "erased": lambda user: EraseUser(ref(user)),
}
PATHS = {"demoted": ("roles",), "suspended": ("status",), "erased": ("user",)}


@pytest.mark.parametrize("how", GOING)
@pytest.mark.parametrize("rival_how", GOING)
def test_who_became_the_last_in_the_last_moment_stays(
    store: Recorder, how: str, rival_how: str
) -> None:
    """The other goes after this command has read, and before it records."""
    troubled = FaultyStore(store)
    story = Story(troubled).and_then(added(ANN, roles=ADMIN), added(BO, roles=ADMIN))
    rival = Story(store)
    troubled.plan("append", [lambda: rival.when(GOING[rival_how](BO))])
    refused = story.when(GOING[how](ANN)).refused
    assert refused is not None
    [rejection] = refused.rejections
    assert (rejection.code, rejection.path) == (RejectionCode.INVALID, PATHS[how])
    assert (refused.position, story.head) == (3, 3)


@pytest.mark.parametrize("how", GOING)
def test_of_all_site_admins_going_at_once_exactly_one_stays(given: Given, how: str) -> None:
    """Every other goes through: who stays is whoever came last."""
    story = given(*(added(user, person(f"p{n}"), ADMIN) for n, user in enumerate(IDS)))
    _one_stayed(story, [partial(GOING[how], user) for user in IDS])


def test_gone_in_different_ways_at_once_one_stays_too(given: Given) -> None:
    """Each alone would be free to go; together they are not."""
    story = given(*(added(user, person(f"p{n}"), ADMIN) for n, user in enumerate(IDS)))
    ways = list(GOING.values()) * THREADS
    _one_stayed(story, [partial(way, user) for way, user in zip(ways, IDS, strict=False)])


def _one_stayed(story: Story, commands: Sequence[Callable[[], Command]]) -> None:
    answers = _at_once(story, commands)
    [refused] = [answer.refused for answer in answers if answer.refused]
    assert [rejection.code for rejection in refused.rejections] == [RejectionCode.INVALID]
    register = ActiveSiteAdmins()
    for record in story.recorded():
        register.apply(record.event)
    assert [register.is_last(user) for user in IDS].count(True) == 1


def test_two_edits_of_one_person_are_both_made(store: Recorder) -> None:
    """The second begins with what the first has left: its before is the first one's after."""
    troubled = FaultyStore(store)
    story = Story(troubled).and_then(added())
    rival = Story(store)
    first = altered(ANN, 2, person("ann"), last_name="Jones")
    troubled.plan("append", [lambda: rival.and_then(first)])
    outcome = story.when(update(last_name="Doe", first_name="Anna")).outcome
    assert outcome is not None
    now = person("ann", last_name="Jones")
    assert outcome.events == (altered(ANN, 3, now, last_name="Doe", first_name="Anna"),)


@pytest.mark.parametrize(("call", "undisturbed"), [("read", 1), ("append", 0)])
def test_a_username_that_moves_meanwhile_names_its_new_holder(
    store: Recorder, call: str, undisturbed: int
) -> None:
    """Whether it moves between two readings or just before the append."""
    troubled = FaultyStore(store)
    ann, bo = person("ann"), person("bo")
    story = Story(troubled).and_then(added(ANN, ann), added(BO, bo))
    moves = (altered(ANN, 2, ann, username="anna"), altered(BO, 2, bo, username="ann"))
    rival = Story(store)
    still: list[Callable[[], object]] = [lambda: None] * undisturbed
    troubled.plan(call, [*still, lambda: rival.and_then(*moves)])
    outcome = story.when(assign(Role.AUDITOR, who=ref("ann", UserKey.USERNAME))).outcome
    assert outcome is not None
    assert outcome.events == (assigned(BO, 3, [], [Role.AUDITOR]),)
