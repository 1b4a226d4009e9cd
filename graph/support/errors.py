"""What queries that cannot be answered are told: located errors with `extensions.code`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from graphql import GraphQLError, Node


class QueryErrorCode(StrEnum):
    """What `extensions.code` can be; anything unexpected is INTERNAL."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    READ_MODEL_BEHIND = "READ_MODEL_BEHIND"
    LIMIT = "LIMIT"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


class QueryError(GraphQLError):
    """An error that may be shown as it is.

    `argument` names the one at fault, when one is; `at` is what is at fault in the document, where
    no resolver tells it; `more` goes into the extensions, too. A request that is refused with it is
    answered with the HTTP status `status`, when that says more than 200 and 400.
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
    """What HTTP answers a request with that was refused for them: 200, where none says more."""
    return max((error.status for error in errors if isinstance(error, QueryError)), default=200)


def invalid(message: str, argument: str | None = None, *, at: Node | None = None) -> QueryError:
    """An argument, or what stands there in the document, breaks a rule."""
    return QueryError(QueryErrorCode.INVALID, message, argument, at=at)


def forbidden(message: str) -> QueryError:
    """Signed in, but not allowed."""
    return QueryError(QueryErrorCode.FORBIDDEN, message)
