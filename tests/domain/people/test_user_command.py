"""What the commands on one user share: finding them, expected versions, being sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.kernel.commands.command import Command
from domain.kernel.event import Event
from domain.kernel.ids import UserId
from domain.kernel.principal import Role
from domain.kernel.rejections import RejectionCode
from domain.people.identifiers.lookup import UserKey
from domain.people.user_command import UserRef
from tests.domain.given import Given
from tests.domain.people.commands import assign, create, ref, update
from tests.domain.people.events import ANN, BO, added, altered, assigned, erased, person
from tests.ids import text_id

NOT_FOUND = RejectionCode.NOT_FOUND
HOLDER = person("ann", code="Pers 7")
NAMES = {
    UserKey.ID: ANN,
    UserKey.USERNAME: "ann",
    UserKey.EMAIL: "ann@example.test",
    UserKey.CODE: "Pers 7",
}
HELD = [UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE]
UNSPEAKABLE = {
    UserKey.ID: ["", "ann", f"{ANN} ", ANN.upper(), ANN.replace("user", "segment"), "user_1"],
    UserKey.USERNAME: ["", " ", "a b", "x" * 101, "a\x00", "\ud800"],
    UserKey.EMAIL: ["", "ann", "a b@x.de", "a" * 255 + "@x.de", "a\n@x.de", "\ud800@x.de"],
    UserKey.CODE: ["", " ", "x" * 401, "a\nb", "\x00", "\ud800"],
}


def _update(who: UserRef, expected: int | None = None) -> Command:
    return update(who, expected_version=expected, last_name="Jones")


def _assign(who: UserRef, expected: int | None = None) -> Command:
    return assign(Role.AUDITOR, who=who, version=expected)


def _updated(user: UserId, version: int, who: Any = HOLDER) -> Event:
    return altered(user, version, who, last_name="Jones")


def _assigned(user: UserId, version: int, _: Any = None) -> Event:
    return assigned(user, version, [], [Role.AUDITOR])


Do = Callable[..., Command]
Done = Callable[..., Event]

both = pytest.mark.parametrize(
    ("do", "done"), [(_update, _updated), (_assign, _assigned)], ids=["update", "assign"]
)


@both
@pytest.mark.parametrize("by", UserKey, ids=lambda by: by.value)
def test_somebody_is_found_by_all_that_names_them(
    given: Given, do: Do, done: Done, by: UserKey
) -> None:
    """By id, or what they hold, other people and their events aside."""
    story = given(added(BO), added(ANN, HOLDER), altered(BO, 2, person("bo"), code="8"))
    story.when(do(ref(NAMES[by], by))).then(done(ANN, 2))


@both
@pytest.mark.parametrize("by", HELD, ids=lambda by: by.value)
def test_who_holds_it_now_is_meant(given: Given, do: Do, done: Done, by: UserKey) -> None:
    """Not who held it first; and when nobody does, nobody is found."""
    freed = {"username": "anna", "email": "anna@example.test", "code": None}
    story = given(added(ANN, HOLDER), altered(ANN, 2, HOLDER, **freed))
    story.when(do(ref(NAMES[by], by))).then_refused(NOT_FOUND, path=("user", by.value))
    story.and_then(added(BO, HOLDER)).when(do(ref(NAMES[by], by))).then(done(BO, 2))


@both
@pytest.mark.parametrize("by", UserKey, ids=lambda by: by.value)
def test_who_was_erased_is_not_found(given: Given, do: Do, done: Done, by: UserKey) -> None:
    """By nothing that named them; whoever takes what they held is found by it."""
    story = given(added(ANN, HOLDER), erased(ANN, 2, HOLDER))
    story.when(do(ref(NAMES[by], by))).then_refused(NOT_FOUND, path=("user", by.value))
    story = story.and_then(added(BO, HOLDER))
    name = BO if by is UserKey.ID else NAMES[by]
    story.when(do(ref(name, by))).then(done(BO, 2))


@pytest.mark.parametrize(
    ("by", "name"),
    [(by, name) for by, names in UNSPEAKABLE.items() for name in names],
    ids=text_id,
)
def test_what_nobody_could_be_named_finds_nobody(given: Given, by: UserKey, name: str) -> None:
    """Rather than being invalid: the answer is the same as for any name that nobody has."""
    story = given(added(ANN, HOLDER))
    story.when(lambda: _update(ref(name, by))).then_refused(NOT_FOUND, path=("user", by.value))


@both
def test_one_sort_of_name_is_not_taken_for_another(given: Given, do: Do, done: Done) -> None:
    """Somebody's username is looked for among usernames only."""
    story = given(added(ANN, person("ann", code="bo")), added(BO))
    story.when(do(ref("bo", UserKey.USERNAME))).then(done(BO, 2, person("bo")))


# ---------------------------------------------------------------- expectedVersion


@both
@pytest.mark.parametrize("expected", [-1, 0, 1, 3])
def test_any_other_version_is_a_conflict(given: Given, do: Do, done: Done, expected: int) -> None:
    """It says what was expected and what is, however the user was named."""
    story = given(added(ANN, HOLDER), altered(ANN, 2, HOLDER, first_name="Anna"))
    for by, name in NAMES.items():
        story.when(do(ref(name, by), expected)).then_refused(
            RejectionCode.VERSION_CONFLICT,
            path=("expectedVersion",),
            entity_id=ANN,
            expected=expected,
            current=2,
        )
    story.when(do(ref(), 2)).then(done(ANN, 3, person("ann", first_name="Anna")))


def test_a_conflict_is_told_before_what_came_of_it(given: Given) -> None:
    """Whoever looked at an older version learns that first, not that the username is taken."""
    story = given(added(), altered(ANN, 2, person("ann"), last_name="Doe"), added(BO))
    story.when(update(expected_version=1, username="bo")).then_refused(
        RejectionCode.VERSION_CONFLICT, path=("expectedVersion",), current=2
    )


# ---------------------------------------------------------------- commandId


@both
def test_the_same_again_gives_the_first_result(given: Given, do: Do, done: Done) -> None:
    """Also after later changes, by a version that is past, and after they were erased."""
    by_name = ref(" ANN", UserKey.USERNAME)
    story = given(added(ANN, HOLDER))
    story = story.when(do(by_name, 1), command_id="c-1").then(done(ANN, 2))
    story = story.and_then(erased(ANN, 3, HOLDER), added(BO, HOLDER))
    again = do(ref("ann", UserKey.USERNAME), 1)
    story.when(again, command_id="c-1").then_repeated(done(ANN, 2), position=2)


@both
def test_other_content_under_the_same_id_is_refused(given: Given, do: Do, done: Done) -> None:
    """Whom it is about, how they are named, what was expected, what is to be done."""
    story = given(added(ANN, HOLDER), added(BO))
    story = story.when(do(ref(), 1), command_id="c-1").then(done(ANN, 2))
    others = [
        do(ref(BO), 1),
        do(ref("ann", UserKey.USERNAME), 1),
        do(ref()),
        update(expected_version=1, last_name="Doe"),
        update(expected_version=1, last_name="Jones", first_name="Ann"),
        assign(version=1),
        create(),
    ]
    for other in others:
        story.when(other, command_id="c-1").then_refused(
            RejectionCode.COMMAND_REUSED, path=("commandId",)
        )


@both
def test_a_command_that_changed_nothing_leaves_its_id_free(
    given: Given, do: Do, done: Done
) -> None:
    """For any other content."""
    story = given(added(ANN, HOLDER), done(ANN, 2), added(BO))
    story = story.when(do(ref()), command_id="c-1").then_nothing()
    story.when(do(ref(BO)), command_id="c-1").then(done(BO, 2, person("bo")))
