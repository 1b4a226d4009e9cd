"""Strawberry's schema, with a way of its own to run subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import isawaitable
from typing import Any, cast

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    create_source_event_stream,
    located_error,
)
from strawberry.exceptions import MissingQueryError
from strawberry.extensions.runner import SchemaExtensionsRunner
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.types import ExecutionContext
from strawberry.types import ExecutionResult as StrawberryResult
from strawberry.types.graphql import OperationType

from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.subscribing import Subscription


class Schema(strawberry.Schema):
    """Silent, as CodedErrors has logged what nobody expected; and pushes what is executed once."""

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
    ) -> StrawberryResult:
        """What has one result. InvalidOperationTypeError for a subscription."""
        allowed = set(allowed_operation_types or OperationType) - {OperationType.SUBSCRIPTION}
        return await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            allowed,
            operation_extensions,
        )

    async def begin(
        self, text: str, variables: dict[str, Any] | None, name: str | None, context: Context
    ) -> Subscription | ExecutionResult:
        """Runs any operation as far as it goes before it lasts: a subscription is checked and
        begun, a query or mutation done. The result has only errors when it was refused.
        """
        running = self._create_execution_context(
            text, list(OperationType), variables, context, operation_name=name
        )
        extensions = self.get_extensions()
        for extension in extensions:
            extension.execution_context = running
        runner = self.create_extensions_runner(running, extensions)
        async with runner.operation():
            try:
                refused = await self._refusals(running, runner)
                begun = ExecutionResult(None, refused) if refused else await self._begun(running)
            except Exception as failure:  # noqa: BLE001 - logged and masked like a resolver's
                begun = ExecutionResult(None, [located_error(failure)])
            if isinstance(begun, ExecutionResult):
                running.result = begun  # whose errors are coded when the block ends
        return begun

    async def _refusals(
        self, running: ExecutionContext, runner: SchemaExtensionsRunner
    ) -> list[GraphQLError] | None:
        try:
            refused = await self._prepare_operation_async(running, runner)
        except CannotGetOperationTypeError:
            return [invalid("There is no operation of this name.")]
        except MissingQueryError:
            return [invalid("There is no query.")]
        return None if refused is None else refused.errors

    async def _begun(self, running: ExecutionContext) -> Subscription | ExecutionResult:
        executor = self.execution_context_class.build(
            self._schema,
            cast("DocumentNode", running.graphql_document),
            None,
            running.context,
            running.variables,
            running.operation_name,
        )
        if isinstance(executor, list):
            return ExecutionResult(None, executor)
        if running.operation_type is not OperationType.SUBSCRIPTION:
            return cast("ExecutionResult", await _awaited(executor.execute_operation()))
        source = await _awaited(create_source_event_stream(executor))
        if isinstance(source, ExecutionResult):
            return source
        return Subscription(executor, source, running.query or "", running.context)


async def _awaited(value: Any) -> Any:
    return await value if isawaitable(value) else value
