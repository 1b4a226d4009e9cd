"""Usernames, addresses and codes changing hands: taken, spelled anew, freed, taken again."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Role
from domain.kernel.refusals import RefusalCode
from domain.people.events import UserEdited
from domain.people.lookup import UserKey
from domain.people.values import UserStatus
from tests.domain.given import Given
from tests.domain.people.commands import create, ref, update
from tests.domain.people.facts import (
    ANN,
    BO,
    CY,
    HASHES,
    MemoryVault,
    added,
    altered,
    erased,
    person,
)

ONE = person("ann", code="Pers 7")
FIELDS: dict[str, tuple[str, str, str, RefusalCode]] = {
    # as held, spelled anew, another, what a refusal is called
    "username": ("ann", " ANN", "anna", RefusalCode.USERNAME_TAKEN),
    "email": ("ann@example.test", "Ann@Example.TEST", "a@x.de", RefusalCode.EMAIL_TAKEN),
    "code": ("Pers 7", "PERS ７", "8", RefusalCode.CODE_TAKEN),
}

each_field = pytest.mark.parametrize("field", FIELDS)


@each_field
def test_what_another_has_is_taken_in_every_spelling(given: Given, field: str) -> None:
    """Also while they are suspended; the refusal says whose it is."""
    held, anew, _, code = FIELDS[field]
    story = given(added(ANN, ONE), added(BO))
    story = story.when(update(status=UserStatus.SUSPENDED)).story
    for spelling in (held, anew):
        story.when(update(ref(BO), **{field: spelling})).then_refused(
            code, path=(field,), held_by=ANN
        )


def test_all_that_is_taken_is_told_with_its_holder(given: Given) -> None:
    """Each may be somebody else's."""
    story = given(added(ANN, ONE), added(BO), added(CY))
    command = create(username="cy", email="BO@example.test", code="pers 7")
    refused = story.when(command).refused
    assert refused is not None
    told = {(r.code, r.path, getattr(r, "held_by", None)) for r in refused.refusals}
    assert told == {
        (RefusalCode.USERNAME_TAKEN, ("username",), CY),
        (RefusalCode.EMAIL_TAKEN, ("email",), BO),
        (RefusalCode.CODE_TAKEN, ("code",), ANN),
    }


def test_what_is_taken_and_what_is_not_are_told_apart(given: Given) -> None:
    """One's own username beside somebody else's address is refused for the address alone."""
    story = given(added(ANN, ONE), added(BO))
    story.when(update(username="ann", email="bo@example.test", last_name="Doe")).then_refused(
        RefusalCode.EMAIL_TAKEN, path=("email",), held_by=BO
    )


@pytest.mark.parametrize("field", ["email", "code"])
def test_ones_own_can_be_spelled_anew(given: Given, field: str) -> None:
    """A change of the field, and of no hash: it is still found, and still taken, as before."""
    held, anew, _, code = FIELDS[field]
    fact = altered(ANN, 2, ONE, **{field: anew})
    assert (fact.email_hash, fact.code_hash) == (None, None)
    story = given(added(ANN, ONE)).when(update(**{field: anew})).then(fact)
    story.when(update(ref(anew, UserKey(field)), **{field: anew})).then_nothing()
    fields: dict[str, Any] = {"username": "bo", field: held}
    story.when(create(BO, **fields)).then_refused(code, path=(field,), held_by=ANN)


def test_a_username_has_one_spelling(given: Given) -> None:
    """Folded it is the same, so there is nothing to change."""
    given(added(ANN, ONE)).when(update(username=" ANN ")).then_nothing()


@each_field
def test_what_was_given_up_can_be_taken_back(given: Given, field: str) -> None:
    """As long as nobody else has it."""
    held, _, other, code = FIELDS[field]
    moved = altered(ANN, 2, ONE, **{field: other})
    now = person(**{"username": "ann", "first_name": "Ann", "code": "Pers 7", field: other})
    now = person(now.username, email=now.email, first_name="Ann", code=now.code)
    if field == "username":
        now = person("anna", email="ann@example.test", first_name="Ann", code="Pers 7")
    back = altered(ANN, 3, now, **{field: held})
    story = given(added(ANN, ONE), moved)
    taken = altered(BO, 2, person("bo"), **{field: held})
    story.when(update(**{field: held})).then(back)
    story = given_again(story, back, now, field)
    story.and_then(taken).when(update(**{field: held})).then_refused(
        code, path=(field,), held_by=BO
    )
