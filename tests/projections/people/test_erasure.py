"""Erasure: what was personal is nowhere any more, and a read model built anew knows no better."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from domain.kernel.principal import Role
from projections.engine.projector import Projector
from projections.people.fold import PeopleFold
from tests.projections.rebuilt import differences, projector, rebuild
from tests.projections.story import Story

SECRETS = ("Zoë", "Ångström", "zoe angstrom", "user-1", "user.1@", "staff-77", "STAFF-77")
NOTE = "INSERT INTO identity.actors (id, kind, display_name, identifiers) VALUES (%s, %s, %s, %s)"


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def holding(url: str, secret: str) -> list[str]:
    """The tables in which a text stands."""
    tables = rows(
        url,
        "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema IN"
        " ('read_model', 'read_model_next', 'read_model_previous', 'identity', 'vault', 'log')",
    )
    found = []
    with psycopg.connect(url) as connection:
        for schema, table in tables:
            query = sql.SQL("SELECT FROM {} AS held WHERE strpos(held::text, %s) > 0 LIMIT 1")
            name = sql.Identifier(str(schema), str(table))
            if connection.execute(query.format(name), [secret]).fetchone() is not None:
                found.append(str(table))
    return found


def erased(story: Story) -> str:
    """Somebody with a history who was erased."""
    user = story.user("Zoë", "Ångström", code="STAFF-77", roles=[Role.LEARNER])
    story.edit(user, email="user.1@elsewhere.example")
    story.erase(user)
    return user


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_nothing_personal_is_left_of_who_was_erased(
    database_url: str, story: Story, batch: int
) -> None:
    """In no table of the read model, the vault, the names of actors or the log; others stay."""
    other = story.user("Bo", "Berg")
    user = story.user("Zoë", "Ångström", code="STAFF-77", roles=[Role.LEARNER])
    secrets = [*SECRETS[:3], *SECRETS[5:], story.people[user].username]
    with projector(database_url, batch=batch) as live:
        live.catch_up()
        assert all(holding(database_url, secret) for secret in secrets)
        story.edit(user, last_name="Secret")
        story.erase(user)
        live.catch_up()
    assert [secret for secret in [*secrets, "Secret"] if holding(database_url, secret)] == []
    keys = rows(database_url, "SELECT replace(id::text, '-', '') FROM vault.person_keys")
    assert keys == [(other.partition("_")[2],)]
    names = rows(database_url, "SELECT first_name, status FROM read_model.users ORDER BY number")
    assert names == [("Bo", "active"), ("", "erased")]


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_a_read_model_built_anew_shows_them_as_the_old_one_does(
    database_url: str, story: Story, site_projector: Projector, batch: int
) -> None:
    """Without a key: version, times and hashes as they are, and nothing else."""
    user = erased(story)
    story.user("Bo", "Berg")
    site_projector.catch_up()
    rebuild(database_url, batch)
    assert differences(database_url) == []
    held = story.held(user)
    expected: tuple[object, ...] = ("", "", "", "", "", None, None, b"", "", "erased", [], 3)
    found = rows(
        database_url,
        "SELECT username, email, email_key, first_name, last_name, code, code_key, name_key,"
        " search, status, roles, version, username_hash, email_hash, code_hash"
        " FROM read_model_next.users WHERE number = 1",
    )
    assert found == [(*expected, held.username, held.email, held.code)]


def test_a_rebuild_that_overtakes_an_erasure_goes_on(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """Keys are destroyed before it has come to the erasures: several at once, with no name."""
    users = [story.user("Ann", "Smith") for _ in range(3)]
    site_projector.catch_up()
    with psycopg.connect(database_url) as owner:
        owner.execute("DELETE FROM vault.person_keys")
    rebuild(database_url)
    for user in users:
        story.edit(user, last_name="Berg")
        story.erase(user)
    site_projector.catch_up()
    rebuild(database_url)
    assert differences(database_url) == []


def test_names_of_actors_go_that_a_token_called_the_same(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """By username, address or code; names of others stay."""
    user = story.user("Zoë", "Ångström", code="STAFF-77")
    held = story.held(user)
    with psycopg.connect(database_url) as owner:
        for number, hashes in enumerate(([held.username], ["x", held.code], [held.email], ["y"])):
            owner.execute(NOTE, [f"actor-{number}", "user", f"Actor {number}", hashes])
    story.erase(user)
    site_projector.catch_up()
    assert rows(database_url, "SELECT id FROM identity.actors") == [("actor-3",)]


def test_kept_rows_of_uploads_go_once(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """With the erasure; what is kept later does not go because a read model is built anew."""
    with psycopg.connect(database_url) as owner:
        owner.execute("DROP SCHEMA IF EXISTS uploads CASCADE")
        owner.execute("CREATE SCHEMA uploads CREATE TABLE rejected_rows (line text)")
        owner.execute("GRANT USAGE ON SCHEMA uploads TO segments_service")
        owner.execute("GRANT SELECT, INSERT, DELETE ON uploads.rejected_rows TO segments_service")
        owner.execute("INSERT INTO uploads.rejected_rows VALUES ('Zoë')")
    erased(story)
    site_projector.catch_up()
    assert rows(database_url, "SELECT * FROM uploads.rejected_rows") == []
    with psycopg.connect(database_url) as owner:
        owner.execute("INSERT INTO uploads.rejected_rows VALUES ('Bo')")
    rebuild(database_url)
    assert rows(database_url, "SELECT * FROM uploads.rejected_rows") == [("Bo",)]


def test_an_erasure_that_cannot_be_written_destroys_nothing(
    database_url: str,
    story: Story,
    site_projector: Projector,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Key and row go in one transaction."""
    user = story.user("Zoë", "Ångström")
    site_projector.catch_up()
    story.erase(user)
    write = PeopleFold.write

    def fail(fold: PeopleFold, cursor: psycopg.Cursor[object]) -> None:
        write(fold, cursor)
        raise RuntimeError("out of luck")

    with monkeypatch.context() as patched:
        patched.setattr(PeopleFold, "write", fail)
        with pytest.raises(RuntimeError, match="out of luck"):
            site_projector.catch_up()
    assert rows(database_url, "SELECT first_name FROM read_model.users") == [("Zoë",)]
    assert len(rows(database_url, "SELECT FROM vault.person_keys")) == 1
