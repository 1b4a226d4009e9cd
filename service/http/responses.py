"""JSON answers of the HTTP layer itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph.support.errors import QueryError, status_of


class Json(Response):
    """A JSON body, written by orjson."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def error_response(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Returns an error before GraphQL was reached, in the shape of a GraphQL answer without
    data.
    """
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return Json(body, status_code=status, headers=headers)


def failure(request_id: str) -> Response:
    """Returns the answer to an unexpected failure: it is logged by that id."""
    extensions = {"code": "INTERNAL", "requestId": request_id}
    body = {"errors": [{"message": "Something went wrong on our side.", "extensions": extensions}]}
    return Json(body, status_code=500)


def refused_by(refused: HTTPException | QueryError) -> Response:
    """Returns the answer for an exception."""
    if isinstance(refused, QueryError):
        return refused_operation({"errors": [refused.formatted]}, [refused])
    code = "LIMIT" if refused.status_code == 413 else "INVALID"
    return error_response(refused.status_code, code, refused.detail, refused.headers)


def refused_operation(
    told: dict[str, Any], errors: Iterable[GraphQLError], status: int = 200
) -> Response:
    """Returns the answer `told`, of an operation that was not run for those errors: with that
    status, where none of them has another.
    """
    extensions = [error.extensions or {} for error in errors]
    waits = [str(more["retryAfter"]) for more in extensions if "retryAfter" in more]
    headers = {"Retry-After": waits[0]} if waits else None
    return Json(told, max(status_of(errors), status), headers)
