"""Who holds a username, an address or a code, and who is a site admin: what each event says."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.active_site_admins import ActiveSiteAdmins
from domain.people.events import UserEdited
from domain.people.identifiers.hash_change import IdentifierHashChange
from domain.people.identifiers.hashes import IdentifierHashes
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import IdentifierOwnership
from domain.people.tags import identifier_tags
from domain.people.values import UserStatus
from tests.domain.people.events import (
    ANN,
    BO,
    CY,
    HASHES,
    added,
    altered,
    assigned,
    erased,
    person,
    turned,
)

ACTIVE, SUSPENDED = UserStatus.ACTIVE, UserStatus.SUSPENDED
ADMIN, LEARNER = [Role.SITE_ADMIN], [Role.LEARNER]
HOLDER = person("ann", code="Pers 7")
HELD = HASHES.of(HOLDER)
KEYS = {UserKey.USERNAME: HELD.username, UserKey.EMAIL: HELD.email, UserKey.CODE: HELD.code or ""}
MOVES: dict[UserKey, dict[str, Any]] = {
    UserKey.USERNAME: {"username": "anna"},
    UserKey.EMAIL: {"email": "anna@example.test"},
    UserKey.CODE: {"code": None},
}
SPELLINGS: dict[UserKey, dict[str, Any]] = {
    UserKey.USERNAME: {"first_name": "Anna"},
    UserKey.EMAIL: {"email": "ANN@EXAMPLE.TEST"},
    UserKey.CODE: {"code": "PERS ７"},
}


@pytest.fixture(params=KEYS, ids=lambda by: by.value)
def by(request: pytest.FixtureRequest) -> UserKey:
    """Each of the three things that somebody holds alone."""
    key: UserKey = request.param
    return key


def _holder(by: UserKey, *events: Event) -> str | None:
    register = IdentifierOwnership(by, KEYS[by])
    for event in events:
        register.apply(event)
    return register.owner


def test_nobody_holds_what_was_never_taken(by: UserKey) -> None:
    """Other people's events do not matter."""
    assert _holder(by) is None
    assert _holder(by, added(BO)) is None


def test_who_was_created_with_it_holds_it(by: UserKey) -> None:
    """Until they change it, or are erased."""
    taken = added(ANN, HOLDER)
    assert _holder(by, taken) == ANN
    assert _holder(by, taken, altered(ANN, 2, HOLDER, **MOVES[by])) is None
    assert _holder(by, taken, erased(ANN, 2, HOLDER)) is None


def test_another_spelling_and_other_edits_keep_it(by: UserKey) -> None:
    """As do roles, and being suspended."""
    events = (
        altered(ANN, 2, HOLDER, **SPELLINGS[by]),
        turned(ANN, 3, ACTIVE, SUSPENDED),
        assigned(ANN, 4, [], ADMIN),
    )
    assert _holder(by, added(ANN, HOLDER), *events) == ANN


def test_it_moves_to_who_takes_it_next(by: UserKey) -> None:
    """And what becomes of its former owner does not matter any more."""
    field, before = by.value, person("bo")
    moved = altered(ANN, 2, HOLDER, **MOVES[by])
    taken = altered(BO, 2, before, **{field: getattr(HOLDER, field)})
    story = (added(ANN, HOLDER), added(BO, before), moved, taken)
    assert _holder(by, *story) == BO
    assert _holder(by, *story, erased(ANN, 3, person("ann"))) == BO


def test_the_three_are_apart() -> None:
    """A username that is spelled like somebody's code is not that code."""
    same = person("7", email="7@example.test", code="7")
    hashed = HASHES.of(same)
    assert len({hashed.username, hashed.email, hashed.code}) == 3
    tags = identifier_tags(hashed.username, hashed.email, hashed.code)
    assert len({tag.partition(":")[0] for tag in tags}) == 3


def test_a_change_names_what_is_taken_and_what_is_freed() -> None:
    """And nothing that stays; without any change there is no tag at all."""
    before, now = IdentifierHashes("u1", "e1", "c1"), IdentifierHashes("u2", "e1", None)
    tags = ["people", f"user:{ANN}", "usercode:c1", "username:u1", "username:u2"]
    assert sorted(_edited(IdentifierHashChange(before, now)).tags()) == tags
    assert _edited(IdentifierHashChange(before, before)).tags() == [f"user:{ANN}"]


def _edited(held: IdentifierHashChange) -> UserEdited:
    return UserEdited(
        user_id=ANN,
        version=2,
        fields=(),
        sealed=None,
        username_hash=held.username,
        email_hash=held.email,
        code_hash=held.code,
    )


# ---------------------------------------------------------------- site admins


@pytest.mark.parametrize(
    "story",
    [
        (added(ANN, roles=ADMIN),),
        (added(ANN), assigned(ANN, 2, [], ADMIN)),
        (added(ANN, roles=ADMIN), added(BO, roles=LEARNER)),
        (added(ANN, roles=ADMIN), assigned(ANN, 2, ADMIN, [*ADMIN, *LEARNER])),
        (added(ANN, roles=ADMIN), added(BO, roles=ADMIN), assigned(BO, 2, ADMIN, LEARNER)),
        (added(ANN, roles=ADMIN), added(BO, roles=ADMIN), turned(BO, 2, ACTIVE, SUSPENDED)),
        (added(ANN, roles=ADMIN), added(BO, roles=ADMIN), erased(BO, 2, person("bo"))),
        (added(ANN, roles=ADMIN), turned(BO, 2, ACTIVE, SUSPENDED), assigned(BO, 3, [], ADMIN)),
        (
            *(added(user, roles=ADMIN) for user in (ANN, BO, CY)),
            turned(BO, 2, ACTIVE, SUSPENDED),
            assigned(CY, 2, ADMIN, []),
        ),
    ],
    ids=range(9),
)
def test_the_last_active_site_admin_is_told(story: tuple[Event, ...]) -> None:
    """Ann, in each of these stories; nobody else is."""
    register = _admins(*story)
    assert [register.is_last(user) for user in (ANN, BO, CY)] == [True, False, False]


@pytest.mark.parametrize(
    "story",
    [
        (),
        (added(ANN), added(BO)),
        (added(ANN, roles=ADMIN), added(BO, roles=ADMIN)),
        (added(ANN, roles=ADMIN), turned(ANN, 2, ACTIVE, SUSPENDED)),
        (
            *(added(user, roles=ADMIN) for user in (ANN, BO)),
            turned(BO, 2, ACTIVE, SUSPENDED),
            turned(BO, 3, SUSPENDED, ACTIVE),
        ),
    ],
    ids=range(5),
)
def test_nobody_is_the_last_of_several_or_of_none(story: tuple[Event, ...]) -> None:
    """Where there is none there is none to keep; tokens may bring site admins of their own."""
    register = _admins(*story)
    assert not any(register.is_last(user) for user in (ANN, BO, CY))


def test_edits_of_other_fields_say_nothing_of_it() -> None:
    """They may stand in the boundary as the user's own events."""
    admin = added(ANN, roles=ADMIN)
    assert _admins(admin, altered(ANN, 2, person("ann"), last_name="Jones")).is_last(ANN)


def _admins(*events: Event) -> ActiveSiteAdmins:
    register = ActiveSiteAdmins()
    for event in events:
        register.apply(event)
    return register
