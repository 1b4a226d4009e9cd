"""What each event does to a user, and opening what is sealed of them."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.events import UserCreated
from domain.people.person import content_of
from domain.people.state import User, evolve, user_of
from domain.people.values import UserStatus
from tests.domain.people.events import (
    ANN,
    HASHES,
    MemoryVault,
    added,
    altered,
    assigned,
    ciphertext,
    erased,
    person,
    turned,
)
from tests.domain.people.vault import SealingVault

ANN_AT_FIRST = person("ann", code="7")
FIRST = added(ANN, ANN_AT_FIRST, [Role.LEARNER])
RENAMED = altered(ANN, 2, ANN_AT_FIRST, username="anna", code=None)
MARRIED = altered(ANN, 2, ANN_AT_FIRST, last_name="Jones")
NEW = User(
    id=ANN,
    version=1,
    roles=frozenset({Role.LEARNER}),
    hashed=HASHES.of(ANN_AT_FIRST),
    ciphertexts=(ciphertext(content_of(ANN_AT_FIRST)),),
)


def test_a_user_begins_with_their_creation() -> None:
    """Active, with one ciphertext to open."""
    assert evolve(None, FIRST) == NEW
    assert (NEW.status, NEW.is_on_the_site) == (UserStatus.ACTIVE, True)


@pytest.mark.parametrize(
    ("event", "after"),
    [
        (MARRIED, replace(NEW, version=2, ciphertexts=(*NEW.ciphertexts, MARRIED.sealed or ""))),
        (
            RENAMED,
            replace(
                NEW,
                version=2,
                ciphertexts=(*NEW.ciphertexts, RENAMED.sealed or ""),
                hashed=replace(NEW.hashed, username=HASHES.of(person("anna")).username, code=None),
            ),
        ),
        (
            turned(ANN, 2, UserStatus.ACTIVE, UserStatus.SUSPENDED),
            replace(NEW, version=2, status=UserStatus.SUSPENDED),
        ),
        (
            assigned(ANN, 2, [Role.LEARNER], [Role.AUDITOR]),
            replace(NEW, version=2, roles=frozenset({Role.AUDITOR})),
        ),
        (
            erased(ANN, 2, ANN_AT_FIRST),
            replace(NEW, version=2, status=UserStatus.ERASED, ciphertexts=()),
        ),
    ],
    ids=["names", "what is unique", "status", "roles", "erased"],
)
def test_each_event_does_what_it_says(event: Event, after: User) -> None:
    """And nothing else."""
    assert evolve(NEW, event) == after


def test_nothing_comes_of_events_before_the_creation() -> None:
    """A part of a story without its beginning tells of nobody."""
    assert evolve(None, MARRIED) is None
    assert evolve(None, erased(ANN, 2, ANN_AT_FIRST)) is None


class Unrelated(Event, frozen=True, kw_only=True):
    TOPIC = "other.happened"

    def tags(self) -> list[str]:
        return []


def test_events_about_other_things_change_nothing() -> None:
    """They may stand among a user's own, when a boundary is wide."""
    assert evolve(NEW, Unrelated()) is NEW
    assert (user_of(Unrelated()), user_of(FIRST)) == ("", ANN)


@pytest.mark.parametrize("status", UserStatus)
def test_who_is_suspended_is_still_on_the_site(status: UserStatus) -> None:
    """Commands find them; who was erased or removed they do not."""
    on_the_site = {UserStatus.ACTIVE, UserStatus.SUSPENDED}
    assert replace(NEW, status=status).is_on_the_site is (status in on_the_site)


def test_the_person_is_their_first_box_and_every_edit_since() -> None:
    """Each opened once; without the key there is nobody."""
    married = evolve(NEW, MARRIED)
    assert married is not None
    assert married.decrypted(MemoryVault()) == person("ann", code="7", last_name="Jones")
    vault = MemoryVault()
    vault.destroyed.add(ANN)
    assert married.decrypted(vault) is None


def test_what_is_really_sealed_is_opened_by_its_own_key_alone() -> None:
    """Once the key is gone it is gone, though the events stay."""
    vault = SealingVault()
    sealed = vault.encrypt_new({ANN: content_of(ANN_AT_FIRST)})[ANN]
    user = evolve(None, _with(FIRST, sealed))
    assert user is not None
    assert user.decrypted(vault) == ANN_AT_FIRST
    vault.keys.clear()
    assert user.decrypted(vault) is None


def _with(event: UserCreated, sealed: str) -> UserCreated:
    return UserCreated(**{**msgspec.structs.asdict(event), "sealed": sealed})
