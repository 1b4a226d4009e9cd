"""A file of many memberships is taken back exactly, but for what others have changed since."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import httpx2
import psycopg

from tests.acceptance.commanding import done
from tests.acceptance.service import Service, ask, client
from tests.acceptance.uploads import lines, people, upload
from tests.forms import short_and_long

SEGMENTS = 20


class Crowd(NamedTuple):
    """Whom the file puts into every segment; how many are added before, and moved after."""

    users: int
    before: int
    after: int


SHORT = Crowd(users=250, before=60, after=20)
LONG = Crowd(users=5_000, before=300, after=50)
UNDO = """
    mutation ($input: UndoCommandInput!) {
        undoCommand(input: $input) {
            undone commandId position errors { code message }
            conflicts { reason event { position type } }
        }
    }
"""
Membership = tuple[str, str]


@short_and_long("crowd", SHORT, LONG)
async def test_membership_is_as_it_was_but_for_what_was_changed_since(
    service: Service, database_url: str, admin: str, chance: random.Random, crowd: Crowd
) -> None:
    """Whoever was in before stays in; whom later commands moved stay where those put them, and the
    first of those commands is told. Undoing the undo brings the file's memberships back.
    """
    rows = SEGMENTS * crowd.users
    async with client(service.url, admin) as http:
        await _site(http, crowd.users)
        await _some(http, chance, "addUsersToSegment", crowd.users, crowd.before)
        before = _memberships(database_url)
        file = lines(
            "segment,username", (f"s-{n % SEGMENTS},user-{n // SEGMENTS}" for n in range(rows))
        )
        sent = await upload(http, "uploadSegmentMembers", file, mode="COMMIT")
        assert sent["created"] == rows - len(before)
        await _settled(http, sent["position"])
        full = _memberships(database_url)
        removed = await _some(http, chance, "removeUsersFromSegment", crowd.users, crowd.after)
        await _some(http, chance, "addUsersToSegment", crowd.users, crowd.after)
        later = _memberships(database_url)
        undo = await _undone(http, sent["commandId"])
        touched = _moved(database_url, sent["position"])
        assert _memberships(database_url) == (before - touched) | (later & touched)
        assert undo["undone"] == len(full - before - touched)
        assert {found["event"]["type"] for found in undo["conflicts"]} == {"members.removed"}
        assert {found["event"]["position"] for found in undo["conflicts"]} == set(removed)
        again = await _undone(http, undo["commandId"])
        assert (again["undone"], again["conflicts"]) == (undo["undone"], [])
        assert _memberships(database_url) == later


async def _site(http: httpx2.AsyncClient, users: int) -> None:
    segments = lines("name,code", (f"S {n},s-{n}" for n in range(SEGMENTS)))
    await upload(http, "uploadUserSegments", segments, mode="COMMIT")
    sent = await upload(http, "uploadUsers", people(users), mode="COMMIT")
    await _settled(http, sent["position"])


async def _some(
    http: httpx2.AsyncClient, chance: random.Random, mutation: str, users: int, count: int
) -> list[int]:
    """Moves that many of the users at a time in three segments; the positions of the events."""
    positions = []
    for segment in chance.sample(range(SEGMENTS), 3):
        usernames = [f"user-{n}" for n in chance.sample(range(users), count)]
        given: dict[str, Any] = {"users": {"usernames": usernames}}
        moved = await done(http, mutation, segment={"code": f"s-{segment}"}, **given)
        if moved["changed"]:
            positions.append(moved["position"])
    await _settled(http, moved["position"])
    return positions


async def _undone(http: httpx2.AsyncClient, command: str) -> dict[str, Any]:
    given = {"command": command, "reason": "The wrong file."}
    payload: dict[str, Any] = (await ask(http, UNDO, input=given))["undoCommand"]
    assert payload["errors"] == []
    await _settled(http, payload["position"])
    return payload


async def _settled(http: httpx2.AsyncClient, position: int) -> None:
    query = "query ($at: LogPosition!) { users(minPosition: $at, first: 0) { totalCount } }"
    await ask(http, query, at=position)


def _memberships(database_url: str) -> set[Membership]:
    return _rows(database_url, "SELECT segment::text, member::text FROM read_model.members")


def _moved(database_url: str, after: int) -> set[Membership]:
    """Those that began or ended after a position, the last command's own aside."""
    query = (
        "SELECT segment::text, member::text FROM read_model.past_memberships"
        f" WHERE to_position > {after} AND to_position <= (SELECT max(id) FROM log.events_tt_main m"
        " WHERE convert_from(m.data, 'UTF8')::jsonb #>> '{envelope,causationId}' IS NULL)"
    )
    return _rows(database_url, query)


def _rows(database_url: str, query: str) -> set[Membership]:
    with psycopg.connect(database_url) as connection:
        return set(connection.execute(query.encode()).fetchall())
