"""Subscriptions: begun once for each subscriber, executed once for all who may see the same."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import partial
from inspect import isawaitable
from typing import Any

import orjson
from graphql import (
    Executor,
    GraphQLError,
    VariableNode,
    Visitor,
    execute_subscription_event,
    visit,
)
from strawberry.types import ExecutionResult

from graph.support.context import Context
from graph.support.execution.error_masking import mask, response_of
from graph.support.shared_payloads import Batch, Batches, PayloadCache, Payloads
from graph.support.visibility import visibility_key


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription that has begun. `executor` is graphql-core's, built for the document."""

    executor: Executor[Any]
    source: Batches[Any]
    text: str
    context: Context

    async def payloads(self, cache: PayloadCache) -> AsyncIterator[Payloads]:
        """The payloads to push, batch by batch. GraphQLError, masked, when it cannot go on."""
        shared = _digest(self.text, self.executor), visibility_key(self.context.principal)
        try:
            async for batch in self.source.batches:
                yield await cache.get((shared, batch.key), partial(self._executed, batch))
        except GraphQLError as refused:
            raise mask(refused, self.context) from None
        except Exception as failure:
            located = GraphQLError("The subscription ended.", original_error=failure)
            raise mask(located, self.context) from failure

    async def _executed(self, batch: Batch[Any]) -> Payloads:
        """All at once, in a snapshot and on loaders of their own, so that these ask once for all of
        them. Each payload tells the snapshot's position; the batch's, when nothing was read.
        """
        context = replace(self.context)
        async with context.one_snapshot(batch.position):
            items = batch.items if batch.again is None else await batch.again(context)
            pushed = await asyncio.gather(*(self._pushed(item, context) for item in items))
        position = context.snapshot.position
        extensions = {"position": batch.position if position is None else position}
        return [payload_of(replace(result, extensions=extensions)) for result in pushed]

    async def _pushed(self, item: object, context: Context) -> ExecutionResult:
        executor = self.executor.build_per_event_executor(item)
        executor.context_value = context
        result = execute_subscription_event(executor)
        pushed = await result if isawaitable(result) else result
        return ExecutionResult(pushed.data, [mask(error, context) for error in pushed.errors or ()])


def payload_of(result: ExecutionResult) -> str:
    """A response as JSON. Its errors are masked."""
    return orjson.dumps(response_of(result)).decode()


def _digest(text: str, executor: Executor[Any]) -> bytes:
    """A digest of all that the payload for one item depends on: the operation's text and name, and
    its variables but those that stand only in the arguments of the subscription's own field.
    """
    operation, used = executor.operation, _UsedVariables()
    for field in operation.selection_set.selections:
        for part in (*(field.directives or ()), getattr(field, "selection_set", None)):
            if part is not None:
                visit(part, used)
    for fragment in executor.fragment_definitions.values():
        visit(fragment, used)
    values = executor.variable_values.coerced
    used_values = {name: values[name] for name in used.names & values.keys()}
    name = operation.name.value if operation.name else None
    chosen = orjson.dumps([name, used_values], option=orjson.OPT_SORT_KEYS, default=str)
    parts = (text.encode(errors="surrogatepass"), chosen)
    return b"".join(hashlib.sha256(part).digest() for part in parts)


class _UsedVariables(Visitor):
    """Collects the names of the variables that are used."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        """Called by graphql-core for each."""
        self.names.add(node.name.value)
