"""The last word on an operation's errors: each carries a code, and nothing unexpected leaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import psycopg
import structlog
from graphql import FieldNode, GraphQLError
from psycopg.errors import QueryCanceled
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from graph.support.access_logging import note
from graph.support.context import Context
from graph.support.errors import QueryErrorCode
from graph.support.execution.document_limits import is_limit
from projections.engine.disk import is_disk_full
from projections.engine.position import ReadModelBehind
from projections.engine.promise import operation
from projections.sql.database import READ_TIMEOUT_S

MAX_MESSAGE_LENGTH = 500
"""Characters of what is said about a document or a variable."""

_logger = structlog.get_logger("graph")


class CodedErrors(SchemaExtension):
    """Gives every error its `extensions.code`; logs and masks what nobody expected."""

    def on_operation(self) -> Iterator[None]:
        context: Context = self.execution_context.context
        context.renew_loaders()
        context.variables = self.execution_context.variables or {}
        with operation():
            yield
        result = self.execution_context.result
        errors = getattr(result, "errors", None)
        if errors:
            result.errors = [coded(error, context) for error in errors]  # type: ignore[union-attr]
            _let_go(errors)


def _let_go(errors: Iterable[BaseException | None]) -> None:
    """Of the frames that they were raised in, by which they refer to themselves and to all that was
    sent.
    """
    for error in errors:
        if error is not None:
            error.__traceback__ = None
            _let_go([error.__cause__, error.__context__, getattr(error, "original_error", None)])


def response_of(result: ExecutionResult) -> dict[str, Any]:
    """A response as it is written, of a result whose errors are coded."""
    told: dict[str, Any] = {} if isinstance(result, PreExecutionError) else {"data": result.data}
    if result.errors:
        told["errors"] = [error.formatted for error in result.errors]
    if result.extensions:
        told["extensions"] = result.extensions
    return told


def coded(error: GraphQLError, context: Context) -> GraphQLError:
    """The error as clients may see it."""
    if error.extensions and "code" in error.extensions:
        return _noted(error, context)
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        code = QueryErrorCode.LIMIT if is_limit(error) else QueryErrorCode.INVALID
        message = _cut(error.message.partition(" Did you mean ")[0])  # strangers get no hints
        return _with(error, message, {"code": code.value})
    if isinstance(original, ReadModelBehind):
        return _with(error, str(original), {"code": QueryErrorCode.READ_MODEL_BEHIND.value})
    if isinstance(original, QueryCanceled):
        return _too_long(error)
    if isinstance(original, psycopg.OperationalError | psycopg.InterfaceError):
        return _unavailable(error, original)
    _logger.error(
        "unexpected failure", request_id=context.request_id, path=error.path, exc_info=original
    )
    extensions = {"code": QueryErrorCode.INTERNAL.value, "requestId": context.request_id}
    return _with(error, "Something went wrong on our side.", extensions)


def _cut(message: str) -> str:
    """Some quote all of the value that they are about."""
    return (
        message if len(message) <= MAX_MESSAGE_LENGTH else f"{message[: MAX_MESSAGE_LENGTH - 1]}…"
    )


def _noted(error: GraphQLError, context: Context) -> GraphQLError:
    """Who is denied something is noted, whatever it was that denied it."""
    denied = QueryErrorCode.FORBIDDEN.value
    node = error.nodes[0] if error.nodes else None
    if (error.extensions or {})["code"] != denied or not isinstance(node, FieldNode):
        return error
    try:
        note(context, node, denied)
    except psycopg.OperationalError as full:
        return _unavailable(error, full)
    return error


def _unavailable(error: GraphQLError, lost: Exception) -> GraphQLError:
    """Not ours to mend, and worth trying again: the database did not answer, or has no room."""
    _logger.warning("the database does not answer", error=type(lost).__name__)
    extensions = {"code": QueryErrorCode.UNAVAILABLE.value}
    reason = "The database's disk is full" if is_disk_full(lost) else "The database does not answer"
    return _with(error, f"{reason}. Try again.", extensions)


def _too_long(error: GraphQLError) -> GraphQLError:
    """The server ended a question: asking the same again would take as long."""
    _logger.warning("a question took too long", path=error.path)
    message = (
        f"This takes longer than the {READ_TIMEOUT_S:g} s that a question may take. Ask for less: a"
        " narrower filter or longer search, a smaller page, no totalCount."
    )
    return _with(error, message, {"code": QueryErrorCode.LIMIT.value})


def _with(error: GraphQLError, message: str, extensions: dict[str, str]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
