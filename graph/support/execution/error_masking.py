"""Error masking: each error that clients see has a code, and nothing unexpected leaks."""

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

from domain.kernel.read_model_behind import ReadModelBehind
from graph.support.access_logging import log_access
from graph.support.context import Context
from graph.support.errors import QueryErrorCode
from graph.support.execution.document_limits import is_limit
from projections.engine.disk import is_disk_full
from projections.engine.promise import operation
from projections.sql.database import READ_TIMEOUT_S

MAX_MESSAGE_LENGTH = 500
"""Characters of what is said about a document or a variable."""

_logger = structlog.get_logger("graph")


class ErrorMasking(SchemaExtension):
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
            result.errors = [mask(error, context) for error in errors]  # type: ignore[union-attr]
            _drop_tracebacks(errors)


def _drop_tracebacks(errors: Iterable[BaseException | None]) -> None:
    """Frees the frames that errors were raised in: through these they refer to themselves and to
    all that was sent.
    """
    for error in errors:
        if error is not None:
            error.__traceback__ = None
            _drop_tracebacks(
                [error.__cause__, error.__context__, getattr(error, "original_error", None)]
            )


def response_of(result: ExecutionResult) -> dict[str, Any]:
    """The response to a result whose errors are masked."""
    is_refused = isinstance(result, PreExecutionError)
    response: dict[str, Any] = {} if is_refused else {"data": result.data}
    if result.errors:
        response["errors"] = [error.formatted for error in result.errors]
    if result.extensions:
        response["extensions"] = result.extensions
    return response


def mask(error: GraphQLError, context: Context) -> GraphQLError:
    """The error as clients may see it. Logs what is unexpected."""
    if error.extensions and "code" in error.extensions:
        return _log_if_denied(error, context)
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
        code = QueryErrorCode.LIMIT if is_limit(error) else QueryErrorCode.INVALID
        return _replace(error, _truncate(_without_hints(error, context)), {"code": code.value})
    if isinstance(original, ReadModelBehind):
        return _replace(error, str(original), {"code": QueryErrorCode.READ_MODEL_BEHIND.value})
    if isinstance(original, QueryCanceled):
        return _too_long(error)
    if isinstance(original, psycopg.OperationalError | psycopg.InterfaceError):
        return _unavailable(error, original)
    _logger.error(
        "unexpected failure", request_id=context.request_id, path=error.path, exc_info=original
    )
    extensions = {"code": QueryErrorCode.INTERNAL.value, "requestId": context.request_id}
    return _replace(error, "Something went wrong on our side.", extensions)


def _without_hints(error: GraphQLError, context: Context) -> str:
    """The message, with names of the schema only for those who may ask for it."""
    if context.site.introspection:
        return error.message
    return error.message.partition(" Did you mean ")[0]


def _truncate(message: str) -> str:
    """Limits a message that may quote a whole value."""
    return (
        message if len(message) <= MAX_MESSAGE_LENGTH else f"{message[: MAX_MESSAGE_LENGTH - 1]}…"
    )


def _log_if_denied(error: GraphQLError, context: Context) -> GraphQLError:
    """Logs to the access log that a field was denied, whatever denied it."""
    denied = QueryErrorCode.FORBIDDEN.value
    node = error.nodes[0] if error.nodes else None
    if (error.extensions or {})["code"] != denied or not isinstance(node, FieldNode):
        return error
    try:
        log_access(context, node, denied)
    except psycopg.OperationalError as full:
        return _unavailable(error, full)
    return error


def _unavailable(error: GraphQLError, lost: Exception) -> GraphQLError:
    """Not ours to mend, and worth trying again: the database did not answer, or has no room."""
    _logger.warning("the database does not answer", error=type(lost).__name__)
    extensions = {"code": QueryErrorCode.UNAVAILABLE.value}
    reason = "The database's disk is full" if is_disk_full(lost) else "The database does not answer"
    return _replace(error, f"{reason}. Try again.", extensions)


def _too_long(error: GraphQLError) -> GraphQLError:
    """The server ended a question: asking the same again would take as long."""
    _logger.warning("a question took too long", path=error.path)
    message = (
        f"This takes longer than the {READ_TIMEOUT_S:g} s that a question may take. Ask for less: a"
        " narrower filter or longer search, a smaller page, no totalCount."
    )
    return _replace(error, message, {"code": QueryErrorCode.LIMIT.value})


def _replace(error: GraphQLError, message: str, extensions: dict[str, str]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
