"""Names of actors: noted beside the log when they act, and of users taken from the directory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import psycopg
import pytest

from domain.kernel.principal import SYSTEM, ActorKind, Principal, Role
from projections.actors.reads import UNKNOWN, ActorReads, ActorView
from projections.engine.projector import Projector
from projections.people.reads import UserReads
from service.database.pools import ReadPool, note_pool
from tests.projections.story import Story

ADA = Principal("person_1", ActorKind.USER, frozenset({Role.AUDITOR}), "Ada L.")


@pytest.fixture
async def actors(database_url: str, pool: ReadPool, users: UserReads) -> AsyncIterator[ActorReads]:
    """What is tested."""
    async with note_pool(database_url) as notes:
        yield ActorReads(pool, notes, users)


def _noted(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        query = "SELECT id, kind, display_name, identifiers FROM identity.actors ORDER BY id"
        return connection.execute(query).fetchall()


async def test_a_name_that_was_noted_is_told(actors: ActorReads, database_url: str) -> None:
    """With what the token calls them, as hashes; the latest name counts."""
    await actors.note(ADA)
    sync = Principal("person_2", ActorKind.SERVICE, frozenset(), "sync", on_behalf_of="person_1")
    await actors.note(sync)
    await actors.note(replace(ADA, display_name="Ada Lovelace", identifiers=("h1", "h2")))
    assert await actors.by_id(["person_1", "person_2"]) == {
        "person_1": ActorView("person_1", ActorKind.USER, "Ada Lovelace"),
        "person_2": ActorView("person_2", ActorKind.SERVICE, "sync"),
    }
    assert _noted(database_url) == [
        ("person_1", "user", "Ada Lovelace", ["h1", "h2"]),
        ("person_2", "service", "sync", []),
    ]


async def test_whoever_is_not_known_is_unknown(actors: ActorReads) -> None:
    """But the system, which needs no note."""
    await actors.note(SYSTEM)
    assert await actors.by_id(["person_9", "system"]) == {
        "person_9": ActorView("person_9", ActorKind.USER, UNKNOWN),
        "system": ActorView("system", ActorKind.SYSTEM, "User Segments"),
    }
    assert await actors.by_id([]) == {}


async def test_people_of_the_directory_are_called_as_it_says_now(
    actors: ActorReads,
    database_url: str,
    story: Story,
    site_projector: Projector,
) -> None:
    """Their names are not noted a second time, so that they can be forgotten in one place."""
    user = story.user("Ann", "Smith")
    await asyncio.to_thread(site_projector.catch_up)
    await actors.note(Principal(user, ActorKind.USER, frozenset(), "Ann Smith"))
    assert _noted(database_url) == []
    assert await _called(actors, user) == "Ann Smith"
    story.edit(user, last_name="Jones")
    await asyncio.to_thread(site_projector.catch_up)
    assert await _called(actors, user) == "Ann Jones"
    story.erase(user)
    await asyncio.to_thread(site_projector.catch_up)
    assert await _called(actors, user) == "Erased user"


async def test_a_user_whom_the_read_model_does_not_know_yet_is_unknown(actors: ActorReads) -> None:
    """Until it does."""
    assert await _called(actors, "user_019ca9450de877e0bc6b8398cda33856") == UNKNOWN


async def test_a_name_is_written_once(actors: ActorReads, database_url: str) -> None:
    """However often they act; another name is another note."""
    await actors.note(ADA)
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM identity.actors")
    await actors.note(ADA)
    assert _noted(database_url) == []
    await actors.note(replace(ADA, display_name="Ada"))
    assert [row[2] for row in _noted(database_url)] == ["Ada"]


async def test_who_was_noted_goes_when_the_user_that_they_are_is_erased(
    actors: ActorReads, database_url: str, story: Story, site_projector: Projector
) -> None:
    """They acted before the directory knew them, by what they are called there."""
    user = story.user("Ann", "Smith")
    await actors.note(replace(ADA, identifiers=(story.held(user).username,)))
    await actors.note(replace(ADA, id="person_2", identifiers=("others",)))
    story.erase(user)
    await asyncio.to_thread(site_projector.catch_up)
    assert [row[0] for row in _noted(database_url)] == ["person_2"]
    assert await _called(actors, "person_1") == UNKNOWN


async def _called(actors: ActorReads, actor: str) -> str:
    return (await actors.by_id([actor]))[actor].display_name
