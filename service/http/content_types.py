"""What a body may be, told by its Content-Type: one rule for all that takes one."""

from __future__ import annotations

from starlette.datastructures import Headers

JSON = "application/json"
MULTIPART = "multipart/form-data"


def content_type_of(headers: Headers) -> str:
    """The type alone, in lower case; empty when none is given."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()
