"""Changing somebody's entry."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal, Role
from domain.kernel.rejections import RejectionCode
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from tests.domain.given import Given
from tests.domain.people.commands import ref, update
from tests.domain.people.events import (
    ANN,
    BO,
    MemoryVault,
    added,
    altered,
    assigned,
    erased,
    person,
    turned,
)
from tests.domain.principals import ANONYMOUS, AUDITOR, LEARNER, TRAINER

ACTIVE, SUSPENDED = UserStatus.ACTIVE, UserStatus.SUSPENDED
INVALID, NOT_FOUND = RejectionCode.INVALID, RejectionCode.NOT_FOUND
A_SITE_ADMIN = [Role.SITE_ADMIN]


@pytest.mark.parametrize("who", [ANONYMOUS, LEARNER, AUDITOR, TRAINER], ids=lambda who: who.id)
def test_only_site_admins_may(given: Given, who: Principal) -> None:
    """FORBIDDEN for the others."""
    given(added()).when(update(last_name="Jones"), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_only_what_is_given_changes(given: Given) -> None:
    """Before and after, sealed; no hash, when nothing unique changed."""
    event = altered(ANN, 2, person("ann"), last_name="Jones")
    assert event.username_hash is None
    given(added()).when(update(last_name="Jones")).then(event)


def test_all_of_it_at_once(given: Given) -> None:
    """One event, though everything changes; it builds on the edit before."""
    first = altered(ANN, 2, person("ann"), last_name="Jones")
    wanted: dict[str, Any] = {
        "username": "anna",
        "email": "a@b.example",
        "first_name": "Anna",
        "code": "7",
    }
    second = altered(ANN, 3, person("ann", last_name="Jones"), **wanted)
    given(added(), first).when(update(**wanted)).then(second)


def test_the_spelling_of_an_address_changes_no_hash(given: Given) -> None:
    """It is the same address, written otherwise."""
    event = altered(ANN, 2, person("ann"), email="ANN@example.test")
    assert event.email_hash is None
    given(added()).when(update(email="ANN@example.test")).then(event)


@pytest.mark.parametrize("code", [None, "", "  "])
def test_a_code_can_be_cleared(given: Given, code: str | None) -> None:
    """By null, or by a blank."""
    who = person("ann", code="7")
    given(added(ANN, who)).when(update(code=code)).then(altered(ANN, 2, who, code=None))


def test_nothing_changed_nothing_recorded(given: Given) -> None:
    """Of what is given, nothing differs."""
    given(added()).when(update(username="Ann", last_name="Smith", status=ACTIVE)).then_nothing()


def test_suspended_and_back(given: Given) -> None:
    """An event without anything sealed."""
    story = given(added()).when(update(status=SUSPENDED)).then(turned(ANN, 2, ACTIVE, SUSPENDED))
    story.when(update(status=ACTIVE)).then(turned(ANN, 3, SUSPENDED, ACTIVE))


def test_nulls_and_other_states_are_invalid(given: Given) -> None:
    """All of them at once."""
    given(added()).when(
        lambda: update(username=None, first_name=None, status=UserStatus.ERASED)
    ).then_refused_for((INVALID, ("username",)), (INVALID, ("firstName",)), (INVALID, ("status",)))


def test_what_another_holds_is_taken(given: Given) -> None:
    """All of it told at once; one's own is not taken."""
    story = given(added(ANN), added(BO))
    story.when(update(username="bo", email="BO@example.test")).then_refused_for(
        (RejectionCode.USERNAME_TAKEN, ("username",)), (RejectionCode.EMAIL_TAKEN, ("email",))
    )


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("ANN", UserKey.USERNAME),
        ("Ann@Example.test", UserKey.EMAIL),
        ("pers ７", UserKey.CODE),
        (ANN, UserKey.ID),
    ],
)
def test_people_are_found_by_all_that_they_hold(given: Given, name: str, by: UserKey) -> None:
    """In any spelling."""
    who = person("ann", code="PERS 7")
    event = altered(ANN, 2, who, last_name="Jones")
    given(added(ANN, who)).when(update(ref(name, by), last_name="Jones")).then(event)


@pytest.mark.parametrize(
    ("name", "by"),
    [("ann", UserKey.USERNAME), ("ann@example.test", UserKey.EMAIL), (BO, UserKey.ID)],
)
def test_who_is_not_there_is_not_found(given: Given, name: str, by: UserKey) -> None:
    """Told by the field that named them."""
    given().when(update(ref(name, by), last_name="Jones")).then_refused(
        NOT_FOUND, path=("user", by.value)
    )


@pytest.mark.parametrize("name", ["", "a b", "x" * 101], ids=["empty", "with a space", "too long"])
def test_what_nobody_can_be_called_is_not_found(given: Given, name: str) -> None:
    """Rather than invalid: nobody is called so."""
    given().when(lambda: update(ref(name, UserKey.USERNAME))).then_refused(
        NOT_FOUND, path=("user", "username")
    )


def test_who_was_erased_is_not_found(given: Given) -> None:
    """By id; and likewise when the key is gone already, though the event is not there yet."""
    story = given(added(), erased(ANN, 2, person("ann")))
    story.when(update(last_name="Jones")).then_refused(NOT_FOUND, path=("user", "id"))
    vault = MemoryVault()
    vault.destroyed.add(BO)
    story.and_then(added(BO)).when(update(ref(BO), vault=vault, last_name="Jones")).then_refused(
        NOT_FOUND, path=("user", "id")
    )


def test_another_version_than_expected(given: Given) -> None:
    """Somebody was faster."""
    story = given(added(), altered(ANN, 2, person("ann"), last_name="Jones"))
    story.when(update(last_name="Doe", expected_version=1)).then_refused(
        RejectionCode.VERSION_CONFLICT,
        path=("expectedVersion",),
        entity_id=ANN,
        expected=1,
        current=2,
    )


def test_the_last_active_site_admin_is_not_suspended(given: Given) -> None:
    """Another one who is suspended does not count; one who is active does."""
    story = given(
        added(ANN, roles=A_SITE_ADMIN),
        added(BO, roles=A_SITE_ADMIN),
        turned(BO, 2, ACTIVE, SUSPENDED),
    )
    story.when(update(status=SUSPENDED)).then_refused(INVALID, path=("status",))
    story.and_then(turned(BO, 3, SUSPENDED, ACTIVE)).when(update(status=SUSPENDED)).then(
        turned(ANN, 2, ACTIVE, SUSPENDED)
    )


def test_a_role_given_to_who_is_suspended_makes_no_active_admin(given: Given) -> None:
    """They have the role, but cannot act."""
    story = given(
        added(ANN, roles=A_SITE_ADMIN),
        added(BO),
        turned(BO, 2, ACTIVE, SUSPENDED),
        assigned(BO, 3, [], A_SITE_ADMIN),
    )
    story.when(update(status=SUSPENDED)).then_refused(INVALID, path=("status",))
