"""The operation of a request, by whichever method and content type it came."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import NoneType
from typing import Any, NamedTuple

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request

from domain.kernel.principal import Principal
from graph.support.errors import QueryError, QueryErrorCode
from graph.support.execution.schema import MANY_BYTES
from service.http.content_types import content_type_of
from service.http.middleware.bodies import may_send_much
from service.http.positions import extended_position
from service.http.request_slots import RequestSlots


class OperationLimits(NamedTuple):
    """The bounds of JSON text: `values` are its commas, of which each value after the first of a
    list or an object needs one. `containers` are its lists and objects, which need none within each
    other, and take a hundred bytes each and five times as long as a number.
    """

    values: int
    containers: int


LIMITS = OperationLimits(250_000, 50_000)
"""A call with 100,000 users has as many values, of which names may hold some more; that many are
parsed in 15 milliseconds, in which no other request is answered, that many containers in 10.
"""
LIMITS_OF_OTHERS = OperationLimits(20_000, 5_000)
"""For principals who may not name users: ten of the longest lists that they may send, parsed in a
millisecond.
"""

_PARTS = {"query": str, "variables": dict, "operationName": str, "extensions": dict}
_BOM = b"\xef\xbb\xbf"
_STORED = ("doc_id", "documentId", "id")
"""Names by which clients send the id of a query that they take to be stored here."""

_KINDS = {str: "a string", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation to be run. `size` is the number of bytes of its request, without its text and
    files; `min_position` is what its extensions ask for.
    """

    text: str
    variables: dict[str, Any] | None
    name: str | None
    size: int
    min_position: int = 0


def refuse_other_content(request: Request, *kinds: str) -> None:
    """Raises HTTPException 415 for a body of another type: those that a form on another site can
    send by itself are not among them.
    """
    if content_type_of(request.headers) not in kinds:
        raise HTTPException(415, f"The body must be {', or '.join(kinds)}.")


@asynccontextmanager
async def in_body(request: Request, principal: Principal) -> AsyncIterator[Operation]:
    """Yields the operation in a JSON body, while it runs. HTTPException 400 when there is none, 413
    when it is too much; QueryError LIMIT for one that waits for too long to be read.
    """
    async with AsyncExitStack() as stack:
        if not _is_small(request):
            request_slots: RequestSlots = request.state.request_slots
            await stack.enter_async_context(request_slots.large_body(principal.id))
        body = await request.body()
        yield operation_of(decoded(body, most_for(principal)), len(body))


def _is_small(request: Request) -> bool:
    length = request.headers.get("content-length", "")
    return length.isdecimal() and int(length) < MANY_BYTES


def from_address(request: Request) -> Operation:
    """Returns the operation in the address of a GET. HTTPException 400 when there is none."""
    said: dict[str, Any] = dict(request.query_params)
    for part in ("variables", "extensions"):
        if said.get(part):
            said[part] = decoded(said[part].encode(), LIMITS_OF_OTHERS)
    return operation_of(said, len(request.url.query))


def most_for(principal: Principal) -> OperationLimits:
    """Returns the bounds of a principal's JSON."""
    return LIMITS if may_send_much(principal) else LIMITS_OF_OTHERS


def excess_in(text: bytes, most: OperationLimits) -> str | None:
    """Returns the bound that JSON exceeds, in words; None when it may be parsed. Text is counted as
    it is written, including that within strings.
    """
    if text.count(b",") > most.values:
        return f"at most {most.values:,} values"
    if text.count(b"[") + text.count(b"{") > most.containers:
        return f"at most {most.containers:,} lists and objects"
    return None


def decoded(text: bytes, most: OperationLimits) -> Any:
    """Parses JSON, without its byte order mark. HTTPException 400 when it is none or not UTF-8, 413
    when it holds too many values.
    """
    text = text.removeprefix(_BOM)
    excess = excess_in(text, most)
    if excess is not None:
        raise HTTPException(413, f"The JSON holds {excess}.")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        _refuse_other_encodings(text)
        raise HTTPException(400, "Unable to parse request body as JSON") from None


def _refuse_other_encodings(text: bytes) -> None:
    try:
        text.decode()
    except UnicodeDecodeError as other:
        told = f"The body is not UTF-8: see byte {other.start}. Send JSON in UTF-8."
        raise HTTPException(400, told) from None


def operation_of(said: object, size: int) -> Operation:
    """Returns the operation in JSON of `size` bytes. HTTPException 400 when there is none;
    QueryError PERSISTED_QUERY_NOT_SUPPORTED when there is just the hash of one, INVALID when its
    extensions ask for what is no position.
    """
    if not isinstance(said, Mapping):
        raise HTTPException(400, "The body must be a JSON object that holds one operation.")
    for part, kind in _PARTS.items():
        if not isinstance(said.get(part), (kind, NoneType)):
            raise HTTPException(400, f"{part} must be {_KINDS[kind]} or null.")
    text = said.get("query")
    if not text:
        raise _without_text(said)
    size -= len(text.encode())
    min_position = extended_position(said.get("extensions"))
    return Operation(text, said.get("variables"), said.get("operationName"), size, min_position)


def _without_text(said: Mapping[str, Any]) -> HTTPException | QueryError:
    """Returns the error for a request without the text of its query, in the words by which the
    links of clients learn to send it.
    """
    if "persistedQuery" in (said.get("extensions") or {}):
        code = QueryErrorCode.PERSISTED_QUERY_NOT_SUPPORTED
        return QueryError(code, "PersistedQueryNotSupported")
    for name in _STORED:
        if said.get(name) is not None:
            told = f"No queries are stored here: send the text as query, not {name}."
            return HTTPException(400, told)
    return HTTPException(400, "There is no query.")
