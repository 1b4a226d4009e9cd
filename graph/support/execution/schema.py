"""Strawberry's schema, with a way of its own to run subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from inspect import isawaitable
from typing import Any, cast

import strawberry
from graphql import (
    DocumentNode,
    Executor,
    GraphQLError,
    GraphQLSyntaxError,
    create_source_event_stream,
    located_error,
)
from graphql import ExecutionResult as CoreResult
from strawberry.exceptions import MissingQueryError
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions.runner import SchemaExtensionsRunner
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from domain.kernel.read_model_behind import ReadModelBehind
from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode
from graph.support.execution.charges import charge_operation, charge_text, response_extensions
from graph.support.execution.min_positions import wait_for_positions
from graph.support.execution.subscription import Subscription
from graph.support.limits.cost import LARGE
from projections.sql.database import ASKED_BY

MANY_BYTES = 64 * 1024
"""Bytes of variables: fewer are coerced in the event loop, in less time than it takes to hand them
to a thread and no more than some milliseconds. More take up to 0.4 s, under the lock."""


class Schema(strawberry.Schema):
    """Strawberry's schema, which logs nothing (ErrorMasking does) and runs subscriptions once for
    all who may see the same.

    A PreExecutionError is a request error, whoever found it: no field was executed, and the answer
    has no entry `data`. Any other result has one, which may be null.
    """

    def as_str(self) -> str:
        """The schema as text, its description first."""
        roots = {
            "query": self._schema.query_type,
            "mutation": self._schema.mutation_type,
            "subscription": self._schema.subscription_type,
        }
        named = "\n".join(f"  {root}: {kind}" for root, kind in roots.items() if kind is not None)
        return f'"""\n{self._schema.description}\n"""\nschema {{\n{named}\n}}\n\n{super().as_str()}'

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        return None

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Runs a query or mutation. InvalidOperationTypeError for a subscription."""
        allowed = set(allowed_operation_types or OperationType) - {OperationType.SUBSCRIPTION}
        context = cast("Context", context_value)
        begun = await self.begin(query, variable_values, operation_name, context, allowed)
        assert isinstance(begun, ExecutionResult)  # noqa: S101 - by the types that are allowed
        return begun

    async def begin(
        self,
        text: str | None,
        variables: dict[str, Any] | None,
        name: str | None,
        context: Context,
        allowed: Iterable[OperationType] = OperationType,
    ) -> Subscription | ExecutionResult:
        """Runs any operation as far as it goes before it lasts: a subscription is checked and
        begun, a query or mutation done. One that cannot begin is a PreExecutionError;
        InvalidOperationTypeError when it is of a type that is not allowed.
        """
        ASKED_BY.set(context.principal.id)
        async with context.one_snapshot():
            begun = await self._ended(text, variables, name, context, allowed)
        if isinstance(begun, ExecutionResult) and not isinstance(begun, PreExecutionError):
            begun.extensions = response_extensions(context)
        return begun

    async def _ended(
        self,
        text: str | None,
        variables: dict[str, Any] | None,
        name: str | None,
        context: Context,
        allowed: Iterable[OperationType],
    ) -> Subscription | ExecutionResult:
        running = self._create_execution_context(
            text, allowed, variables, context, operation_name=name
        )
        extensions = self.get_extensions()
        for extension in extensions:
            extension.execution_context = running
        runner = self.create_extensions_runner(running, extensions)
        async with runner.operation():
            try:
                charge_text(context, text or "")
                refused = await self._request_errors(running, runner)
                begun = PreExecutionError(None, refused) if refused else await self._begun(running)
            except InvalidOperationTypeError:
                raise
            except QueryError as refusal:
                begun = PreExecutionError(None, [refusal])
            except Exception as failure:  # noqa: BLE001 - logged and masked like a resolver's
                begun = PreExecutionError(None, [located_error(failure)])
            if isinstance(begun, ExecutionResult):
                running.result = begun  # whose errors are masked when the block ends
        return begun

    async def _request_errors(
        self, running: ExecutionContext, runner: SchemaExtensionsRunner
    ) -> list[GraphQLError] | None:
        try:
            refused = await self._prepare_operation_async(running, runner)
        except GraphQLSyntaxError as error:
            return [error]
        except CannotGetOperationTypeError:
            return [_bad_request("There is no operation of this name.")]
        except MissingQueryError:
            return [_bad_request("There is no query.")]
        return None if refused is None else refused.errors

    async def _begun(self, running: ExecutionContext) -> Subscription | ExecutionResult:
        context = cast("Context", running.context)
        charge_operation(context, running.operation_name, running.query or "")
        if context.cost.points < LARGE:
            return await self._admitted(running)
        async with context.site.limits.large_operations.slot(context.principal.id):
            return await self._admitted(running)

    async def _admitted(self, running: ExecutionContext) -> Subscription | ExecutionResult:
        executor = await self._executor(running)
        if isinstance(executor, list):
            return PreExecutionError(None, executor)
        try:
            await wait_for_positions(executor, running.context)
        except ReadModelBehind as late:
            return _late(late, running)
        if running.context.cost.is_long:
            async with running.context.site.limits.cpu_lock.held():
                return await self._executed(executor, running)
        return await self._executed(executor, running)

    async def _executed(
        self, executor: Executor[Any], running: ExecutionContext
    ) -> Subscription | ExecutionResult:
        if running.operation_type is not OperationType.SUBSCRIPTION:
            try:
                done = await _awaited(executor.execute_operation())
            finally:
                # it refers to itself, and to all that was sent, which would stay until collected
                vars(executor).clear()
            return ExecutionResult(done.data, done.errors)
        source = await _awaited(create_source_event_stream(executor))
        if isinstance(source, CoreResult):
            return PreExecutionError(None, source.errors)
        return Subscription(executor, source, running.query or "", running.context)

    async def _executor(self, running: ExecutionContext) -> Executor[Any] | list[GraphQLError]:
        """Made of what was sent, which takes a while when it is much, and room: others are answered
        meanwhile, and one at a time is made.
        """
        context = cast("Context", running.context)
        build = partial(
            self.execution_context_class.build,
            self._schema,
            cast("DocumentNode", running.graphql_document),
            None,
            context,
            running.variables,
            running.operation_name,
            is_awaitable=cast("Any", optimized_is_awaitable),
            hide_suggestions=not context.site.introspection,
        )
        if context.size < MANY_BYTES:
            return build()
        return await context.site.limits.cpu_lock.run(build)


def _late(late: ReadModelBehind, running: ExecutionContext) -> ExecutionResult:
    """The answer of an operation that waited in vain, and read nothing."""
    behind = QueryError(QueryErrorCode.READ_MODEL_BEHIND, str(late))
    if running.operation_type is OperationType.SUBSCRIPTION:
        return PreExecutionError(None, [behind])
    return ExecutionResult(None, [behind])


def _bad_request(message: str) -> QueryError:
    return QueryError(QueryErrorCode.INVALID, message, status=400)


async def _awaited(value: Any) -> Any:
    return await value if isawaitable(value) else value
