"""Errors of queries: located GraphQL errors with an `extensions.code`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from graphql import GraphQLError, Node

MAX_SAFE_INTEGER = 2**53 - 1
"""The greatest whole number that all clients read from JSON; pages in pages can come to more."""


class QueryErrorCode(StrEnum):
    """The values of `extensions.code`; anything unexpected is INTERNAL."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    READ_MODEL_BEHIND = "READ_MODEL_BEHIND"
    LIMIT = "LIMIT"
    UNAVAILABLE = "UNAVAILABLE"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    INTERNAL = "INTERNAL"


class QueryError(GraphQLError):
    """An error that may be shown as it is.

    `argument` names the argument at fault, if one is; `at` is the node of the document at fault,
    where no resolver locates it; `more` goes into the extensions, too. `status` is the HTTP status
    of a request that fails with it.
    """

    def __init__(
        self,
        code: QueryErrorCode,
        message: str,
        argument: str | None = None,
        *,
        at: Node | None = None,
        status: int = 200,
        **more: str | float,
    ) -> None:
        extensions = {"code": code.value} | ({"argument": argument} if argument else {}) | more
        super().__init__(message, at, extensions=extensions)
        self.status = status


def status_of(errors: Iterable[GraphQLError]) -> int:
    """The HTTP status of a response with these errors: 200, unless one has another."""
    return max((error.status for error in errors if isinstance(error, QueryError)), default=200)


def invalid(message: str, argument: str | None = None, *, at: Node | None = None) -> QueryError:
    """An INVALID error: an argument, or a node of the document, breaks a rule."""
    return QueryError(QueryErrorCode.INVALID, message, argument, at=at)


def over_limit(
    message: str,
    limit: int,
    actual: int,
    argument: str | None = None,
    *,
    at: Node | None = None,
    status: int = 200,
) -> QueryError:
    """A LIMIT error: `actual` of something was asked for, or sent, of which `limit` may be."""
    bound = {"limit": limit, "actual": min(actual, MAX_SAFE_INTEGER)}
    return QueryError(QueryErrorCode.LIMIT, message, argument, at=at, status=status, **bound)


def forbidden(message: str) -> QueryError:
    """A FORBIDDEN error: signed in, but not allowed."""
    return QueryError(QueryErrorCode.FORBIDDEN, message)
