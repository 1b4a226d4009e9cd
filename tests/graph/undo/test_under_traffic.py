"""An undo while others work: what they do to the same people and segments matters, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice, repeat
from typing import Any

import pytest

from domain.learner import MAX_ATTEMPTS
from tests.graph.concurrent_commands import Action, ConcurrentCommands
from tests.graph.undo.undo_client import UndoClient, conflicts_in

DAN = {"username": "dan", "email": "dan@x.de", "firstName": "Dan", "lastName": "D"}
SALES = {"segment": {"code": "sales"}}


@pytest.fixture
def concurrent(hand: UndoClient, monkeypatch: pytest.MonkeyPatch) -> ConcurrentCommands:
    """What others do before each append."""
    return ConcurrentCommands(monkeypatch)


async def _creation(hand: UndoClient) -> dict[str, Any]:
    return await hand.ask.done("createUser", DAN)


async def _demotion(hand: UndoClient) -> dict[str, Any]:
    await hand.ask.create_user("root", roles=["SITE_ADMIN"])
    done = await hand.ask.done("createUser", {**DAN, "roles": ["SITE_ADMIN"]})
    return await hand.ask.done("assignRoles", {"user": {"id": done["user"]["id"]}, "roles": []})


async def _addition(hand: UndoClient) -> dict[str, Any]:
    return await hand.ask.add("sales", "bo")


async def _removal(hand: UndoClient) -> dict[str, Any]:
    return await hand.ask.remove("sales", "ann")


def _moves(hand: UndoClient) -> Iterator[Action]:
    """Cy is put into the segment, and taken out."""
    return cycle([partial(hand.ask.add, "sales", "cy"), partial(hand.ask.remove, "sales", "cy")])


def _turns(hand: UndoClient) -> Iterator[Action]:
    """Cy is suspended, and comes back."""
    who = {"user": {"username": "cy"}}
    return cycle(
        [
            partial(hand.ask.done, "updateUser", {**who, "status": status})
            for status in ("SUSPENDED", "ACTIVE")
        ]
    )


def _goes(hand: UndoClient) -> Iterator[Action]:
    """Others are erased, one after the other; they come to be between."""
    return repeat(partial(_come_and_gone, hand))


async def _come_and_gone(hand: UndoClient) -> None:
    user = await hand.ask.create_user("joe")
    await hand.ask.done("eraseUser", {"user": {"id": user["id"]}, "reason": "Joe asked for it."})


COMMANDS = {
    "a creation": _creation,
    "a demotion": _demotion,
    "an addition": _addition,
    "a removal": _removal,
}
TRAFFIC: dict[str, Callable[[UndoClient], Iterator[Action]]] = {
    "others move": _moves,
    "others are suspended": _turns,
    "others are erased": _goes,
}


@pytest.mark.parametrize("traffic", TRAFFIC.values(), ids=TRAFFIC)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
async def test_what_happens_to_others_holds_no_undo_up(
    hand: UndoClient,
    concurrent: ConcurrentCommands,
    command: Callable[[UndoClient], Any],
    traffic: Callable[[UndoClient], Iterator[Action]],
) -> None:
    """However often it were tried, somebody would have been faster."""
    done = await command(hand)
    concurrent.plan(islice(traffic(hand), MAX_ATTEMPTS + 5))
    payload = await hand.tell(done["commandId"])
    assert (payload["undone"], payload["conflicts"], payload["errors"]) == (1, [], [])
    assert concurrent.appends == 1


async def test_who_comes_into_a_segment_meanwhile_stays_on_the_site(
    hand: UndoClient, concurrent: ConcurrentCommands
) -> None:
    """Nobody is in a segment who is not on the site."""
    done = await _creation(hand)
    concurrent.plan(iter([partial(hand.ask.add, "sales", "dan")]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert conflicts_in(payload) == [
        ("members.added", "It came after the user, and would be lost with them.")
    ]


async def test_who_goes_meanwhile_is_put_back_nowhere(
    hand: UndoClient, concurrent: ConcurrentCommands
) -> None:
    """Neither into the segment from which they were taken."""
    done = await _removal(hand)
    gone = {"user": {"username": "ann"}, "reason": "Ann asked for it."}
    concurrent.plan(iter([partial(hand.ask.done, "eraseUser", gone)]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert [kind for kind, _ in conflicts_in(payload)] == ["user.erased"]


async def test_who_is_moved_meanwhile_is_not_moved_back(
    hand: UndoClient, concurrent: ConcurrentCommands
) -> None:
    """What others did to the same membership stays."""
    done = await _addition(hand)
    concurrent.plan(iter([partial(hand.ask.remove, "sales", "bo")]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert [kind for kind, _ in conflicts_in(payload)] == ["members.removed"]


async def test_the_last_site_admin_stays_one_whoever_goes_meanwhile(
    hand: UndoClient, concurrent: ConcurrentCommands
) -> None:
    """Taking back that somebody was made one."""
    for name in ("root", "dan"):
        await hand.ask.create_user(name)
    await hand.ask.done("assignRoles", {"user": {"username": "root"}, "roles": ["SITE_ADMIN"]})
    done = await hand.ask.done(
        "assignRoles", {"user": {"username": "dan"}, "roles": ["SITE_ADMIN"]}
    )
    demotion = {"user": {"username": "root"}, "roles": []}
    concurrent.plan(iter([partial(hand.ask.done, "assignRoles", demotion)]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert [reason for _, reason in conflicts_in(payload)] == [
        "The site needs one active site admin."
    ]
