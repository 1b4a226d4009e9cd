"""Adding somebody to the directory."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal, Role
from domain.kernel.rejections import Path, RejectionCode
from tests.domain.given import Given
from tests.domain.people.commands import create
from tests.domain.people.events import ANN, BO, added, altered, erased, person
from tests.domain.principals import ANONYMOUS, AUDITOR, LEARNER, TRAINER

INVALID, TAKEN = RejectionCode.INVALID, RejectionCode.USERNAME_TAKEN


@pytest.mark.parametrize("who", [ANONYMOUS, LEARNER, AUDITOR, TRAINER], ids=lambda who: who.id)
def test_only_site_admins_may(given: Given, who: Principal) -> None:
    """FORBIDDEN for the others."""
    given().when(create(), by=who).then_refused(RejectionCode.FORBIDDEN)


def test_somebody_is_added(given: Given) -> None:
    """With what was typed, sealed, and hashes of what is unique."""
    given().when(create()).then(added(ANN))


def test_what_was_typed_is_trimmed_and_usernames_are_folded(given: Given) -> None:
    """The address stays as typed."""
    who = person("ann", email="Ann@Example.test", first_name="Ann", code="Pers 7")
    command = create(
        username=" ANN ", email=" Ann@Example.test ", first_name=" Ann ", code="Pers 7"
    )
    given().when(command).then(added(ANN, who))


def test_roles_are_kept_once_and_sorted(given: Given) -> None:
    """None, when none are given."""
    roles = [Role.SITE_ADMIN, Role.AUDITOR, Role.SITE_ADMIN]
    given().when(create(roles=roles)).then(added(ANN, roles=[Role.AUDITOR, Role.SITE_ADMIN]))


def test_all_that_is_wrong_is_told_at_once(given: Given) -> None:
    """Each field by its name in the input."""
    given().when(
        lambda: create(username="a b", email="nowhere", first_name=" ", last_name="\n", code="c\0")
    ).then_refused_for(
        (INVALID, ("username",)),
        (INVALID, ("email",)),
        (INVALID, ("firstName",)),
        (INVALID, ("lastName",)),
        (INVALID, ("code",)),
    )


@pytest.mark.parametrize(
    ("field", "value", "code", "path"),
    [
        ("username", "ANN", RejectionCode.USERNAME_TAKEN, ("username",)),
        ("email", "ANN@EXAMPLE.TEST", RejectionCode.EMAIL_TAKEN, ("email",)),
        ("code", "pers ７", RejectionCode.CODE_TAKEN, ("code",)),
    ],
    ids=["username", "email", "code"],
)
def test_what_somebody_holds_is_taken(
    given: Given, field: str, value: str, code: RejectionCode, path: Path
) -> None:
    """In any spelling; the refusal says whose it is."""
    story = given(added(ANN, person("ann", code="PERS 7")))
    fields: dict[str, Any] = {"username": "bo", "email": "bo@example.test", field: value}
    story.when(lambda: create(BO, **fields)).then_refused(code, path=path, held_by=ANN)


def test_all_that_is_taken_is_told_at_once(given: Given) -> None:
    """Username and address."""
    given(added(ANN)).when(create(BO)).then_refused_for(
        (RejectionCode.USERNAME_TAKEN, ("username",)), (RejectionCode.EMAIL_TAKEN, ("email",))
    )


def test_what_was_given_up_is_free(given: Given) -> None:
    """By a change, or by being erased."""
    ann = person("ann")
    renamed = altered(ANN, 2, ann, username="anna", email="anna@example.test")
    story = given(added(ANN, ann), renamed).when(create(BO)).then(added(BO, person("ann")))
    gone = person("anna", first_name="Ann")
    story.and_then(erased(ANN, 3, gone)).when(create(ANN, username="anna")).then(
        added(ANN, person("anna"))
    )


def test_the_same_command_again_adds_nobody(given: Given) -> None:
    """The first result comes back; with other content it is refused."""
    story = given().when(create(), command_id="c").then(added(ANN))
    story.when(create(BO), command_id="c").then_repeated(added(ANN), position=1)
    story.when(create(BO, username="bo"), command_id="c").then_refused(
        RejectionCode.COMMAND_REUSED, path=("commandId",)
    )
