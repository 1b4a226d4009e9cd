"""Usernames, addresses and codes changing hands: taken, spelled anew, freed, taken again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace

from domain.kernel.principal import Role
from domain.kernel.rejections import RejectionCode
from domain.people.events import UserEdited
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus
from tests.domain.given import Given
from tests.domain.people.commands import create, only, ref, update
from tests.domain.people.events import (
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
FIELDS: dict[str, tuple[str, str, str, RejectionCode]] = {
    # as held, spelled anew, another, what a refusal is called
    "username": ("ann", " ANN", "anna", RejectionCode.USERNAME_TAKEN),
    "email": ("ann@example.test", "Ann@Example.TEST", "a@x.de", RejectionCode.EMAIL_TAKEN),
    "code": ("Pers 7", "PERS ７", "8", RejectionCode.CODE_TAKEN),
}

each_field = pytest.mark.parametrize("field", FIELDS)


@each_field
def test_what_another_has_is_taken_in_every_spelling(given: Given, field: str) -> None:
    """Also while they are suspended; the refusal says whose it is."""
    held, anew, _, code = FIELDS[field]
    story = given(added(ANN, ONE), added(BO))
    story = story.when(update(status=UserStatus.SUSPENDED)).story
    for spelling in (held, anew):
        story.when(update(ref(BO), **only(field, spelling))).then_refused(
            code, path=(field,), held_by=ANN
        )


def test_all_that_is_taken_is_told_with_its_holder(given: Given) -> None:
    """Each may be somebody else's."""
    story = given(added(ANN, ONE), added(BO), added(CY))
    command = create(username="cy", email="BO@example.test", code="pers 7")
    refused = story.when(command).refused
    assert refused is not None
    told = {(r.code, r.path, getattr(r, "held_by", None)) for r in refused.rejections}
    assert told == {
        (RejectionCode.USERNAME_TAKEN, ("username",), CY),
        (RejectionCode.EMAIL_TAKEN, ("email",), BO),
        (RejectionCode.CODE_TAKEN, ("code",), ANN),
    }


def test_what_is_taken_and_what_is_not_are_told_apart(given: Given) -> None:
    """One's own username beside somebody else's address is refused for the address alone."""
    story = given(added(ANN, ONE), added(BO))
    story.when(update(username="ann", email="bo@example.test", last_name="Doe")).then_refused(
        RejectionCode.EMAIL_TAKEN, path=("email",), held_by=BO
    )


@pytest.mark.parametrize("field", ["email", "code"])
def test_ones_own_can_be_spelled_anew(given: Given, field: str) -> None:
    """A change of the field, and of no hash: it is still found, and still taken, as before."""
    held, anew, _, code = FIELDS[field]
    event = altered(ANN, 2, ONE, **{field: anew})
    assert (event.email_hash, event.code_hash) == (None, None)
    story = given(added(ANN, ONE)).when(update(**only(field, anew))).then(event)
    story.when(update(ref(anew, UserKey(field)), **only(field, anew))).then_nothing()
    fields: dict[str, Any] = {"username": "bo", field: held}
    story.when(create(BO, **fields)).then_refused(code, path=(field,), held_by=ANN)


def test_a_username_has_one_spelling(given: Given) -> None:
    """Folded it is the same, so there is nothing to change."""
    given(added(ANN, ONE)).when(update(username=" ANN ")).then_nothing()


@each_field
def test_what_was_given_up_can_be_taken_back(given: Given, field: str) -> None:
    """What was freed is free for its former holder, too."""
    held, _, other, _ = FIELDS[field]
    story = given(added(ANN, ONE), altered(ANN, 2, ONE, **{field: other}))
    now = replace(ONE, **{field: other})
    story.when(update(ref(other, UserKey(field)), **only(field, held))).then(
        altered(ANN, 3, now, **{field: held})
    )


@each_field
def test_what_another_has_by_now_cannot_be_taken_back(given: Given, field: str) -> None:
    """Although one's own story tells that one once held it; until that other is erased."""
    held, _, other, code = FIELDS[field]
    bo = person("bo")
    taken = altered(BO, 2, bo, **{field: held})
    story = given(added(ANN, ONE), altered(ANN, 2, ONE, **{field: other}), added(BO), taken)
    for who in (ref(), ref(other, UserKey(field))):
        story.when(update(who, **only(field, held))).then_refused(code, path=(field,), held_by=BO)
    story = story.and_then(erased(BO, 3, replace(bo, **{field: held})))
    now = replace(ONE, **{field: other})
    story.when(update(**only(field, held))).then(altered(ANN, 3, now, **only(field, held)))


def test_two_people_can_swap_their_codes(given: Given) -> None:
    """By way of a third one, as each code must be free when it is taken."""
    ann, bo = person("ann", code="a"), person("bo", code="b")
    story = given(added(ANN, ann), added(BO, bo))
    steps = [
        ("a", "c", ANN, 2, ann),
        ("b", "a", BO, 2, bo),
        ("c", "b", ANN, 3, replace(ann, code="c")),
    ]
    for named, code, user, version, who in steps:
        event = altered(user, version, who, code=code)
        story = story.when(update(ref(named, UserKey.CODE), code=code)).then(event)


def test_people_without_a_code_do_not_stand_in_each_others_way(given: Given) -> None:
    """No code is no value that could be taken."""
    story = given(added(ANN, ONE), added(BO))
    story.when(update(code=" ")).then(altered(ANN, 2, ONE, code=None))


# ---------------------------------------------------------------- tags, word by word


def test_the_tags_of_a_creation(given: Given) -> None:
    """Boundaries are read by these very tags; they are as lasting as the event itself."""
    roles = [Role.SITE_ADMIN]
    command = create(code="Pers 7", roles=roles)
    story = given().when(command, command_id="c-1").then(added(ANN, ONE, roles))
    held = HASHES.of(ONE)
    assert sorted(story.recorded()[0].tags) == [
        "command:c-1",
        f"email:{held.email}",
        "people",
        "site-admins",
        f"user:{ANN}",
        f"usercode:{held.code}",
        f"username:{held.username}",
    ]


def test_the_tags_of_a_change_of_names(given: Given) -> None:
    """One's own alone: whoever looks for people by what they hold need not read it."""
    story = given(added(ANN, ONE))
    story.when(update(last_name="Jones"), command_id="c-1")
    assert sorted(story.recorded(after=1)[0].tags) == ["command:c-1", f"user:{ANN}"]


def test_the_tags_of_a_change_of_all(given: Given) -> None:
    """What is freed and what is taken; not what stays."""
    story = given(added(ANN, ONE))
    suspended = only("status", UserStatus.SUSPENDED)
    story.when(update(username="anna", code=None, **suspended), command_id="c-1")
    [record] = story.recorded(after=1)
    assert sorted(record.tags) == sorted(
        [
            "command:c-1",
            "people",
            "site-admins",
            f"user:{ANN}",
            f"usercode:{HASHES.of(ONE).code}",
            f"username:{HASHES.of(ONE).username}",
            f"username:{HASHES.of(person('anna')).username}",
        ]
    )
    assert isinstance(record.event, UserEdited)
    assert record.event.fields == ("code", "username")


# ---------------------------------------------------------------- keys


def test_a_key_destroyed_in_the_last_moment_ends_the_edit(given: Given) -> None:
    """Between opening and sealing: nothing is recorded that nobody could ever open."""

    class Forgetful(MemoryVault):
        def decrypt(self, ciphertexts: Sequence[tuple[str, str]]) -> list[bytes | None]:
            contents = super().decrypt(ciphertexts)
            self.destroyed |= {user for user, _ in ciphertexts}
            return contents

    story = given(added(ANN, ONE))
    story.when(update(vault=Forgetful(), last_name="Jones")).then_refused(
        RejectionCode.NOT_FOUND, path=("user", "id")
    )
