"""Strawberry's schema, with a way of its own to run subscriptions."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import isawaitable
from typing import Any, cast

import strawberry
from graphql import DocumentNode, GraphQLError, create_source_event_stream, located_error
from graphql import ExecutionResult as CoreResult
from strawberry.exceptions import MissingQueryError
from strawberry.extensions.runner import SchemaExtensionsRunner
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from graph.support.context import Context
from graph.support.errors import invalid
from graph.support.outcome import coded
from graph.support.subscribing import Subscription


class Schema(strawberry.Schema):
    """Silent, as CodedErrors has logged what nobody expected; and pushes what is executed once.

    A PreExecutionError is a request error, whoever found it: no field was executed, and the answer
    has no entry `data`. Any other result has one, which may be null.
    """

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
        """What has one result. InvalidOperationTypeError for a subscription."""
        allowed = set(allowed_operation_types or OperationType) - {OperationType.SUBSCRIPTION}
        result = await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            allowed,
            operation_extensions,
        )
        result = _classified(result)
        if isinstance(result, PreExecutionError):  # CodedErrors does not see what failed around it
            context = cast("Context", context_value)
            result.errors = [coded(error, context) for error in result.errors or ()]
        return result

    async def begin(
        self, text: str, variables: dict[str, Any] | None, name: str | None, context: Context
    ) -> Subscription | ExecutionResult:
        """Runs any operation as far as it goes before it lasts: a subscription is checked and
        begun, a query or mutation done. One that cannot begin is a PreExecutionError.
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
                begun = PreExecutionError(None, refused) if refused else await self._begun(running)
            except Exception as failure:  # noqa: BLE001 - logged and masked like a resolver's
                begun = PreExecutionError(None, [located_error(failure)])
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
            return PreExecutionError(None, executor)
        if running.operation_type is not OperationType.SUBSCRIPTION:
            done = await _awaited(executor.execute_operation())
            return ExecutionResult(done.data, done.errors)
        source = await _awaited(create_source_event_stream(executor))
        if isinstance(source, CoreResult):
            return PreExecutionError(None, source.errors)
        return Subscription(executor, source, running.query or "", running.context)


def _classified(result: ExecutionResult) -> ExecutionResult:
    """As a PreExecutionError, when it is one: where variables cannot be coerced, the executor's
    result does not say so. Errors of fields have a path, those before execution have none.
    """
    if result.data is not None or any(error.path for error in result.errors or ()):
        return result
    return PreExecutionError(None, result.errors, result.extensions)


async def _awaited(value: Any) -> Any:
    return await value if isawaitable(value) else value
