"""JSON answers of the HTTP layer itself."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import Response


class Json(Response):
    """A JSON body, written by orjson."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content)


def refusal(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> Response:
    """A refusal before GraphQL was reached, in the shape of a GraphQL answer without data."""
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    return Json(body, status_code=status, headers=headers)
