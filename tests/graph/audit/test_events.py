"""events: the whole log, oldest first, and any part of it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.principal import Principal
from tests.graph.audit.log_fixture import EVENTS, History, events, positions
from tests.graph.principals import ADMIN, AUDITOR, NOBODY, TRAINER, all_but, name_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNKNOWN_SEGMENT = "segment_019ca9450de877e0bc6b8398cda33856"
UNKNOWN_USER = "user_019ca9450de877e0bc6b8398cda33856"


@pytest.mark.parametrize("by", all_but(ADMIN, AUDITOR), ids=name_of)
async def test_the_log_is_for_admins_and_auditors(history: History, by: Principal) -> None:
    """Others are told that they may not, whatever they ask of it."""
    ask = history.ask
    assert await ask.codes(EVENTS, by) == ["FORBIDDEN"]
    assert await ask.codes(EVENTS, by, filter={"types": ["nonsense"]}) == ["FORBIDDEN"]


async def test_all_of_it_is_there_oldest_first(history: History) -> None:
    """For whoever may read it."""
    ask = history.ask
    for by in (ADMIN, AUDITOR):
        log = await events(ask, by)
        assert positions(log) == list(range(1, 12))
        assert log["totalCount"] == 11


async def test_pages_follow_each_other_in_both_directions(history: History) -> None:
    """Also when several walks are put together."""
    ask = history.ask
    for kept in (None, {"types": [*_types_of_users(), *_types_of_segments()]}):
        expected = positions(await events(ask, filter=kept))
        first = await events(ask, first=3, filter=kept)
        second = await events(ask, first=3, after=first["pageInfo"]["endCursor"], filter=kept)
        assert positions(first) + positions(second) == expected[:6]
        assert second["pageInfo"]["hasPreviousPage"]
        assert second["pageInfo"]["hasNextPage"]
        newest = await events(ask, last=3, filter=kept)
        older = await events(ask, last=3, before=newest["pageInfo"]["startCursor"], filter=kept)
        assert positions(older) + positions(newest) == expected[-6:]
        assert newest["pageInfo"]["hasNextPage"] is False
        assert first["totalCount"] == newest["totalCount"] == len(expected)


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"segment": "sales"}, [1, 5, 7, 8, 11]),
        ({"segment": "support"}, [2, 6, 10]),
        ({"user": "ann"}, [3, 5, 6, 10]),
        ({"user": "bob"}, [4, 5, 7, 9]),
        ({"user": "ann", "segment": "sales"}, [5]),
        ({"user": "bob", "segment": "support"}, []),
    ],
    ids=["sales", "support", "ann", "bob", "ann in sales", "bob in support"],
)
async def test_it_is_kept_to_a_segment_or_a_user(
    history: History, about: dict[str, str], expected: list[int]
) -> None:
    """A user's part holds what brought them into segments and out, a segment's deletion too."""
    ask, ids = history.ask, history.ids
    kept = {name: getattr(ids, what) for name, what in about.items()}
    page = await events(ask, filter=kept)
    assert (positions(page), page["totalCount"]) == (expected, len(expected))


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        pytest.param({"actor": TRAINER.id}, [2, 6, 8], id="trainer"),
        pytest.param({"actor": ADMIN.id}, [1, 3, 4, 5, 7, 9, 10, 11], id="admin"),
        pytest.param({"actor": NOBODY.id}, [], id="nobody"),
        pytest.param({"types": ["user.created", "segment.edited"]}, [3, 4, 8], id="two types"),
        pytest.param({"types": ["user.erased"]}, [], id="type of no event"),
        pytest.param({"types": []}, [], id="no type"),
        pytest.param({"commandId": "found-sales"}, [1], id="command"),
        pytest.param({"commandId": "never-was"}, [], id="unknown command"),
        pytest.param({"after": {"position": 9}}, [10, 11], id="after"),
        pytest.param({"upTo": {"position": 2}}, [1, 2], id="up to"),
        pytest.param({"upTo": {"position": 0}}, [], id="up to the start"),
        pytest.param({"after": {"position": 4}, "upTo": {"position": 6}}, [5, 6], id="between"),
        pytest.param(
            {"after": {"position": 6}, "upTo": {"position": 4}},
            [],
            id="between, the wrong way round",
        ),
        pytest.param(
            {"actor": TRAINER.id, "types": ["members.added", "segment.edited"]},
            [6, 8],
            id="actor and types",
        ),
        pytest.param(
            {"actor": TRAINER.id, "after": {"position": 2}, "types": ["segment.edited"]},
            [8],
            id="actor, position and type",
        ),
        pytest.param({"segment": UNKNOWN_SEGMENT}, [], id="unknown segment"),
        pytest.param({"user": UNKNOWN_USER}, [], id="unknown user"),
    ],
)
async def test_each_filter_keeps_its_own_and_all_combine(
    history: History, kept: dict[str, Any], expected: list[int]
) -> None:
    """What is not there keeps nothing."""
    ask = history.ask
    page = await events(ask, filter=kept)
    assert (positions(page), page["totalCount"]) == (expected, len(expected))


async def test_everything_at_once(history: History) -> None:
    """Each narrows what the others leave."""
    ask, ids = history.ask, history.ids
    page = await events(
        ask,
        filter={
            "segment": ids.support,
            "user": ids.ann,
            "actor": TRAINER.id,
            "types": ["members.added", "segment.deleted"],
            "after": {"position": 2},
            "upTo": {"position": 10},
        },
    )
    assert positions(page) == [6]


async def test_a_time_is_the_position_that_it_means(history: History) -> None:
    """As everywhere: the last up to which nothing was recorded later."""
    ask = history.ask
    query = '{ nodes(ids: ["event_4", "event_6"]) { ... on RecordedEvent { recordedAt } } }'
    after, up_to = [node["recordedAt"] for node in (await ask(query))["nodes"]]
    kept = {"after": {"time": after}, "upTo": {"time": up_to}}
    assert positions(await events(ask, filter=kept)) == [5, 6]


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param({"segment": "nonsense"}, id="segment is no id"),
        pytest.param({"user": UNKNOWN_SEGMENT}, id="user is a segment"),
        pytest.param({"actor": ""}, id="actor empty"),
        pytest.param({"actor": "a\0b"}, id="actor with NUL"),
        pytest.param({"actor": "a" * 201}, id="actor too long"),
        pytest.param({"types": ["segment.renamed"]}, id="unknown type"),
        pytest.param({"types": ["segment.edited"] * 101}, id="too many types"),
        pytest.param({"commandId": "no such thing"}, id="command is no id"),
        pytest.param({"after": {"position": 12}}, id="after the end"),
        pytest.param({"upTo": {"position": 12}}, id="up to beyond the end"),
    ],
)
async def test_what_there_cannot_be_is_told(history: History, kept: dict[str, Any]) -> None:
    """The error is located, and names the argument."""
    error = await history.ask.only_error(EVENTS, AUDITOR, filter=kept)
    assert error["path"] == ["events"]
    assert error["extensions"] == {"code": "INVALID", "argument": "filter"}


def _types_of_users() -> list[str]:
    return ["user.created", "user.edited", "members.added", "members.removed"]


def _types_of_segments() -> list[str]:
    return ["segment.created", "segment.edited", "segment.deleted"]
