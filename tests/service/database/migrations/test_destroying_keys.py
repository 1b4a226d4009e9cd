"""The service destroys the keys of those whom the log has erased, or never knew, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.dcb.api import DCBEvent
from psycopg import Connection, errors
from psycopg.rows import TupleRow

from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder


@pytest.fixture
def service(database_url: str) -> Iterator[Connection[TupleRow]]:
    """A connection in the service's role."""
    with psycopg.connect(service_conninfo(database_url, "vault"), autocommit=True) as connection:
        yield connection


def _somebody(service: Connection[TupleRow], recorder: LogRecorder, *types: str) -> UUID:
    """Of whom the log has such events."""
    person = uuid4()
    service.execute("INSERT INTO vault.person_keys (id, key) VALUES (%s, '')", [person])
    for topic in types:
        recorder.append([DCBEvent(topic, b"{}", [f"user:user_{person.hex}"])])
    return person


def _keys(service: Connection[TupleRow]) -> set[UUID]:
    return {person for (person,) in service.execute("SELECT id FROM vault.person_keys")}


def test_only_erased_people_and_nobody_lose_their_keys(
    service: Connection[TupleRow], recorder: LogRecorder
) -> None:
    """Whoever is asked for: so the log tells of each destruction."""
    nobody = _somebody(service, recorder)
    there = _somebody(service, recorder, "user.created", "user.edited")
    removed = _somebody(service, recorder, "user.created", "user.removed")
    erased = _somebody(service, recorder, "user.created", "user.erased")
    people = [nobody, there, removed, erased, uuid4()]
    assert service.execute("SELECT vault.destroy_keys(%s)", [people]).fetchall() == [(2,)]
    assert _keys(service) == {there, removed}
    assert service.execute("SELECT vault.destroy_keys('{}')").fetchall() == [(0,)]


def test_it_deletes_no_key_itself(service: Connection[TupleRow], recorder: LogRecorder) -> None:
    """It lacks the privilege, for those of nobody, too."""
    _somebody(service, recorder)
    with pytest.raises(errors.InsufficientPrivilege):
        service.execute("DELETE FROM vault.person_keys")
    assert len(_keys(service)) == 1


def test_others_have_no_key_destroyed(database_url: str) -> None:
    """The function runs with its owner's rights, so it is the service's alone."""
    with psycopg.connect(database_url) as owner:
        owner.execute("SET ROLE pg_signal_backend")
        with pytest.raises(errors.InsufficientPrivilege):
            owner.execute("SELECT vault.destroy_keys('{}')")


def test_it_does_not_number_entries_of_the_access_log(service: Connection[TupleRow]) -> None:
    """They come in the order in which they were written."""
    with pytest.raises(errors.InsufficientPrivilege):
        service.execute(
            "INSERT INTO access.entries OVERRIDING SYSTEM VALUE"
            " VALUES (7, now(), 'a', '{}', 'o', '{}', 'ALLOWED', 'API', 'r')"
        )
