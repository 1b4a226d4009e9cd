"""undoCommand as a command: who may, what it refuses, what is said when it is repeated."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.kernel.principal import Principal, Role
from tests.graph.client import GraphClient, error_codes
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER, name_of, person
from tests.graph.undo.undo_client import UNDO, UndoClient

OTHER = person(Role.TRAINING_MANAGER, name="other trainer")


@pytest.mark.parametrize("by", [AUDITOR, LEARNER, NOBODY], ids=name_of)
async def test_who_changes_nothing_takes_nothing_back(hand: UndoClient, by: Principal) -> None:
    """Refused before anything is looked up, so that nobody learns which commands there were."""
    payload = await hand.tell("no-such-command", by)
    assert error_codes(payload) == [("FORBIDDEN", [])]


async def test_a_training_manager_takes_back_their_own_commands(hand: UndoClient) -> None:
    """Not those of others; a site admin everybody's."""
    before = await hand.site()
    done = await hand.ask.add("sales", "bo", by=TRAINER)
    assert error_codes(await hand.tell(done["commandId"], OTHER)) == [("FORBIDDEN", [])]
    payload = await hand.undo(done, TRAINER)
    assert payload["undone"] == 1
    assert await hand.site() == before
    assert (await hand.undo(payload, ADMIN))["undone"] == 1


async def test_only_who_may_change_people_takes_changes_of_people_back(hand: UndoClient) -> None:
    """Somebody who was a site admin when they made them, and is a training manager now."""
    once = person(Role.SITE_ADMIN, name="turncoat")
    now = person(Role.TRAINING_MANAGER, name="turncoat")
    given = {"user": {"username": "bo"}, "lastName": "Jones"}
    done = await hand.ask.done("updateUser", given, once)
    assert error_codes(await hand.tell(done["commandId"], now)) == [("FORBIDDEN", [])]


async def test_a_command_that_recorded_nothing_cannot_be_taken_back(hand: UndoClient) -> None:
    """Nor can one that never was."""
    nothing = await hand.ask.add("sales", "ann")
    for command in (nothing["commandId"], "no-such-command", "", "x" * 1_000, "command:\x00"):
        payload = await hand.tell(command)
        assert error_codes(payload) == [("NOT_FOUND", ["command"])]
        assert (payload["undone"], payload["conflicts"]) == (0, [])


async def test_a_reason_is_asked_for(hand: UndoClient) -> None:
    """For a dry run, too."""
    done = await hand.ask.add("sales", "bo")
    for mode in ("DRY_RUN", "COMMIT"):
        payload = await hand.tell(done["commandId"], reason="  ", mode=mode)
        assert error_codes(payload) == [("INVALID", ["reason"])]


async def test_a_repeated_undo_is_done_once(hand: UndoClient) -> None:
    """The first result comes back: position and count."""
    done = await hand.ask.add("sales", "bo", "cy")
    first = await hand.tell(done["commandId"], commandId="undo-1")
    again = await hand.tell(done["commandId"], commandId="undo-1")
    assert (again["position"], again["undone"]) == (first["position"], 2)
    assert first["conflicts"] == again["conflicts"] == []
    other = await hand.ask.add("sales", "bo")
    reused = await hand.tell(other["commandId"], commandId="undo-1")
    assert error_codes(reused) == [("COMMAND_REUSED", ["commandId"])]


async def test_what_is_undone_names_what_it_undid(hand: UndoClient, ask: GraphClient) -> None:
    """In the envelope: the cause, the reason, and a command of its own."""
    done = await hand.ask.add("sales", "bo")
    undo = await hand.undo_all(done)
    (recorded,) = (await ask.site.reads.audit.by_position([undo["position"]])).values()
    envelope = recorded.envelope
    assert (envelope.causation_id, envelope.reason) == (done["commandId"], "A mistake.")
    assert envelope.command_id == undo["commandId"] != done["commandId"]


async def test_of_many_undos_at_once_one_does_it(hand: UndoClient) -> None:
    """The others find nothing left to do, and say by what."""
    before = await hand.site()
    done = await hand.ask.add("sales", "bo", "cy")
    undos = await asyncio.gather(*(hand.tell(done["commandId"]) for _ in range(8)))
    assert sorted(payload["undone"] for payload in undos) == [0] * 7 + [2]
    assert sum(bool(payload["conflicts"]) for payload in undos) == 7
    assert await hand.site() == before


async def test_both_modes_must_be_spelled_as_they_are(ask: GraphClient) -> None:
    """Anything else is no operation at all."""
    given: dict[str, Any] = {"command": "c", "reason": "r", "mode": "MAYBE"}
    assert await ask.codes(UNDO, input=given) == ["INVALID"]
