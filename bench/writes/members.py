"""Adding members over HTTP, beside what the library by itself would do; small and large rosters."""

from __future__ import annotations

import statistics
import time
from typing import Any

import httpx2
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from eventsourcing.dcb.postgres_tt import PostgresDCBRecorderTT

from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import Bench, database, serving
from domain.catalogue import CATALOGUE
from domain.log import EventMapper
from domain.memberships.tags import roster_tag
from domain.memberships.user_refs import MAX_USERS
from service.database.log_store.recorder import LogRecorder

IN_A_CALL = 10_000
TARGET = 0.28
LARGE = 1_000_000
SMALL = 10
CALLS = 200

ADD = """
    mutation ($input: SegmentMembersInput!) {
        result: addUsersToSegment(input: $input) { changed position errors { message } }
    }
"""
CREATE = """
    mutation ($input: CreateUserSegmentInput!) {
        result: createUserSegment(input: $input) { segment { id } errors { message } }
    }
"""
COUNT = """
    query ($code: String!, $position: LogPosition!) {
        result: userSegment(segment: {code: $code}, minPosition: $position) { memberCount }
    }
"""


def run() -> list[Measurement]:
    """10,000 members in one call until a read sees them; one member into 10 and into 1,000,000."""
    with database() as (url, data_dir):
        plain = _one_event_each(url)
    with database() as (url, data_dir):
        fill_directory(url, LARGE + CALLS * 2)
        with serving(url, data_dir) as bench:
            many = min(_add_many(bench, f"many-{n}") for n in range(5))
            _filled(bench, "small", SMALL)
            roster = _filled(bench, "large", LARGE)
            small, large = _add_singly(bench, "small"), _add_singly(bench, "large")
        replayed = _replayed(url, roster)
    return [
        Measurement("library: 10,000 events, one for each member, one append", plain, "s"),
        Measurement("add 10,000 members in one call, visible", many, "s", "target", TARGET, True),
        Measurement(f"add one to {SMALL} members, median", small, "ms"),
        Measurement(
            f"add one to {LARGE:,} members, median",
            large,
            "ms",
            "1.5 x the small one's",
            1.5 * small,
            True,
        ),
        Measurement(f"library: read and fold {LARGE:,} members, add one", replayed, "ms"),
    ]


def _one_event_each(url: str) -> float:
    with LogRecorder(url, 1) as recorder:
        events = [
            DCBEvent("members.added", b"x" * 700, [f"roster:s:{n}", "rosters", "command:c"])
            for n in range(IN_A_CALL)
        ]
        condition = DCBAppendCondition(DCBQuery([DCBQueryItem(tags=["roster:s"])]), after=0)
        began = time.perf_counter()
        PostgresDCBRecorderTT.append(recorder, events, condition)
        return time.perf_counter() - began


def _replayed(url: str, roster: str) -> float:
    """Milliseconds of a decision that is made from the log alone."""
    added = DCBEvent("members.added", b"x" * 700, [roster])
    query = DCBQuery([DCBQueryItem(tags=[roster])])
    with LogRecorder(url, 1) as recorder:
        mapper = EventMapper(CATALOGUE)
        began = time.perf_counter()
        members: set[str] = set()
        response = PostgresDCBRecorderTT.read(recorder, query)
        for row in response:
            event = mapper.to_recorded(row.event.type, row.event.data, [], row.position).event
            members.update(getattr(event, "user_ids", ()))
        PostgresDCBRecorderTT.append(recorder, [added], DCBAppendCondition(query, response.head))
        seconds = time.perf_counter() - began
    if len(members) < LARGE:
        raise RuntimeError(len(members))
    return 1000 * seconds


def _filled(bench: Bench, code: str, members: int) -> str:
    """A segment of the directory's first people; the tag of its roster's events."""
    created = _ask(bench, CREATE, input={"name": code, "code": code})
    fill_roster(bench, code, members)
    return roster_tag(created["segment"]["id"])


def fill_roster(bench: Bench, code: str, members: int) -> None:
    """Adds the directory's first people to a segment."""
    for first in range(1, members + 1, MAX_USERS):
        last = min(first + MAX_USERS - 1, members)
        users = {"usernames": [f"user-{n}" for n in range(first, last + 1)]}
        done = _ask(bench, ADD, input={"segment": {"code": code}, "users": users})
        seen = _ask(bench, COUNT, code=code, position=done["position"])
        if seen["memberCount"] != last:
            raise RuntimeError(seen)


def _add_many(bench: Bench, code: str) -> float:
    _ask(bench, CREATE, input={"name": code, "code": code})
    users = [f"user-{n}" for n in range(1, IN_A_CALL + 1)]
    wanted = {"segment": {"code": code}, "users": {"usernames": users}}
    with bench.session() as http:
        began = time.perf_counter()
        done = _sent(http, ADD, input=wanted)
        seen = _sent(http, COUNT, code=code, position=done["position"])
        seconds = time.perf_counter() - began
    if seen["memberCount"] != IN_A_CALL:
        raise RuntimeError(seen)
    return seconds


def _add_singly(bench: Bench, code: str) -> float:
    """The median of the calls' milliseconds."""
    latencies = []
    with bench.session() as http:
        for n in range(CALLS):
            user = LARGE + 1 + n + (CALLS if code == "large" else 0)
            wanted = {"segment": {"code": code}, "users": {"usernames": [f"user-{user}"]}}
            began = time.perf_counter()
            done = _sent(http, ADD, input=wanted)
            latencies.append(time.perf_counter() - began)
            if done["changed"] != 1:
                raise RuntimeError(done)
    return 1000 * statistics.median(latencies[CALLS // 10 :])


def _ask(bench: Bench, query: str, **variables: Any) -> dict[str, Any]:
    with bench.session() as http:
        return _sent(http, query, **variables)


def _sent(http: httpx2.Client, query: str, **variables: Any) -> dict[str, Any]:
    body = http.post("/graphql", json={"query": query, "variables": variables}).json()
    result: dict[str, Any] = body["data"]["result"]
    if result.get("errors"):
        raise RuntimeError(result)
    return result
