"""Answers with files."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Iterable

from starlette.responses import Response, StreamingResponse

from domain.kernel.read_model_behind import ReadModelBehind
from service.http.responses import error_response

CSV = "text/csv; charset=utf-8"


def file(content: bytes, name: str) -> Response:
    """Returns an answer with a whole file, for this person only."""
    return Response(content, media_type=CSV, headers=_headers(name))


def streamed(parts: AsyncIterable[bytes] | Iterable[bytes], name: str) -> Response:
    """Returns an answer with a file that is written while it is sent."""
    return StreamingResponse(parts, media_type=CSV, headers=_headers(name))


async def unless_late(answer: Awaitable[Response]) -> Response:
    """Returns the answer, or one that the read model is behind."""
    try:
        return await answer
    except ReadModelBehind as late:
        return error_response(503, "READ_MODEL_BEHIND", f"{late} Ask again.", {"Retry-After": "1"})


def nothing_there() -> Response:
    """Returns the answer for nothing, or nothing that may be seen."""
    return error_response(404, "NOT_FOUND", "There is no such file.")


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
    }
