"""What the site says of any moment is what a naive fold of the log up to there says."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper, RecordedEvent
from service.database.log_store.recorder import LogRecorder
from service.settings import Settings
from service.site import open_site
from tests.acceptance.naive import NaiveSite, position_at
from tests.acceptance.story import Author
from tests.forms import short_and_long
from tests.graph.client import GraphClient, TickingClock


class Length(NamedTuple):
    """How much is done, and how often it is looked back upon."""

    commands: int
    people: int
    moments: int


SHORT = Length(commands=200, people=30, moments=16)
LONG = Length(commands=10_000, people=150, moments=200)

LIST = """
    query ($asOf: AsOf!, $after: String, $search: String, $filter: SegmentFilter) {
        siteUserSegments(
            asOf: $asOf, first: 100, after: $after, search: $search, filter: $filter
        ) {
            nodes { id name code description visible status source version memberCount }
            pageInfo { hasNextPage endCursor }
            totalCount
        }
    }
"""
ONE = """
    query ($ref: SegmentRef!, $asOf: AsOf!, $after: String) {
        userSegment(segment: $ref, asOf: $asOf) {
            id name code description visible status source version memberCount
            members(first: 100, after: $after) {
                nodes { id lastName }
                pageInfo { hasNextPage endCursor }
                totalCount
            }
        }
    }
"""


@short_and_long("length", SHORT, LONG)
async def test_any_moment_of_many_commands(
    database_url: str, tmp_path: Path, chance: random.Random, length: Length
) -> None:
    """Positions and times; lists, single segments and members; while clocks step back."""
    clock = TickingClock()
    site = Settings(data_dir=tmp_path, command_threads=2, read_pool=4, rate_per_second=0)
    async with open_site(site, database_url, clock=clock) as opened:
        ask = GraphClient(opened)
        await Author(ask, clock, chance).write(length.commands, length.people)
        await ask.settle()
        events = _events(database_url)
        assert len(events) > length.commands // 2  # the others changed nothing
        assert sorted(events, key=lambda f: f.envelope.instant) != events, "no clock stepped back"
        folded = NaiveSite()
        moments = sorted(_moments(events, length.moments, chance), key=itemgetter(0))
        waiting = iter([*events, None])
        recorded = next(waiting)
        for position, as_of in moments:
            while recorded is not None and recorded.position <= position:
                folded.fold(recorded)
                recorded = next(waiting)
            await _check(ask, folded, as_of, chance)


def _events(database_url: str) -> list[RecordedEvent]:
    events: list[RecordedEvent] = []
    with LogRecorder(database_url, 1) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        while page := list(log.follow(events[-1].position if events else 0, 5_000)):
            events += page
    return events


def _moments(
    events: list[RecordedEvent], count: int, chance: random.Random
) -> list[tuple[int, dict[str, Any]]]:
    """Each with the position that it means, by a walk over the whole log."""
    positions = [0, events[0].position, events[-1].position]
    positions += [recorded.position for recorded in chance.sample(events, count // 2 - 3)]
    first, last = events[0].envelope.instant, events[-1].envelope.instant
    times = [first - timedelta(seconds=1), last + timedelta(days=1)]
    times += [recorded.envelope.instant for recorded in chance.sample(events, count // 4)]
    while len(times) < count // 2:
        times.append(first + (last - first) * chance.random())
    by_position: list[tuple[int, dict[str, Any]]] = [(p, {"position": p}) for p in positions]
    return by_position + [(position_at(t, events), {"time": _text(t)}) for t in times]


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


async def _check(
    ask: GraphClient, folded: NaiveSite, as_of: dict[str, Any], chance: random.Random
) -> None:
    everything = {"status": ["ACTIVE", "ARCHIVED"]}
    assert await _listed(ask, as_of, filter=everything) == folded.listed()
    assert await _listed(ask, as_of) == folded.listed(status="ACTIVE")
    word = chance.choice(["alpha", "beta", "00", "1"])
    searched = await _listed(ask, as_of, search=word, filter=everything)
    assert searched == folded.listed(search=word)
    for identifier in chance.sample(sorted(folded.segments), min(3, len(folded.segments))):
        await _check_one(ask, folded, as_of, {"id": identifier}, identifier)
    for number in chance.sample(range(40), 3):
        code = f"code-{number}"
        await _check_one(ask, folded, as_of, {"code": code}, folded.owner(code))


async def _check_one(
    ask: GraphClient,
    folded: NaiveSite,
    as_of: dict[str, Any],
    ref: dict[str, str],
    identifier: str | None,
) -> None:
    found = (await ask(ONE, ref=ref, asOf=as_of))["userSegment"]
    if identifier is None:
        assert found is None
        return
    found = _with_present_id(found)
    expected = folded.segments[identifier]
    members, page = [], found.pop("members")
    members += page["nodes"]
    while page["pageInfo"]["hasNextPage"]:
        after = page["pageInfo"]["endCursor"]
        page = (await ask(ONE, ref=ref, asOf=as_of, after=after))["userSegment"]["members"]
        members += page["nodes"]
    assert found == {"id": identifier, **expected.told()}
    assert len(members) == page["totalCount"] == len(expected.members)
    assert {member["id"] for member in members} == expected.members
    assert [m["lastName"] for m in members] == sorted(m["lastName"] for m in members)


def _with_present_id(then: dict[str, Any]) -> dict[str, Any]:
    identifier, at, position = then["id"].partition("@")
    assert at
    assert position.isdecimal()
    return {**then, "id": identifier}


async def _listed(ask: GraphClient, as_of: dict[str, Any], **kept: Any) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await ask(LIST, asOf=as_of, after=after, **kept))["siteUserSegments"]
        nodes += map(_with_present_id, page["nodes"])
        if not page["pageInfo"]["hasNextPage"]:
            assert len(nodes) == page["totalCount"]
            return nodes
        after = page["pageInfo"]["endCursor"]
