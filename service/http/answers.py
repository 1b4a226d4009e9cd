"""JSON answers of the HTTP layer itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.responses import Response


class Json(Response):
    """A JSON body, written by orjson."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def refusal(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A refusal before GraphQL was reached, in the shape of a GraphQL answer without data."""
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return Json(body, status_code=status, headers=headers)


def refused_by(refused: HTTPException) -> Response:
    """The same for what was raised."""
    code = "LIMIT" if refused.status_code == 413 else "INVALID"
    return refusal(refused.status_code, code, refused.detail, refused.headers)
