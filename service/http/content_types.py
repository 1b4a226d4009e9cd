"""The content type of a body: one rule for all endpoints that take one."""

from __future__ import annotations

from starlette.datastructures import Headers

JSON = "application/json"
MULTIPART = "multipart/form-data"


def content_type_of(headers: Headers) -> str:
    """Returns the type alone, in lower case; empty when none is given."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()
