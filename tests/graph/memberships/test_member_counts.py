"""memberCounts: how many members a segment had over time."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.kernel.clock import format_instant, parse_instant
from domain.kernel.principal import Principal, Role
from tests.graph.client import START, GraphClient, TickingClock
from tests.graph.memberships.member_queries import count
from tests.graph.principals import ADMIN, AUDITOR, TRAINER, acting_as, name_of

COUNTS = """
    query ($ref: SegmentRef!, $asOf: AsOf, $from: AsOf, $to: AsOf, $points: Int! = 60) {
        userSegment(segment: $ref, asOf: $asOf) {
            memberCounts(from: $from, to: $to, points: $points) { at position count }
        }
    }
"""
SALES = {"code": "sales"}


async def counts(
    ask: GraphClient, by: Principal = AUDITOR, /, **arguments: Any
) -> list[dict[str, Any]]:
    """The points, with all that is recorded by now."""
    await ask.settle()
    data = await ask(COUNTS, by, ref=SALES, **arguments)
    found: list[dict[str, Any]] = data["userSegment"]["memberCounts"]
    assert found == sorted(found, key=lambda point: (point["position"], point["at"]))
    return found


def steps(points: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Position and count of each."""
    return [(point["position"], point["count"]) for point in points]


async def roster_of_three(ask: GraphClient) -> None:
    """Positions 1 to 4 found sales and its people; 5 ann and bob in; 6 another segment; 7 bob out;
    8 carl in; 9 it is renamed.
    """
    await ask.create("Sales", code="sales")
    await ask.create_users("ann", "bob", "carl")
    await ask.add("sales", "ann", "bob")
    await ask.create("Other")
    await ask.remove("sales", "bob")
    await ask.add("sales", "carl")
    await ask.done("updateUserSegment", {"segment": SALES, "name": "Sales Team"})


@pytest.mark.parametrize("by", [ADMIN, TRAINER, AUDITOR], ids=name_of)
async def test_each_change_is_a_point(ask: GraphClient, by: Principal) -> None:
    """From the segment's creation until now, when the log may be further."""
    await roster_of_three(ask)
    points = await counts(ask, by)
    assert steps(points) == [(1, 0), (5, 2), (7, 1), (8, 2), (9, 2)]
    events = (await ask("{ events { nodes { position recordedAt } } }"))["events"]["nodes"]
    times = {event["position"]: event["recordedAt"] for event in events}
    assert [point["at"] for point in points[:-1]] == [times[p] for p in (1, 5, 7, 8)]
    assert points[-1]["at"] > times[9]


async def test_who_may_not_see_the_past_is_refused(ask: GraphClient) -> None:
    """A learner sees the segment that they are in, and how many are in it now."""
    await roster_of_three(ask)
    ann = (await ask('{ user(user: {username: "ann"}) { id displayName } }'))["user"]
    learner = acting_as(ann, Role.LEARNER)
    query = '{ userSegment(segment: {code: "sales"}) { memberCount } }'
    assert await ask(query, learner) == {"userSegment": {"memberCount": 2}}
    assert await ask.codes(COUNTS, learner, ref=SALES) == ["FORBIDDEN"]


async def test_a_stretch_is_from_one_moment_to_another(ask: GraphClient) -> None:
    """By position or time; each end is a point, however far it is from a change."""
    await roster_of_three(ask)
    between: Any = {"from": {"position": 6}, "to": {"position": 8}}
    assert steps(await counts(ask, AUDITOR, **between)) == [(6, 2), (7, 1), (8, 2)]
    [start, *_, end] = await counts(ask)
    timed: Any = {"from": {"time": start["at"]}, "to": {"time": end["at"]}}
    assert steps(await counts(ask, AUDITOR, **timed)) == [(1, 0), (5, 2), (7, 1), (8, 2), (9, 2)]
    moment: Any = {"from": {"position": 5}, "to": {"position": 5}}
    assert steps(await counts(ask, AUDITOR, **moment)) == [(5, 2)]


async def test_a_time_is_told_as_it_was_asked_for(ask: GraphClient, clock: TickingClock) -> None:
    """Though nothing happened then; but no future is."""
    await roster_of_three(ask)
    await ask.settle()
    later = clock.now + timedelta(days=3)
    clock.now += timedelta(days=7)
    until = await counts(ask, to={"time": format_instant(later)})
    assert (until[-1]["at"], until[-1]["count"]) == (format_instant(later), 2)
    never = await counts(ask, to={"time": "2099-01-01T00:00:00Z"})
    assert parse_instant(never[-1]["at"]) <= clock.now


async def test_before_it_was_created_there_is_no_point(ask: GraphClient) -> None:
    """A stretch that begins earlier begins with the segment; one that ends earlier is empty."""
    await ask.create("Other")
    await ask.create("Sales", code="sales")
    await ask.create("Third")
    for begin in ({"position": 0}, {"position": 1}, {"time": "2020-01-01T00:00:00Z"}):
        assert steps(await counts(ask, AUDITOR, **{"from": begin})) == [(2, 0), (3, 0)]
    for end in ({"position": 0}, {"position": 1}, {"time": "2020-01-01T00:00:00Z"}):
        assert await counts(ask, to=end) == []


async def test_what_is_shown_as_of_a_moment_ends_there(ask: GraphClient) -> None:
    """Whatever came later; a moment of its own goes before."""
    await roster_of_three(ask)
    assert steps(await counts(ask, asOf={"position": 7})) == [(1, 0), (5, 2), (7, 1)]
    both: Any = {"asOf": {"position": 5}, "to": {"position": 8}}
    assert steps(await counts(ask, AUDITOR, **both)) == [(1, 0), (5, 2), (7, 1), (8, 2)]


async def test_while_it_was_deleted_it_had_nobody(ask: GraphClient) -> None:
    """Undoing the deletion brings them back."""
    await roster_of_three(ask)
    await ask.done("deleteUserSegment", {"segment": SALES, "reason": "Oops.", "commandId": "gone"})
    undo = 'mutation { undoCommand(input: {command: "gone", reason: "Oops."}) { position } }'
    await ask(undo)
    until = [(1, 0), (5, 2), (7, 1), (8, 2)]
    assert steps(await counts(ask)) == [*until, (10, 0), (11, 0), (12, 2), (12, 2)]


async def test_many_changes_are_looked_at_at_even_distances(ask: GraphClient) -> None:
    """So many points and no more, each exactly what asOf says there."""
    await ask.create("Sales", code="sales")
    names = [f"user-{n}" for n in range(6)]
    await ask.create_users(*names)
    chance, inside = random.Random(5), set[str]()
    for _ in range(40):
        name = chance.choice(names)
        await (ask.remove if name in inside else ask.add)("sales", name)
        inside ^= {name}
    for points in (2, 3, 10, 30):
        found = await counts(ask, points=points)
        assert len(found) == points
        for point in found:
            assert await count(ask, "sales", point["position"]) == point["count"]
        times = [parse_instant(point["at"]) for point in found]
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert max(gaps) - min(gaps) < timedelta(milliseconds=1)
    assert len(await counts(ask, points=200)) == 42


@pytest.mark.parametrize("points", [1, 0, -5, 201])
async def test_so_many_points_there_are_not(ask: GraphClient, points: int) -> None:
    """Two to 200; the error names the argument."""
    await ask.create("Sales", code="sales")
    error = await ask.only_error(COUNTS, AUDITOR, ref=SALES, points=points)
    assert error["extensions"] == {"code": "INVALID", "argument": "points"}


@pytest.mark.parametrize(
    ("begin", "end", "argument"),
    [
        ({"position": 3}, {"position": 2}, "from"),
        ({"position": 99}, None, "from"),
        (None, {"position": 99}, "to"),
    ],
    ids=["from after to", "from beyond the log", "to beyond the log"],
)
async def test_moments_are_checked(
    ask: GraphClient, begin: dict[str, int] | None, end: dict[str, int] | None, argument: str
) -> None:
    """In their order, and within the log; the error names the argument."""
    await ask.create("Sales", code="sales")
    await ask.create("Other")
    await ask.create("Third")
    await ask.settle()
    asked = {"ref": SALES, "from": begin, "to": end}
    error = await ask.only_error(COUNTS, AUDITOR, **asked)
    assert error["extensions"] == {"code": "INVALID", "argument": argument}


async def test_a_clock_that_stepped_back_leaves_order(
    ask: GraphClient, clock: TickingClock
) -> None:
    """Times of points never fall: each is when the log had got that far."""
    await ask.create("Sales", code="sales")
    await ask.create_users("ann", "bob")
    await ask.add("sales", "ann")
    clock.now = datetime.fromtimestamp(START.timestamp() - 3600, START.tzinfo)
    await ask.add("sales", "bob")
    found = await counts(ask)
    assert steps(found)[-1] == (5, 2)
    assert [point["at"] for point in found] == sorted(point["at"] for point in found)
