"""How files are answered."""

from __future__ import annotations

from collections.abc import AsyncIterable, Iterable

from starlette.responses import Response, StreamingResponse

from service.http.answers import refusal

CSV = "text/csv; charset=utf-8"


def file(content: bytes, name: str) -> Response:
    """A whole file, for this person only."""
    return Response(content, media_type=CSV, headers=_headers(name))


def streamed(parts: AsyncIterable[bytes] | Iterable[bytes], name: str) -> Response:
    """A file that is written while it is sent."""
    return StreamingResponse(parts, media_type=CSV, headers=_headers(name))


def nothing_there() -> Response:
    """Nothing, or nothing that may be seen."""
    return refusal(404, "NOT_FOUND", "There is no such file.")


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
    }
