"""commandId: repeat a command, and its first result comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from graph.support.site import Site
from tests.graph.client import COMMANDS, GraphClient, error_codes, is_rejected_entirely, replayed
from tests.graph.principals import ADMIN, TRAINER

CREATE, UPDATE = "createUserSegment", "updateUserSegment"
SALES = {"name": "Sales", "code": "sales", "commandId": "c-1", "reason": "New."}


async def test_the_same_again_records_nothing(ask: GraphClient) -> None:
    """And answers the same, position included."""
    first = await ask.done(CREATE, SALES)
    assert await ask.done(CREATE, SALES) == replayed(first)
    spelled = {**SALES, "name": "  Sales ", "code": "sales ", "reason": "New.\n", "visible": True}
    assert await ask.done(CREATE, spelled) == replayed(first)
    assert await ask.head() == 1


async def test_the_segment_is_answered_as_it_is_now(ask: GraphClient) -> None:
    """Whatever happened to it since: a client's cache never goes back. The position is the first
    one; null stands for a segment that is gone.
    """
    first = await ask.done(CREATE, SALES)
    rename = {"segment": {"code": "sales"}, "name": "Sales Team", "commandId": "c-2"}
    second = await ask.done(UPDATE, rename)
    assert await ask.done(CREATE, SALES) == replayed({**first, "segment": second["segment"]})
    deletion = {"segment": {"code": "sales"}, "reason": "Closed.", "commandId": "c-3"}
    third = await ask.done("deleteUserSegment", deletion)
    await ask.settle()
    assert await ask.done(CREATE, SALES) == replayed({**first, "segment": None})
    assert await ask.done("deleteUserSegment", deletion) == replayed(third)
    assert third["deletedId"] == first["segment"]["id"]
    assert await ask.head() == 3


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"name": "Sales Team"}, id="name"),
        pytest.param({"code": None}, id="code"),
        pytest.param({"visible": False}, id="visible"),
        pytest.param({"reason": "Other."}, id="reason"),
        pytest.param({"reason": None}, id="no reason"),
    ],
)
async def test_other_content_is_refused(ask: GraphClient, other: dict[str, Any]) -> None:
    """Nothing is recorded, and the first result stays to be had."""
    first = await ask.done(CREATE, SALES)
    payload = await ask.command(CREATE, {**SALES, **other})
    assert error_codes(payload) == [("COMMAND_REUSED", ["commandId"])]
    assert is_rejected_entirely(payload, "COMMAND_REUSED")
    assert await ask.done(CREATE, SALES) == replayed(first)
    assert await ask.head() == 1


async def test_another_mutation_or_another_person_is_other_content(ask: GraphClient) -> None:
    """A commandId names one command of one person."""
    await ask.done(CREATE, SALES, by=ADMIN)
    assert is_rejected_entirely(await ask.command(CREATE, SALES, by=TRAINER), "COMMAND_REUSED")
    archive = {"segment": {"code": "sales"}, "commandId": "c-1", "reason": "New."}
    assert is_rejected_entirely(await ask.command("archiveUserSegment", archive), "COMMAND_REUSED")


async def test_a_command_that_recorded_nothing_leaves_its_id_free(ask: GraphClient) -> None:
    """Whether it was refused or had nothing to change."""
    refused = {"name": "", "commandId": "c-9"}
    assert error_codes(await ask.command(CREATE, refused)) == [("INVALID", ["name"])]
    await ask.create("Sales", code="sales")
    unchanged = {"segment": {"code": "sales"}, "name": "Sales", "commandId": "c-9"}
    assert (await ask.done(UPDATE, unchanged))["commandId"] == "c-9"
    await ask.done(UPDATE, {"segment": {"code": "sales"}, "name": "Team", "commandId": "c-9"})
    assert await ask.head() == 2


async def test_of_many_sendings_at_once_one_records(ask: GraphClient) -> None:
    """The others get its result, and are told that it was done before."""
    payloads = await asyncio.gather(*(ask.command(CREATE, SALES) for _ in range(8)))
    (first,) = (payload for payload in payloads if not payload["replayed"])
    assert [payload for payload in payloads if payload["replayed"]] == [replayed(first)] * 7
    assert payloads[0]["errors"] == []
    assert await ask.head() == 1


ANN = {"username": "ann", "email": "ann@x.de", "firstName": "Ann", "lastName": "Smith"}
JOIN = {"segment": {"code": "sales"}, "users": {"usernames": []}}


def _snapshots(site: Site) -> Any:
    commands: Any = site.commands.dispatch
    return commands.__self__._dispatcher._snapshots


def _vault(site: Site) -> Any:
    return site.services.vault


@pytest.mark.parametrize(
    ("asked", "mutation", "given"),
    [(_snapshots, "addUsersToSegment", JOIN), (_vault, "createUser", ANN)],
    ids=["read model", "vault"],
)
async def test_a_command_that_gets_no_connection_is_told_how_to_repeat_it(
    ask: GraphClient, asked: Callable[[Site], Any], mutation: str, given: dict[str, Any]
) -> None:
    """What it asks beside the log, the read model or the vault, is no other than the log."""
    await ask.create("Sales", code="sales")
    pool = asked(ask.site)._pool
    pool.timeout = 0.05
    with ExitStack() as held:
        for _ in range(pool.max_size):
            held.enter_context(pool.connection(timeout=10))
        error = await ask.only_error(COMMANDS[mutation], input=given)
    pool.timeout = 10
    assert error["extensions"].pop("code") == "UNAVAILABLE"
    payload = await ask.done(mutation, {**given, **error["extensions"]})
    assert error["extensions"] == {"commandId": payload["commandId"]}
