"""The vault of people's keys: what is sealed opens until the key is destroyed, everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import psycopg
import pytest

from domain.kernel.ids import new_user_id
from domain.people.vault import Vault
from projections.people.encryption import KEY_SIZE, decrypt
from service.database.pools import vault_pool
from service.database.vault import PersonVault
from tests.domain.given import NOW

ANN, BO = new_user_id(NOW), new_user_id(NOW)
CONTENT = "Ann Ångström".encode()
WAIT_TIMEOUT_S = 30


@pytest.fixture
def vault(database_url: str) -> Iterator[PersonVault]:
    """The keys of a database, as a process of the service reaches them."""
    with vault_pool(database_url) as pool:
        yield PersonVault(pool)


@pytest.fixture
def owner(database_url: str) -> Iterator[psycopg.Connection]:
    """Looks into the tables."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


def _keys(owner: psycopg.Connection) -> dict[UUID, bytes]:
    return dict(owner.execute("SELECT id, key FROM vault.person_keys").fetchall())


def _destroy(owner: psycopg.Connection, user: str) -> None:
    owner.execute("DELETE FROM vault.person_keys WHERE id = %s", [_uuid(user)])


def _uuid(user: str) -> UUID:
    return UUID(hex=user.partition("_")[2])


def test_it_is_a_vault(vault: PersonVault) -> None:
    """As commands need one."""
    kept: Vault = vault
    assert kept.decrypt([]) == []
    assert kept.encrypt({}) == kept.encrypt_new({}) == {}


def test_what_is_sealed_opens_again(vault: PersonVault) -> None:
    """In the order of the ciphertexts, as often as is asked."""
    ciphertexts = vault.encrypt_new({ANN: CONTENT, BO: b"Bo"})
    again = vault.encrypt({ANN: b"Anna"})
    wanted = [
        (BO, ciphertexts[BO]),
        (ANN, again[ANN]),
        (ANN, ciphertexts[ANN]),
        (BO, ciphertexts[BO]),
    ]
    assert vault.decrypt(wanted) == [b"Bo", b"Anna", CONTENT, b"Bo"]


def test_everybody_has_a_key_of_their_own(vault: PersonVault, owner: psycopg.Connection) -> None:
    """Of 32 bytes; what is sealed for one opens with that alone."""
    ciphertexts = vault.encrypt_new({ANN: CONTENT, BO: CONTENT})
    keys = _keys(owner)
    assert keys.keys() == {_uuid(ANN), _uuid(BO)}
    assert {len(key) for key in keys.values()} == {KEY_SIZE}
    assert len(set(keys.values())) == 2
    assert decrypt(keys[_uuid(ANN)], ANN, ciphertexts[ANN]) == CONTENT
    assert vault.decrypt([(BO, ciphertexts[ANN]), (ANN, ciphertexts[BO])]) == [None, None]


def test_a_key_that_is_there_is_used_again(vault: PersonVault, owner: psycopg.Connection) -> None:
    """A lost race makes no second one, by which what was sealed before could not be opened."""
    first = vault.encrypt_new({ANN: CONTENT})
    key = _keys(owner)[_uuid(ANN)]
    second = vault.encrypt_new({ANN: CONTENT, BO: b"Bo"})
    assert _keys(owner)[_uuid(ANN)] == key
    assert vault.decrypt([(ANN, first[ANN]), (ANN, second[ANN])]) == [CONTENT, CONTENT]


def test_at_once_one_key_is_made(vault: PersonVault, owner: psycopg.Connection) -> None:
    """Whoever seals for the same new person seals with the same one."""
    barrier = Barrier(4)

    def encrypt(number: int) -> str:
        barrier.wait(WAIT_TIMEOUT_S)
        return vault.encrypt_new({ANN: str(number).encode()})[ANN]

    with ThreadPoolExecutor(4) as threads:
        ciphertexts = list(threads.map(encrypt, range(4)))
    assert len(_keys(owner)) == 1
    assert vault.decrypt([(ANN, ciphertext) for ciphertext in ciphertexts]) == [
        b"0",
        b"1",
        b"2",
        b"3",
    ]


def test_without_a_key_nothing_opens_and_nothing_is_sealed(
    vault: PersonVault, owner: psycopg.Connection
) -> None:
    """At once: no process keeps keys in its memory. Others' do."""
    ciphertexts = vault.encrypt_new({ANN: CONTENT, BO: b"Bo"})
    assert vault.decrypt(list(ciphertexts.items())) == [CONTENT, b"Bo"]
    _destroy(owner, ANN)
    assert vault.decrypt(list(ciphertexts.items())) == [None, b"Bo"]
    assert vault.encrypt({ANN: CONTENT, BO: b"Bo"}).keys() == {BO}
    assert _keys(owner).keys() == {_uuid(BO)}


def test_a_new_key_does_not_open_what_the_old_one_sealed(
    vault: PersonVault, owner: psycopg.Connection
) -> None:
    """What was destroyed stays destroyed."""
    before = vault.encrypt_new({ANN: CONTENT})
    _destroy(owner, ANN)
    after = vault.encrypt_new({ANN: b"Another"})
    assert vault.decrypt([(ANN, before[ANN]), (ANN, after[ANN])]) == [None, b"Another"]


def test_many_at_once(vault: PersonVault) -> None:
    """As an upload has them: in one go, each in a ciphertext of their own."""
    contents: dict[str, bytes] = {new_user_id(NOW): b"%d" % number for number in range(2_000)}
    ciphertexts = vault.encrypt_new(contents)
    assert ciphertexts.keys() == contents.keys()
    assert vault.decrypt(list(ciphertexts.items())) == list(contents.values())
    assert len(set(ciphertexts.values())) == len(ciphertexts)


def test_what_is_no_user_has_no_key(vault: PersonVault) -> None:
    """That is a mistake of whoever asks."""
    for wrong in ("", "ann", "segment_019ca9450de877e0bc6b8398cda33856"):
        with pytest.raises(ValueError, match="no id of a user"):
            vault.encrypt_new({wrong: CONTENT})


def test_the_service_cannot_change_a_key(vault: PersonVault, database_url: str) -> None:
    """Only make it and destroy it."""
    vault.encrypt_new({ANN: CONTENT})
    with psycopg.connect(database_url) as connection:
        connection.execute("SET ROLE segments_service")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE vault.person_keys SET key = 'x'")
