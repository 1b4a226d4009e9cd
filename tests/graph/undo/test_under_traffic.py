"""An undo while others work: what they do to the same people and segments matters, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice, repeat
from typing import Any

import pytest

from domain.learner import MAX_ATTEMPTS
from tests.graph.concurrent_commands import Happening, Meanwhile
from tests.graph.undo.undo_client import Undoing, in_the_way

DAN = {"username": "dan", "email": "dan@x.de", "firstName": "Dan", "lastName": "D"}
SALES = {"segment": {"code": "sales"}}


@pytest.fixture
def meanwhile(hand: Undoing, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """What others do before each append."""
    return Meanwhile(monkeypatch)


async def _creation(hand: Undoing) -> dict[str, Any]:
    return await hand.ask.done("createUser", DAN)


async def _demotion(hand: Undoing) -> dict[str, Any]:
    await hand.ask.create_user("root", roles=["SITE_ADMIN"])
    done = await hand.ask.done("createUser", {**DAN, "roles": ["SITE_ADMIN"]})
    return await hand.ask.done("assignRoles", {"user": {"id": done["user"]["id"]}, "roles": []})


async def _addition(hand: Undoing) -> dict[str, Any]:
    return await hand.ask.add("sales", "bo")


async def _removal(hand: Undoing) -> dict[str, Any]:
    return await hand.ask.remove("sales", "ann")


def _moves(hand: Undoing) -> Iterator[Happening]:
    """Cy is put into the segment, and taken out."""
    return cycle([partial(hand.ask.add, "sales", "cy"), partial(hand.ask.remove, "sales", "cy")])


def _turns(hand: Undoing) -> Iterator[Happening]:
    """Cy is suspended, and comes back."""
    who = {"user": {"username": "cy"}}
    return cycle(
        [
            partial(hand.ask.done, "updateUser", {**who, "status": status})
            for status in ("SUSPENDED", "ACTIVE")
        ]
    )


def _goes(hand: Undoing) -> Iterator[Happening]:
    """Others are erased, one after the other; they come to be between."""
    return repeat(partial(_come_and_gone, hand))


async def _come_and_gone(hand: Undoing) -> None:
    user = await hand.ask.create_user("joe")
    await hand.ask.done("eraseUser", {"user": {"id": user["id"]}, "reason": "Joe asked for it."})


COMMANDS = {
    "a creation": _creation,
    "a demotion": _demotion,
    "an addition": _addition,
    "a removal": _removal,
}
TRAFFIC: dict[str, Callable[[Undoing], Iterator[Happening]]] = {
    "others move": _moves,
    "others are suspended": _turns,
    "others are erased": _goes,
}


@pytest.mark.parametrize("traffic", TRAFFIC.values(), ids=TRAFFIC)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
async def test_what_happens_to_others_holds_no_undo_up(
    hand: Undoing,
    meanwhile: Meanwhile,
    command: Callable[[Undoing], Any],
    traffic: Callable[[Undoing], Iterator[Happening]],
) -> None:
    """However often it were tried, somebody would have been faster."""
    done = await command(hand)
    meanwhile.plan(islice(traffic(hand), MAX_ATTEMPTS + 5))
    payload = await hand.tell(done["commandId"])
    assert (payload["undone"], payload["conflicts"], payload["errors"]) == (1, [], [])
    assert meanwhile.appends == 1


async def test_who_comes_into_a_segment_meanwhile_stays_on_the_site(
    hand: Undoing, meanwhile: Meanwhile
) -> None:
    """Nobody is in a segment who is not on the site."""
    done = await _creation(hand)
    meanwhile.plan(iter([partial(hand.ask.add, "sales", "dan")]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert in_the_way(payload) == [
        ("members.added", "It came after the user, and would be lost with them.")
    ]


async def test_who_goes_meanwhile_is_put_back_nowhere(hand: Undoing, meanwhile: Meanwhile) -> None:
    """Neither into the segment from which they were taken."""
    done = await _removal(hand)
    gone = {"user": {"username": "ann"}, "reason": "Ann asked for it."}
    meanwhile.plan(iter([partial(hand.ask.done, "eraseUser", gone)]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert [kind for kind, _ in in_the_way(payload)] == ["user.erased"]


async def test_who_is_moved_meanwhile_is_not_moved_back(
    hand: Undoing, meanwhile: Meanwhile
) -> None:
    """What others did to the same membership stays."""
    done = await _addition(hand)
    meanwhile.plan(iter([partial(hand.ask.remove, "sales", "bo")]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert [kind for kind, _ in in_the_way(payload)] == ["members.removed"]


async def test_the_last_site_admin_stays_one_whoever_goes_meanwhile(
    hand: Undoing, meanwhile: Meanwhile
) -> None:
    """Taking back that somebody was made one."""
    for name in ("root", "dan"):
        await hand.ask.create_user(name)
    await hand.ask.done("assignRoles", {"user": {"username": "root"}, "roles": ["SITE_ADMIN"]})
    done = await hand.ask.done(
        "assignRoles", {"user": {"username": "dan"}, "roles": ["SITE_ADMIN"]}
    )
    demotion = {"user": {"username": "root"}, "roles": []}
    meanwhile.plan(iter([partial(hand.ask.done, "assignRoles", demotion)]))
    payload = await hand.tell(done["commandId"])
    assert payload["undone"] == 0
    assert [reason for _, reason in in_the_way(payload)] == [
        "The site needs one active site admin."
    ]
