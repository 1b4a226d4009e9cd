"""Changes of one roster at the same moment: each membership begins once and ends once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper, RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from service.database.log_store.recorder import LogRecorder
from service.settings import Settings
from tests.graph.client import GraphClient, error_codes
from tests.graph.memberships.member_queries import ADD, REMOVE, change, names

PEOPLE = [f"n-{n}" for n in range(50)]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Commands really run at once."""
    return settings.model_copy(update={"command_threads": 8})


@pytest.fixture
def log(database_url: str) -> Iterator[EventLog]:
    """The site's log, to be read."""
    with LogRecorder(database_url, 1) as recorder:
        yield EventLog(recorder, EventMapper(CATALOGUE))


@pytest.fixture
async def crowded(ask: GraphClient) -> GraphClient:
    """A site with many people and the empty segment `sales`."""
    await ask.create("Sales", code="sales")
    await ask.create_users(*PEOPLE)
    return ask


def _events(log: EventLog, kind: type[Any]) -> list[RecordedEvent]:
    return [recorded for recorded in log.follow(0, 10_000) if isinstance(recorded.event, kind)]


def _roster(log: EventLog) -> set[str]:
    """Who the log says is in; nobody comes who is in, nobody goes who is not."""
    inside: set[str] = set()
    for recorded in log.follow(0, 10_000):
        event = recorded.event
        if isinstance(event, MembersAdded):
            assert inside.isdisjoint(event.user_ids)
            inside |= set(event.user_ids)
        elif isinstance(event, MembersRemoved):
            assert inside >= set(event.user_ids)
            inside -= set(event.user_ids)
    return inside


async def test_of_overlapping_calls_each_membership_begins_once(
    crowded: GraphClient, log: EventLog
) -> None:
    """The counts of all calls come to the number of those who are in."""
    calls = [change("sales", usernames=PEOPLE[start : start + 20]) for start in range(0, 24, 3)]
    payloads = await asyncio.gather(*(crowded.done(ADD, call) for call in calls))
    added = Counter(
        user
        for recorded in _events(log, MembersAdded)
        for user in recorded.event.user_ids  # type: ignore[attr-defined]
    )
    assert set(added.values()) == {1}
    assert sum(payload["changed"] for payload in payloads) == len(added) == 41
    assert all(payload["changed"] + payload["unchanged"] == 20 for payload in payloads)


async def test_who_comes_and_goes_at_once(crowded: GraphClient, log: EventLog) -> None:
    """In whatever order it happens, it is told in that order."""
    chance = random.Random(7)
    calls = [
        (chance.choice([ADD, REMOVE]), change("sales", usernames=chance.sample(PEOPLE, 15)))
        for _ in range(40)
    ]
    await asyncio.gather(*(crowded.done(mutation, call) for mutation, call in calls))
    await crowded.settle()
    query = "{ users(first: 100) { nodes { id username } } }"
    known = {user["id"]: user["username"] for user in (await crowded(query))["users"]["nodes"]}
    expected = {known[user] for user in _roster(log)}
    assert set(await names(crowded, "sales")) == expected


async def test_who_is_erased_at_once_is_never_a_member_after_it(
    crowded: GraphClient, log: EventLog
) -> None:
    """They are added before, and taken out by the erasure, or are not found any more."""
    for username in PEOPLE[:12]:
        erasure = {"user": {"username": username}, "reason": "Left."}
        joining = change("sales", usernames=[PEOPLE[20], username, PEOPLE[21]])
        adding = asyncio.create_task(crowded.command(ADD, joining))
        await crowded.done("eraseUser", erasure)
        assert error_codes(await adding) in ([], [("NOT_FOUND", ["users", "usernames", "1"])])
    await crowded.settle()
    assert len(_roster(log)) == len(await names(crowded, "sales"))
    assert "" not in await names(crowded, "sales")


async def test_a_segment_deleted_at_once_keeps_nobody(crowded: GraphClient, log: EventLog) -> None:
    """Additions are before its end, or find it gone."""
    segment = await crowded.create("Short-lived", code="short")
    await crowded.done(ADD, change("short", usernames=PEOPLE[:1]))
    calls = [change("short", usernames=PEOPLE[n : n + 5]) for n in range(0, 30, 5)]
    deletion = {"segment": {"id": segment["id"]}, "reason": "Closed."}
    payloads = await asyncio.gather(
        crowded.done("deleteUserSegment", deletion),
        *(crowded.command(ADD, call) for call in calls),
    )
    for payload in payloads:
        assert error_codes(payload) in ([], [("NOT_FOUND", ["segment", "code"])])
    await crowded.settle()
    (deleted,) = [f.position for f in log.follow(0, 10_000) if f.event.TOPIC == "segment.deleted"]
    added = [recorded.position for recorded in _events(log, MembersAdded)]
    assert added
    assert max(added) < deleted


async def test_people_are_renamed_while_they_are_added(crowded: GraphClient, log: EventLog) -> None:
    """Whoever is in was called so at that position: two swap names, one is found by each."""
    query = "query ($n: String!) { user(user: {username: $n}) { id } }"
    one, other = [(await crowded(query, n=name))["user"]["id"] for name in PEOPLE[:2]]
    await asyncio.gather(
        crowded.done("updateUser", {"user": {"id": one}, "username": "away"}),
        *(crowded.command(ADD, change("sales", usernames=[PEOPLE[0]])) for _ in range(6)),
        crowded.command("updateUser", {"user": {"id": other}, "username": PEOPLE[0]}),
    )
    # Whoever was faster: in the end the other is called so, and added.
    await crowded.done("updateUser", {"user": {"id": other}, "username": PEOPLE[0]})
    await crowded.done(ADD, change("sales", usernames=[PEOPLE[0]]))
    renamed = {
        recorded.event.user_id: recorded.position  # type: ignore[attr-defined]
        for recorded in log.follow(0, 10_000)
        if recorded.event.TOPIC == "user.edited"
    }
    joined = {
        user: recorded.position
        for recorded in _events(log, MembersAdded)
        for user in recorded.event.user_ids  # type: ignore[attr-defined]
    }
    assert joined[other] > renamed[other]
    assert joined.get(one, 0) < renamed[one]
    assert joined.keys() <= {one, other}
