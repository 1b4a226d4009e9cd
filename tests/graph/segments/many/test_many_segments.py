"""Many segments by one command: by ids, codes, or what the list shows under a filter."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.graph.client import GraphClient, error_codes, is_rejected_entirely
from tests.graph.principals import ADMIN, TRAINER, all_but
from tests.graph.segments.many.set_client import (
    ARCHIVE,
    DELETE,
    REASON,
    RESTORE,
    UPDATE,
    committed,
    listed,
    looked_at,
    names,
)
from tests.graph.segments.segments_fixture import LIST, fill
from tests.graph.segments.segments_fixture import names as on_the_page

COMMANDS: dict[str, dict[str, Any]] = {
    ARCHIVE: {},
    RESTORE: {},
    DELETE: REASON,
    UPDATE: {"visible": False},
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("mode", ["COMMIT", "DRY_RUN"])
async def test_wrong_roles_are_refused(ask: GraphClient, command: str, mode: str) -> None:
    """Deleting is for site admins; a dry run tells no more than a commit."""
    await ask.create("Sales", code="sales")
    right = (ADMIN,) if command == DELETE else (ADMIN, TRAINER)
    given: dict[str, Any] = {
        "segments": {"codes": ["sales"]},
        "mode": mode,
        **COMMANDS[command],
    }
    for principal in all_but(*right):
        payload = await ask.command(command, given, by=principal)
        assert is_rejected_entirely(payload, "FORBIDDEN")
    assert await ask.head() == 1


async def test_a_set_is_archived_and_restored(ask: GraphClient) -> None:
    """By one command each, by training managers too; the sample shows segments after it."""
    for name in ("Sales", "Team", "Other"):
        await ask.create(name, code=name)
    await ask.done("archiveUserSegment", {"segment": {"code": "team"}})
    await ask.settle()
    codes = {"segments": {"codes": ["SALES", "team", "sales"]}}
    done = await ask.done(ARCHIVE, codes, by=TRAINER)
    assert (done["changed"], done["unchanged"]) == (1, 1)
    assert [(s["name"], s["status"]) for s in done["sample"]] == [
        ("Sales", "ARCHIVED"),
        ("Team", "ARCHIVED"),
    ]
    assert await listed(ask) == ["Other"]
    back = await ask.done(RESTORE, codes)
    assert (back["changed"], back["unchanged"]) == (2, 0)
    assert await listed(ask) == ["Other", "Sales", "Team"]


FILTERS: dict[str, dict[str, Any]] = {
    "all": {"filter": {}},
    "search": {"search": "course 1", "filter": {}},
    "search with symbols": {"search": "100 %", "filter": {}},
    "short search": {"search": "a", "filter": {}},
    "codes": {"filter": {"codes": ["C-1", "cake", "none", "\t"]}},
    "no codes": {"filter": {"codes": []}},
    "hidden": {"filter": {"visible": False}},
    "any status": {"search": "archive", "filter": {"status": ["ACTIVE", "ARCHIVED"]}},
    "no status": {"filter": {"status": []}},
    "sources": {"filter": {"source": ["UPLOAD"]}},
    "member": {"filter": {"hasMember": "ANN"}},
    "nobody": {"filter": {"hasMember": "user_" + "0" * 32}},
}


@pytest.mark.parametrize("asked", FILTERS.values(), ids=FILTERS)
async def test_a_filter_means_what_the_list_shows(ask: GraphClient, asked: dict[str, Any]) -> None:
    """Exactly, whatever is asked for: after the command nothing of it is visible any more."""
    await fill(ask)
    (ann,) = await ask.create_users("ann")
    await ask.add("c-7", "ann")
    await ask.add("hid", "ann")
    if asked["filter"].get("hasMember") == "ANN":
        asked = {"filter": {"hasMember": ann}}
    await ask.settle()
    shown = on_the_page((await ask(LIST, first=100, **asked))["siteUserSegments"])
    ids = "{ siteUserSegments(first: 100, filter: {status: [ACTIVE, ARCHIVED]}) {nodes {name}} }"
    before = on_the_page((await ask(ids))["siteUserSegments"])
    given: dict[str, Any] = {
        "segments": {"filter": asked["filter"]},
        "search": asked.get("search"),
    }
    done = await committed(ask, DELETE, **given, **REASON)
    assert (done["changed"], done["unchanged"]) == (len(shown), 0)
    await ask.settle()
    left = on_the_page((await ask(ids))["siteUserSegments"])
    assert sorted([*left, *shown]) == sorted(before)


async def test_restoring_means_archived_ones(ask: GraphClient) -> None:
    """Unless the filter names a status."""
    await fill(ask)
    await ask.settle()
    every: dict[str, Any] = {"segments": {"filter": {"status": ["ACTIVE", "ARCHIVED"]}}}
    dry = await looked_at(ask, RESTORE, **every)
    assert (dry["changed"], dry["unchanged"]) == (2, 36)
    assert len(dry["sample"]) == 12
    assert dry["position"] == await ask.head()
    done = await committed(ask, RESTORE, segments={"filter": {}})
    assert (done["changed"], names(done)) == (2, ["Archive 10", "Archive 2"])


async def test_an_update_leaves_archived_ones(ask: GraphClient) -> None:
    """They take no change; the others get what is given."""
    await fill(ask)
    await ask.settle()
    segments = {"filter": {"status": ["ACTIVE", "ARCHIVED"]}}
    done = await committed(ask, UPDATE, segments=segments, visible=True)
    assert (done["changed"], done["unchanged"]) == (1, 37)
    assert await listed(ask, filter={"visible": False, "status": ["ARCHIVED"]}) == ["Archive 2"]
    assert await listed(ask, filter={"visible": False}) == []


async def test_deleted_ones_are_shown_as_they_were(ask: GraphClient) -> None:
    """Their codes are free, their memberships ended, as by the command on one."""
    await ask.create("Sales", code="sales")
    await ask.create_users("ann")
    await ask.add("sales", "ann")
    await ask.settle()
    done = await ask.done(DELETE, {"segments": {"codes": ["sales"]}, **REASON})
    assert names(done) == ["Sales"]
    assert done["sample"][0]["memberCount"] == 1
    await ask.settle()
    again = await ask.create("Sales", code="sales")
    assert again["memberCount"] == 0


async def test_an_unknown_one_refuses_all(ask: GraphClient) -> None:
    """Dry run and commit say the same, at its place."""
    segment = await ask.create("Sales")
    await ask.settle()
    segments = {"ids": [segment["id"], "garbage", f"{segment['id']}@1"]}
    expected = [("NOT_FOUND", ["segments", "ids", "1"]), ("INVALID", ["segments", "ids", "2"])]
    dry = await looked_at(ask, ARCHIVE, segments=segments)
    done = await ask.command(ARCHIVE, {"segments": segments})
    assert error_codes(dry) == error_codes(done) == expected
    assert [(p["changed"], p["planHash"], p["sample"]) for p in (dry, done)] == [(0, None, [])] * 2
    assert await ask.head() == 1


INVALID: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "search without a filter": (ARCHIVE, {"segments": {"ids": []}, "search": "x"}, ["search"]),
    "long search": (
        ARCHIVE,
        {"segments": {"filter": {}}, "search": "x" * 255, "mode": "DRY_RUN"},
        ["search"],
    ),
    "filter without a plan": (ARCHIVE, {"segments": {"filter": {}}}, ["planHash"]),
    "many codes": (
        ARCHIVE,
        {"segments": {"filter": {"codes": ["x"] * 1001}}},
        ["segments", "filter", "codes"],
    ),
    "no user": (
        ARCHIVE,
        {"segments": {"filter": {"hasMember": "x"}}},
        ["segments", "filter", "hasMember"],
    ),
    "no reason": (DELETE, {"segments": {"ids": []}, "reason": " "}, ["reason"]),
    "null": (UPDATE, {"segments": {"ids": []}, "visible": None}, ["visible"]),
    "too many": (
        ARCHIVE,
        {"segments": {"codes": [f"c{n}" for n in range(100_001)]}},
        ["segments", "codes"],
    ),
}


@pytest.mark.parametrize(("command", "given", "path"), INVALID.values(), ids=INVALID)
async def test_what_cannot_be_is_invalid(
    ask: GraphClient, command: str, given: dict[str, Any], path: list[str]
) -> None:
    """At the place that is wrong; nothing is recorded."""
    payload = await ask.command(command, given)
    assert error_codes(payload) == [("INVALID", path)]
    assert await ask.head() == 0


async def test_another_set_than_was_looked_at_is_stale(ask: GraphClient) -> None:
    """One that comes into the filter, for one; an edit that leaves the set does not matter."""
    await ask.create("Sales 1", code="s")
    await ask.settle()
    given: dict[str, Any] = {"segments": {"filter": {}}, "search": "sales"}
    dry = await looked_at(ask, ARCHIVE, **given)
    await ask.create("Sales 2")
    await ask.settle()
    stale = await ask.command(ARCHIVE, {**given, "planHash": dry["planHash"]})
    assert error_codes(stale) == [("PLAN_STALE", ["planHash"])]
    dry = await looked_at(ask, ARCHIVE, **given)
    await ask.done("updateUserSegment", {"segment": {"code": "s"}, "description": "Ours."})
    done = await ask.done(ARCHIVE, {**given, "planHash": dry["planHash"]})
    assert done["changed"] == 2


async def test_the_same_again_gives_the_first_counts(ask: GraphClient) -> None:
    """Whatever happened since, and whoever is named by the filter now."""
    await fill(ask)
    await ask.settle()
    given: dict[str, Any] = {
        "segments": {"filter": {"status": ["ACTIVE", "ARCHIVED"]}},
        "commandId": "once",
    }
    first = await committed(ask, ARCHIVE, **given)
    await ask.settle()
    await ask.done("restoreUserSegment", {"segment": {"code": "c-1"}})
    await ask.create("New")
    again = await ask.done(ARCHIVE, {**given, "planHash": first["planHash"]})
    same = ("changed", "unchanged", "position", "commandId")
    assert [again[name] for name in same] == [first[name] for name in same]
    assert (first["changed"], first["unchanged"]) == (36, 2)
    other = await ask.command(ARCHIVE, {"segments": {"codes": ["c-1"]}, "commandId": "once"})
    assert error_codes(other) == [("COMMAND_REUSED", ["commandId"])]


async def test_sent_many_times_at_once_it_is_done_once(ask: GraphClient) -> None:
    """All get the first counts."""
    await fill(ask)
    await ask.settle()
    dry = await looked_at(ask, ARCHIVE, segments={"filter": {}})
    given: dict[str, Any] = {
        "segments": {"filter": {}},
        "planHash": dry["planHash"],
        "commandId": "once",
    }
    head = await ask.head()
    payloads = await asyncio.gather(*(ask.done(ARCHIVE, given) for _ in range(4)))
    assert {(p["changed"], p["position"]) for p in payloads} == {(36, head + 36)}
    assert await ask.head() == head + 36


async def test_edits_meanwhile_are_not_lost(ask: GraphClient) -> None:
    """Each segment's versions count on without a gap, whoever is faster."""
    await fill(ask)
    await ask.settle()
    codes = [f"c-{n}" for n in range(1, 31)]
    edits = [
        ask.command("updateUserSegment", {"segment": {"code": code}, "name": f"New {code}"})
        for code in codes[:10]
    ]
    hidden = ask.done(UPDATE, {"segments": {"codes": codes}, "visible": False})
    done, *edited = await asyncio.gather(hidden, *edits)
    assert done["changed"] == 30
    assert all(payload["errors"] == [] for payload in edited)
    await ask.settle()
    assert sorted(await listed(ask, search="New")) == sorted(f"New {code}" for code in codes[:10])
    assert len(await listed(ask, filter={"visible": False})) == 31
