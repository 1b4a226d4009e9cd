"""What takes the event loop for long is done one by one, with as long for others in between."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from graphql import DocumentNode, GraphQLError, GraphQLSchema, get_introspection_query, parse

from graph.schema import schema
from graph.support.context import Context
from graph.support.execution import parsing, validation
from graph.support.execution.schema import MANY_BYTES
from graph.support.scheduling.fair_lock import FairLock
from projections.sql.database import ASKED_BY
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN


@dataclass
class Timers:
    """The event loop's time, and what it is to do later: both as the test says."""

    now: float = 100.0
    later: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[..., None], *given: Any) -> None:
        self.later.append((delay, partial(callback, *given)))


async def test_the_next_one_waits_for_as_long_again(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu_lock, timers, done = FairLock(), Timers(), list[str]()

    async def work(name: str, seconds: float) -> None:
        async with cpu_lock.held():
            timers.now += seconds
            done.append(name)

    loop = asyncio.get_running_loop()
    with monkeypatch.context() as patched:
        patched.setattr(loop, "time", timers.time)
        patched.setattr(loop, "call_later", timers.call_later)
        await work("first", 0.5)
    second = asyncio.create_task(work("second", 0))
    await asyncio.sleep(0)
    assert done == ["first"]
    ((delay, release),) = timers.later
    assert delay == 0.5
    release()
    await second
    assert done == ["first", "second"]


async def test_a_failure_lets_others_in() -> None:
    cpu_lock = FairLock()
    with pytest.raises(ValueError, match="no"):
        async with cpu_lock.held():
            raise ValueError("no")
    async with asyncio.timeout(20), cpu_lock.held():
        pass


def _passing(
    cpu_lock: FairLock, principal: str | None, times: int, done: list[str | None]
) -> list[asyncio.Task[None]]:
    async def work() -> None:
        async with cpu_lock.held():
            done.append(principal)

    context = copy_context()
    context.run(ASKED_BY.set, principal)
    return [asyncio.create_task(work(), context=context) for _ in range(times)]


async def test_principals_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes after sixteen of another's waits for the one that is in; so does what is asked for
    nobody.
    """
    cpu_lock, done = FairLock(), list[str | None]()
    timers = Timers()
    tasks = _passing(cpu_lock, "ann", 16, done)
    with monkeypatch.context() as patched:
        patched.setattr(asyncio.get_running_loop(), "call_later", timers.call_later)
        await asyncio.wait(tasks[:1])
        tasks += _passing(cpu_lock, "bo", 1, done) + _passing(cpu_lock, None, 1, done)
        await asyncio.sleep(0)
    ((_, release),) = timers.later
    release()
    await asyncio.wait_for(asyncio.gather(*tasks), 20)
    assert done == ["ann", "bo", None, *["ann"] * 15]


async def test_who_has_gone_is_not_let_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor do those behind them wait for ever: also when they go just as the lock is free."""
    cpu_lock, done, timers = FairLock(), list[str | None](), Timers()
    first, gone, going, last = _passing(cpu_lock, "ann", 4, done)
    with monkeypatch.context() as patched:
        patched.setattr(asyncio.get_running_loop(), "call_later", timers.call_later)
        await asyncio.wait([first])
        gone.cancel()
        await asyncio.wait([gone])
    ((_, release),) = timers.later
    release()
    going.cancel()
    await asyncio.wait_for(last, 20)
    assert (going.cancelled(), done) == (True, ["ann", "ann"])


async def test_a_thread_that_works_for_nobody_any_more_keeps_others_out() -> None:
    """It cannot be cancelled: with the next one beside it two would hold the interpreter."""
    cpu_lock, begun, end, done = FairLock(), threading.Event(), threading.Event(), list[str]()

    def work() -> None:
        begun.set()
        end.wait(20)
        done.append("first")

    first = asyncio.create_task(cpu_lock.run(work))
    await asyncio.to_thread(begun.wait, 20)
    first.cancel()
    second = asyncio.create_task(cpu_lock.run(lambda: done.append("second")))
    for _ in range(10):
        await asyncio.sleep(0)
    assert not first.done()
    end.set()
    await asyncio.wait([first, second])
    assert first.cancelled()
    assert done == ["first", "second"]


class Counting(FairLock):
    """Counts what passes."""

    count = 0

    def held(self) -> Any:
        """See Gate."""
        self.count += 1
        return super().held()


async def test_the_schema_is_told_through_it(ask: GraphClient) -> None:
    """Other operations pass it by, and so does what is small."""
    cpu_lock = Counting()
    asking = ask.on(cpu_lock=cpu_lock)
    await asking("{ viewer { kind } __schema { queryType { name } } }")
    assert cpu_lock.count == 0
    await asking("{ __schema { types { fields { name args { name } } } } }")
    assert cpu_lock.count == 1
    await asking(get_introspection_query())
    assert cpu_lock.count == 2


async def test_what_is_long_is_checked_in_a_thread(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cpu_lock, threads = Counting(), list[bool]()
    errors_of = validation.errors_of

    def noted(
        schema: GraphQLSchema, document: DocumentNode, *, hide_suggestions: bool
    ) -> list[GraphQLError]:
        threads.append(threading.current_thread() is threading.main_thread())
        return errors_of(schema, document, hide_suggestions=hide_suggestions)

    monkeypatch.setattr(validation, "errors_of", noted)
    asking = ask.on(cpu_lock=cpu_lock)
    for many in (parsing.MANY_TOKENS - 20, parsing.MANY_TOKENS):
        codes = '"a" ' * many
        query = f"{{ siteUserSegments(filter: {{codes: [{codes}]}}) {{ totalCount }} nope }}"
        assert await asking.codes(query) == ["INVALID"]
    assert threads == [True, False]
    assert cpu_lock.count == 2  # once to be measured, once for the rules


async def test_what_is_long_is_parsed_in_a_thread(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in it has its place."""
    cpu_lock, threads = Counting(), list[bool]()

    def noted(text: str, **options: Any) -> DocumentNode:
        threads.append(threading.current_thread() is threading.main_thread())
        return parse(text, **options)

    monkeypatch.setattr(parsing, "parse", noted)
    asking = ask.on(cpu_lock=cpu_lock)
    viewer = "{ viewer { kind } }"
    for size in (parsing.MANY_CHARACTERS - 1, parsing.MANY_CHARACTERS):
        assert await asking(viewer + " " * (size - len(viewer)))
    assert threads == [False]
    assert cpu_lock.count == 1
    error = await asking.only_error("\n" * parsing.MANY_CHARACTERS + "{")
    assert error["extensions"] == {"code": "INVALID"}
    assert error["locations"] == [{"line": parsing.MANY_CHARACTERS + 1, "column": 2}]


@pytest.mark.parametrize("more", [0, 1])
async def test_many_variables_are_coerced_through_it(ask: GraphClient, more: int) -> None:
    """Also for an operation that passes it once more; fewer are not."""
    cpu_lock = Counting()
    context = Context(ask.on(cpu_lock=cpu_lock).site, ADMIN, "1", size=MANY_BYTES - 1 + more)
    schema_too = "__schema { types { fields { name args { name } } } }" * more
    query = f"query ($on: Boolean!) {{ viewer @include(if: $on) {{ id }} {schema_too} }}"
    async with asyncio.timeout(20):
        result = await schema.execute(query, {"on": True}, context)
    assert result.errors is None
    assert cpu_lock.count == 2 * more  # to be coerced, and to be run
