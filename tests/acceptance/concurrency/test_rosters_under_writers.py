"""Rosters are exact, whoever adds and removes at once: at the end, and at every position before."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx2
import psycopg

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from domain.memberships.events import MembersAdded, MembersRemoved
from service.database.log_store.recorder import LogRecorder
from tests.acceptance.service import Service, ask, client, create
from tests.acceptance.uploads import people, upload
from tests.forms import short_and_long

WRITERS = 8
SEGMENTS = 20
LEAST = 5
"""Calls of each writer, however slow the machine is."""


class Crowd(NamedTuple):
    """Who is moved, how many in a call, for how long; and how often that is looked back upon."""

    users: int
    in_a_call: int
    seconds: float
    samples: int


SHORT = Crowd(users=300, in_a_call=100, seconds=0, samples=20)
LONG = Crowd(users=3_000, in_a_call=1_000, seconds=30, samples=100)

CHANGE = """
    mutation ($input: SegmentMembersInput!) {
        result: MUTATION(input: $input) { changed unchanged position errors { code message } }
    }
"""

Roster = frozenset[str]


@short_and_long("crowd", SHORT, LONG)
async def test_eight_writers_at_once(
    service: Service, database_url: str, admin: str, chance: random.Random, crowd: Crowd
) -> None:
    """What the read model says is what a naive fold of the log says, at many positions."""
    await _write(service, admin, chance, crowd)
    folded = list(_folded(database_url))
    sampled = [folded[-1], *chance.sample(folded, min(crowd.samples, len(folded)))]
    for position, rosters in sampled:
        assert _read_model(database_url, position) == {s: r for s, r in rosters.items() if r}
        assert _counts(database_url, position) == {s: len(r) for s, r in rosters.items() if r}
    assert len(folded) > WRITERS


async def _write(service: Service, admin: str, chance: random.Random, crowd: Crowd) -> None:
    async with client(service.url, admin) as http:
        payload = await upload(http, "uploadUsers", people(crowd.users), mode="COMMIT")
        assert payload["created"] == crowd.users, payload
        for number in range(SEGMENTS):
            await create(http, name=f"Segment {number}", code=f"s-{number}")
        end = time.monotonic() + crowd.seconds
        chances = [random.Random(chance.random()) for _ in range(WRITERS)]
        writers = (_writer(http, chance, crowd, end) for chance in chances)
        await asyncio.gather(*writers)
        head = (await ask(http, "{ logStatus { head } }"))["logStatus"]["head"]
        query = "query ($p: LogPosition!) { siteUserSegments(minPosition: $p) { totalCount } }"
        await ask(http, query, p=head)


async def _writer(
    http: httpx2.AsyncClient, chance: random.Random, crowd: Crowd, end: float
) -> None:
    for call in itertools.count(1):
        if call > LEAST and time.monotonic() > end:
            return
        mutation = chance.choice(["addUsersToSegment", "removeUsersFromSegment"])
        users = [f"user-{n}" for n in chance.sample(range(crowd.users), crowd.in_a_call)]
        wanted: dict[str, Any] = {
            "segment": {"code": f"s-{chance.randrange(SEGMENTS)}"},
            "users": {"usernames": users},
        }
        result = (await ask(http, CHANGE.replace("MUTATION", mutation), input=wanted))["result"]
        assert result["errors"] == []
        assert result["changed"] + result["unchanged"] == crowd.in_a_call


def _folded(database_url: str) -> Iterator[tuple[int, dict[str, Roster]]]:
    """The rosters after each membership event. No membership begins twice, none ends unbegun."""
    rosters: dict[str, Roster] = {}
    with LogRecorder(database_url, 1) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        position = 0
        while events := list(log.follow(position, 1_000)):
            for recorded in events:
                event = recorded.event
                if isinstance(event, MembersAdded):
                    before = rosters.get(event.segment_id, frozenset())
                    assert before.isdisjoint(event.user_ids)
                    rosters[event.segment_id] = before | set(event.user_ids)
                elif isinstance(event, MembersRemoved):
                    before = rosters.get(event.segment_id, frozenset())
                    assert before >= set(event.user_ids)
                    rosters[event.segment_id] = before - set(event.user_ids)
                else:
                    continue
                yield recorded.position, dict(rosters)
            position = events[-1].position


def _read_model(database_url: str, position: int) -> dict[str, Roster]:
    query = """
        SELECT 'segment_' || replace(s.id::text, '-', ''), 'user_' || replace(u.id::text, '-', '')
        FROM read_model.memberships m
        JOIN read_model.segment_numbers s ON s.number = m.segment
        JOIN read_model.users u ON u.number = m.member
        WHERE m.from_position <= %s AND %s < m.to_position
    """
    found: dict[str, set[str]] = {}
    with psycopg.connect(database_url) as connection:
        for segment, user in connection.execute(query, [position, position]):
            assert user not in found.setdefault(segment, set())
            found[segment].add(user)
    return {segment: frozenset(users) for segment, users in found.items()}


def _counts(database_url: str, position: int) -> dict[str, int]:
    query = """
        SELECT 'segment_' || replace(s.id::text, '-', ''), c.member_count
        FROM read_model.roster_counts c JOIN read_model.segment_numbers s USING (number)
        WHERE c.from_position <= %s AND %s < c.to_position AND c.member_count > 0
    """
    with psycopg.connect(database_url) as connection:
        return dict(connection.execute(query, [position, position]).fetchall())
