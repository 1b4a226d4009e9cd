"""What the log asks of any store, beyond what the library's own tests ask of its recorders."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from threading import Barrier, Event

import pytest
from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem

from domain.log import Recorder

WAIT_TIMEOUT_S = 30
A_MOMENT = 0.05

NEVER = DCBAppendCondition(DCBQuery([DCBQueryItem(tags=["never:recorded"])]), after=0)


def test_an_empty_log_stands_at_0(store: Recorder) -> None:
    """Positions begin above."""
    assert store.head() == 0
    assert list(store.read()) == []


def test_the_head_is_the_last_position(store: Recorder) -> None:
    """That which the append answered with."""
    first = store.append([DCBEvent("a.b", b"{}", ["t"])], NEVER)
    last = store.append([DCBEvent("a.b", b"{}", ["t"]), DCBEvent("a.c", b"{}", [])], NEVER)
    assert 0 < first < store.head() == last
    assert store.read().head == last


def test_one_key_is_held_by_one_at_a_time(store: Recorder) -> None:
    """The next one comes in when the first has left, and not before."""
    entered, leave = Event(), Event()

    def hold() -> None:
        with store.lock("key"):
            entered.set()
            assert leave.wait(WAIT_TIMEOUT_S)

    def follow() -> bool:
        with store.lock("key"):
            return leave.is_set()

    with ThreadPoolExecutor(2) as threads:
        first: Future[None] = threads.submit(hold)
        assert entered.wait(WAIT_TIMEOUT_S)
        second = threads.submit(follow)
        assert wait_for([second], A_MOMENT).not_done == {second}
        leave.set()
        assert second.result(WAIT_TIMEOUT_S)
        first.result(WAIT_TIMEOUT_S)


def test_different_keys_do_not_wait_for_each_other(store: Recorder) -> None:
    """Both are held at the same moment."""
    both_are_in = Barrier(2)

    def hold(key: str) -> int:
        with store.lock(key):
            return both_are_in.wait(WAIT_TIMEOUT_S)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(hold, ["one", "another"], timeout=WAIT_TIMEOUT_S)) == [0, 1]


def test_a_key_is_free_again_after_an_error(store: Recorder) -> None:
    """Whatever happens inside, the next one gets in."""
    for _ in range(2):
        with pytest.raises(LookupError), store.lock("key"):
            raise LookupError
