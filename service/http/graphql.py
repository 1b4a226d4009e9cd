"""GraphQL over HTTP (the specification's draft), for those who are signed in.

A request error (syntax, validation, limits, variables: nothing was executed) is answered without
the entry `data`: by 400 with `Accept: application/graphql-response+json`, else by 200. Whatever was
executed is answered 200, with `data`, though that be null.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from types import NoneType
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types.execution import PreExecutionError

from domain.kernel.envelope import Channel
from graph.schema import schema
from graph.support.context import Context
from service.http.answers import refusal
from service.http.bearer import admitted
from service.http.console.console import asks_for_a_page
from service.http.multipart import form_of, operation_in

RESPONSE_JSON = "application/graphql-response+json"
MULTIPART = "multipart/form-data"

_ELSEWHERE = "Subscriptions are served at /graphql/stream, and by WebSocket."

_PARTS = {"query": str, "variables": dict, "operationName": str, "extensions": dict}
_KINDS = {str: "a string", dict: "an object"}


_in_a_form: ContextVar[Any] = ContextVar("operation in a form", default=None)
"""The operation of this request, when it came as a form: Strawberry reads other bodies itself."""


class GraphQLEndpoint(GraphQL[Context, None]):
    """`/graphql`: signs in, then lets Strawberry read the request and run the operation.

    A browser that comes without a query gets the page `graphiql`, when there is one.
    """

    def __init__(self, graphiql: Callable[[Request], Response] | None = None) -> None:
        super().__init__(schema, graphql_ide=None, multipart_uploads_enabled=False)
        self._graphiql = graphiql

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if self._graphiql is not None and _comes_to_look(request):
            response = await run_in_threadpool(self._graphiql, request)
        else:
            response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        bearer = await admitted(request)
        if isinstance(bearer, Response):
            return bearer
        state = request.state
        context = Context(state.site, bearer.principal, state.request_id, channel_of(request))
        try:
            return await self._run(request, context)
        except HTTPException as refused:
            return _negotiated(request, _refused(request, refused))

    async def _run(self, request: Request, context: Context) -> Response:
        """Files that came with the request are there until it is answered."""
        kind = _content_type(request)
        _refuse_other_content(request, kind)
        if kind != MULTIPART:
            return _cacheable(request, _negotiated(request, await self.run(request, context)))
        form = await form_of(request)
        token = _in_a_form.set(None)
        try:
            _in_a_form.set(operation_in(form))
            return _negotiated(request, await self.run(request, context))
        finally:
            _in_a_form.reset(token)
            await form.close()

    def should_render_graphql_ide(self, request: Any) -> bool:
        return False

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """The one operation in a request whose content type is known to fit."""
        said: object = _in_a_form.get()
        if said is not None:
            pass
        elif request.method == "GET":
            said = self.parse_query_params(request.query_params)
        else:
            said = self.parse_json(await request.get_body())
        if not isinstance(said, dict):
            raise HTTPException(400, "The body must be a JSON object that holds one operation.")
        for part, kind in _PARTS.items():
            if not isinstance(said.get(part), (kind, NoneType)):
                raise HTTPException(400, f"{part} must be {_KINDS[kind]} or null.")
        return GraphQLRequestData(
            query=said.get("query"),
            variables=said.get("variables"),
            operation_name=said.get("operationName"),
            extensions=said.get("extensions"),
            protocol="http",
        )

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str | bytes:
        return orjson.dumps(data)

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        response = super().create_response(response_data, sub_response)
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    async def process_result(self, request: Request, result: Any) -> GraphQLHTTPResponse:
        response = await super().process_result(request, result)
        if isinstance(result, PreExecutionError):
            request.state.is_request_error = True
            del response["data"]
        return response


def channel_of(request: HTTPConnection) -> Channel:
    """The console says that it is the console; everybody else is the API."""
    said = request.headers.get("x-segments-channel", "").upper()
    return Channel(said) if said in (Channel.CONSOLE, Channel.CLI) else Channel.API


def _comes_to_look(request: Request) -> bool:
    return (
        request.method == "GET" and "query" not in request.query_params and asks_for_a_page(request)
    )


def _content_type(request: Request) -> str:
    if request.method != "POST":
        return ""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _refuse_other_content(request: Request, kind: str) -> None:
    if request.method not in ("GET", "POST"):
        raise HTTPException(405, "GraphQL takes GET and POST.")
    if request.method == "POST" and kind not in ("application/json", MULTIPART):
        raise HTTPException(415, "The body must be application/json, or multipart/form-data.")


def _refused(request: Request, refused: HTTPException) -> Response:
    """A mutation by GET is answered like any other method that does not fit."""
    if isinstance(refused.__cause__, InvalidOperationTypeError):
        if request.method == "GET":
            return refusal(405, "INVALID", refused.reason, {"Allow": "POST"})
        return refusal(400, "INVALID", _ELSEWHERE)
    headers = {"Allow": "GET, POST"} if refused.status_code == 405 else None
    return refusal(refused.status_code, "INVALID", refused.reason, headers)


def _negotiated(request: Request, response: Response) -> Response:
    """The same in the draft's own media type, when the client asks for it first."""
    if _prefers_response_json(request.headers.get("accept", "")):
        response.headers["Content-Type"] = f"{RESPONSE_JSON}; charset=utf-8"
        if getattr(request.state, "is_request_error", False):
            response.status_code = 400
    return response


def _prefers_response_json(accept: str) -> bool:
    kinds = [kind.partition(";")[0].strip().lower() for kind in accept.split(",")]
    if RESPONSE_JSON not in kinds:
        return False
    others = [kinds.index(k) for k in ("application/json", "*/*") if k in kinds]
    return not others or kinds.index(RESPONSE_JSON) < min(others)


def _cacheable(request: Request, response: Response) -> Response:
    """For GET: an ETag of the body, and 304 when the client has that body already."""
    if request.method != "GET" or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    given = request.headers.get("if-none-match", "").split(",")
    known = {tag.strip().removeprefix("W/") for tag in given}
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Accept"}
    if etag in known:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
