"""What the service's role cannot do to what stands beside the log, whoever has taken it over."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.dcb.api import DCBEvent
from psycopg import Connection, errors, sql
from psycopg.rows import TupleRow

from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder

NAME = "SELECT identity.name_actor(%s, 'user', %s, %s)"
FORGET = "SELECT identity.forget_actors(%s)"
TILE = "INSERT INTO proofs.tiles VALUES (%s, %s, %s, %s, %s)"
COLUMNS = "actor, roles, operation, about, outcome, channel, request_id"
ENTRY = "'a', '{}', 'o', '{}', 'ALLOWED', 'API', 'r'"
DEFINERS = """
    SELECT pronamespace::regnamespace::text || '.' || proname, proconfig
    FROM pg_proc WHERE prosecdef AND pronamespace <> 'pg_catalog'::regnamespace ORDER BY 1
"""


@pytest.fixture
def owner(database_url: str) -> Iterator[Connection[TupleRow]]:
    """The migrations' own login."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def service(database_url: str) -> Iterator[Connection[TupleRow]]:
    """A connection in the service's role."""
    with psycopg.connect(
        service_conninfo(database_url, "pg_catalog"), autocommit=True
    ) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO log.events_tt_main (id, type, data, tags) VALUES (7, 't', '', '{}')",
        "COPY log.events_tt_main FROM STDIN",
        "INSERT INTO identity.actors VALUES ('a', 'user', 'Ada')",
        "UPDATE identity.actors SET display_name = 'Ada'",
        "DELETE FROM identity.actors",
        f"INSERT INTO access.entries (at, {COLUMNS}) VALUES (now(), {ENTRY})",
        "UPDATE access.retention SET days = 30",
        "INSERT INTO access.retention VALUES (true, 30)",
        "DELETE FROM access.retention",
        "INSERT INTO vault.person_keys VALUES (gen_random_uuid(), '', 'infinity')",
        "INSERT INTO proofs.checkpoints VALUES (1, 1, '', '', '-infinity')",
        "UPDATE proofs.tiles SET index = 7",
        "UPDATE proofs.tiles SET first_position = 7",
    ],
    ids=[
        "position",
        "positions of many",
        "name",
        "another name",
        "no name",
        "time of an entry",
        "days",
        "more days",
        "no days",
        "time of a key",
        "time of a checkpoint",
        "place of a tile",
        "first position of a tile",
    ],
)
def test_it_may_not(service: Connection[TupleRow], statement: str) -> None:
    """Positions, times and numbers are the database's own; names change by a function."""
    with pytest.raises(errors.InsufficientPrivilege):
        service.execute(statement.encode())


def test_what_is_in_a_tile_stays(
    service: Connection[TupleRow], owner: Connection[TupleRow]
) -> None:
    """It fills up: more hashes behind those that it has, and nothing else, by anybody."""
    first, other = b"1" * 32, b"2" * 32
    service.execute(TILE, [0, 0, first, 1, b"p" * 8])
    service.execute(TILE, [1, 0, first, None, None])
    fill = "UPDATE proofs.tiles SET hashes = %s, positions = %s WHERE height = %s"
    service.execute(fill, [first + other, b"p" * 8 + b"q" * 8, 0])
    service.execute(fill, [first + other, None, 1])
    refused: list[tuple[bytes, bytes | None, int]] = [
        (other + first, b"p" * 8 + b"q" * 8, 0),
        (first, b"p" * 8 + b"q" * 8, 0),
        (first + other, b"q" * 8 + b"p" * 8, 0),
        (first + other, b"p" * 8, 0),
        (first + other, None, 0),
        (b"", None, 1),
    ]
    for values in refused:
        for connection in (service, owner):
            with pytest.raises(errors.InsufficientPrivilege, match="Tiles fill up"):
                connection.execute(fill, values)
    held = owner.execute("SELECT hashes FROM proofs.tiles ORDER BY height").fetchall()
    assert held == [(first + other,), (first + other,)]


@pytest.mark.parametrize("actor", ["system", "user_019ca9450de877e0bc6b8398cda33856"])
def test_neither_the_system_nor_the_directory_is_named(
    service: Connection[TupleRow], actor: str
) -> None:
    """Nobody who was erased has a name again; who acted by themselves is not somebody else."""
    with pytest.raises(errors.InsufficientPrivilege):
        service.execute(NAME, [actor, "Ada", []])
    service.execute(NAME, ["person_1", "Ada", ["h"]])
    service.execute(NAME, ["person_1", "Ada L.", ["h"]])
    query = "SELECT id, display_name FROM identity.actors"
    assert service.execute(query).fetchall() == [("person_1", "Ada L.")]


def test_names_go_only_of_whom_the_log_has_erased(
    service: Connection[TupleRow], recorder: LogRecorder
) -> None:
    """By what they were called when they were erased: no earlier, and not a removed one's."""
    held, erased, removed = ["username:u", "email:e", "usercode:c"], uuid4(), uuid4()
    recorder.append([DCBEvent("user.created", b"{}", [_tag(erased), "username:before"])])
    recorder.append([DCBEvent("user.erased", b"{}", [_tag(erased), *held, "people"])])
    recorder.append([DCBEvent("user.removed", b"{}", [_tag(removed), "username:r"])])
    hashes = ["u", "e", "c", "before", "r", "people", "other"]
    for number, hashed in enumerate(hashes):
        service.execute(NAME, [f"person_{number}", "Ada", ["x", hashed]])
    assert service.execute(FORGET, [[removed, uuid4()]]).fetchall() == [(0,)]
    assert service.execute(FORGET, [[erased, removed]]).fetchall() == [(3,)]
    left = service.execute("SELECT identifiers[2] FROM identity.actors ORDER BY id").fetchall()
    assert [hashed for (hashed,) in left] == ["before", "r", "people", "other"]


def test_functions_with_rights_find_only_what_they_mean(owner: Connection[TupleRow]) -> None:
    """Each has its search path, with what anybody can make temporarily at its end."""
    found: dict[str, list[str]] = dict(owner.execute(DEFINERS).fetchall())
    assert [path for (path,) in found.values()] == ["search_path=pg_catalog, pg_temp"] * 4
    functions = ["access.purge", "identity.forget_actors", "identity.name_actor"]
    assert list(found) == [*functions, "vault.destroy_keys"]


def test_a_type_put_in_the_way_is_not_run_with_the_owners_rights(
    service: Connection[TupleRow], owner: Connection[TupleRow]
) -> None:
    """Temporary things are found before others, unless a search path says otherwise."""
    name = sql.Identifier(owner.info.dbname)
    owner.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO segments_service").format(name))
    service.execute("CREATE TABLE pg_temp.ran (as_who name)")
    service.execute("GRANT ALL ON pg_temp.ran TO PUBLIC")
    service.execute(
        "CREATE FUNCTION pg_temp.run(value pg_catalog.text) RETURNS boolean LANGUAGE plpgsql AS $$"
        " BEGIN INSERT INTO pg_temp.ran VALUES (current_user); RETURN true; END $$"
    )
    service.execute("GRANT EXECUTE ON FUNCTION pg_temp.run TO PUBLIC")
    service.execute("CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (pg_temp.run(value))")
    service.execute("SELECT vault.destroy_keys(%s)", [[uuid4()]])
    service.execute(FORGET, [[uuid4()]])
    assert service.execute("SELECT * FROM pg_temp.ran").fetchall() == []


def _tag(person: UUID) -> str:
    return f"user:user_{person.hex}"
