"""Who is next of those who wait, each principal in a line of their own."""

from __future__ import annotations

from itertools import islice, repeat

from graph.support.scheduling.fair_queue import FairQueue, Turn, fair_share


def _next(queue: FairQueue[str]) -> Turn[str]:
    turn = queue.next()
    assert turn is not None
    return turn


def _served(queue: FairQueue[str], seconds: dict[str, float], most: int = 1_000) -> list[str]:
    """What is done, one after the other, until nothing waits, each in so many seconds."""
    served = []
    for turn in islice(iter(queue.next, None), most):
        queue.done(turn, seconds[turn.item[0]])
        served.append(turn.item)
    return served


def _put(queue: FairQueue[str], items: str) -> None:
    """Those of one principal have the same letter."""
    for item in items.split():
        queue.put(item[0], item)


def test_those_who_wait_go_round() -> None:
    """Each in the order of their own line; what is for nobody is in one of its own."""
    queue = FairQueue[str](1)
    for item in ("a1", "a2", "a3", "b1", "b2"):
        queue.put(item[0], item)
    queue.put(None, "n1")
    assert _served(queue, dict.fromkeys("abn", 1.0)) == ["a1", "b1", "n1", "a2", "b2", "a3"]


def test_much_that_is_short_is_not_behind_little_that_is_long() -> None:
    """It is time that is divided: not one piece for each."""
    queue = FairQueue[str](1)
    _put(queue, "a1 a2 a3 b1 b2 b3 b4")
    assert _served(queue, {"a": 1.0, "b": 0.25}) == ["a1", "b1", "b2", "b3", "b4", "a2", "a3"]


def test_who_was_away_has_nothing_to_catch_up_on() -> None:
    """However much others have had before."""
    queue = FairQueue[str](1)
    _put(queue, "a1 a2 a3 a4 a5 a6")
    assert _served(queue, {"a": 1.0}, most=4) == ["a1", "a2", "a3", "a4"]
    _put(queue, "b1 b2 b3")
    assert _served(queue, {"a": 1.0, "b": 1.0}) == ["a5", "b1", "a6", "b2", "b3"]


def test_nobody_gets_more_by_asking_for_one_piece_after_the_other() -> None:
    """What they have had is remembered while others wait."""
    queue = FairQueue[str](1)
    _put(queue, "a0 b1 b2 b3 b4 b5")
    served = []
    for number in range(1, 7):
        turn = _next(queue)
        served.append(turn.item)
        queue.done(turn, 1.0 if turn.principal == "a" else 0.25)
        if turn.principal == "a":
            queue.put("a", f"a{number}")
    assert served == ["a0", "b1", "b2", "b3", "b4", "a1"]


def test_who_has_had_much_is_not_put_off_for_ever() -> None:
    """By others of whom each comes with one thing, for the first time."""
    queue = FairQueue[str](1)
    _put(queue, "a1 b1")
    turn = _next(queue)
    queue.done(turn, 5.0)
    queue.put("a", "a2")
    served = ["a1"]
    while served[-1] != "a2" and len(served) < 20:
        queue.put(str(len(served)), f"other {len(served)}")
        turn = _next(queue)
        queue.done(turn, 1.0)
        served.append(turn.item)
    assert served[1:] == ["b1", *(f"other {number}" for number in range(1, 9)), "a2"]


def test_a_principal_has_so_many_turns_at_once() -> None:
    """Whatever else waits, and whoever is there; the next one when one of them ends."""
    queue = FairQueue[str](2)
    _put(queue, "a1 a2 a3")
    turns = [_next(queue), _next(queue)]
    assert queue.next() is None
    _put(queue, "b1")
    assert _next(queue).item == "b1"
    assert queue.active == 3
    queue.done(turns[0], 0.0)
    assert _next(queue).item == "a3"


def test_nobody_is_remembered_without_a_reason() -> None:
    """However many have been there."""
    queue = FairQueue[str](1)
    for number, seconds in enumerate(islice(repeat(1.0), 1_000)):
        queue.put(str(number), "one thing")
        queue.done(_next(queue), seconds)
    queue.put("last", "one thing")
    assert len(queue) == 1


def test_a_quarter_is_left_to_others() -> None:
    """One at least, where there is more than one."""
    assert [fair_share(size) for size in (1, 2, 3, 4, 8, 64)] == [1, 1, 2, 3, 6, 48]
