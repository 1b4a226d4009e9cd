"""The operation that a request asks for, whichever way it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request

from service.http.content_types import content_type_of

MOST_VALUES = 250_000
"""Commas in JSON that is sent: each value after the first of a list or an object needs one. A call
with 100,000 users has as many, of which names may hold some more; and so many are read in 15
milliseconds, in which nobody else is answered."""
MOST_CONTAINERS = 50_000
"""Lists and objects in it, which need no comma within each other, and take a hundred bytes each and
five times as long as a number: so many are read in 10 milliseconds. What is asked for has a few."""

_PARTS = {"query": str, "variables": dict, "operationName": str, "extensions": dict}
_KINDS = {str: "a string", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Operation:
    """What is to be run. `size` is the bytes in which it came, its text and files apart."""

    text: str
    variables: dict[str, Any] | None
    name: str | None
    size: int


def refuse_other_content(request: Request, *kinds: str) -> None:
    """HTTPException 415 for a body of another type: what a form on another site can send by itself
    is none of them.
    """
    if content_type_of(request.headers) not in kinds:
        raise HTTPException(415, f"The body must be {', or '.join(kinds)}.")


async def from_body(request: Request) -> Operation:
    """The one in a JSON body. HTTPException 400 when there is none, 413 when it is too much."""
    body = await request.body()
    return operation_of(decoded(body), len(body))


def from_address(request: Request) -> Operation:
    """The one in the address of a GET. HTTPException 400 when there is none."""
    said: dict[str, Any] = dict(request.query_params)
    for part in ("variables", "extensions"):
        if said.get(part):
            said[part] = decoded(said[part].encode())
    return operation_of(said, len(request.url.query))


def excess_in(text: bytes) -> str | None:
    """What JSON would hold too much of; None when it may be read. Counted as it is written, so that
    what stands within a text counts, too.
    """
    if text.count(b",") > MOST_VALUES:
        return f"at most {MOST_VALUES:,} values"
    if text.count(b"[") + text.count(b"{") > MOST_CONTAINERS:
        return f"at most {MOST_CONTAINERS:,} lists and objects"
    return None


def decoded(text: bytes) -> Any:
    """What JSON says. HTTPException 400 when it is none, 413 when it holds too many values."""
    excess = excess_in(text)
    if excess is not None:
        raise HTTPException(413, f"The JSON holds {excess}.")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise HTTPException(400, "Unable to parse request body as JSON") from None


def operation_of(said: object, size: int) -> Operation:
    """The one in what was said in `size` bytes. HTTPException 400 when there is none."""
    if not isinstance(said, Mapping):
        raise HTTPException(400, "The body must be a JSON object that holds one operation.")
    for part, kind in _PARTS.items():
        if not isinstance(said.get(part), (kind, NoneType)):
            raise HTTPException(400, f"{part} must be {_KINDS[kind]} or null.")
    text = said.get("query")
    if not text:
        raise HTTPException(400, "There is no query.")
    size -= len(text.encode())
    return Operation(text, said.get("variables"), said.get("operationName"), size)
