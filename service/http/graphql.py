"""GraphQL over HTTP (the specification's draft), for signed-in clients.

A request error (syntax, validation, limits, variables: nothing was executed) is answered without
the entry `data`: by 400 with `Accept: application/graphql-response+json`, else by 200; where
another status says more, by that one. Whatever was executed is answered 200, with `data`, though
that be null.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from domain.kernel.envelope import Channel
from domain.kernel.principal import Principal
from graph.schema import schema
from graph.support.context import Context
from graph.support.errors import QueryError
from graph.support.execution.error_masking import response_of
from service.http.backpressure import taken
from service.http.bearer import authenticate
from service.http.console.console import asks_for_a_page
from service.http.content_types import JSON, MULTIPART, content_type_of
from service.http.disconnect import ClientDisconnected, ServerStopping, awaited, farewell
from service.http.middleware.bodies import lift_bound
from service.http.multipart import form_of, operation_in
from service.http.negotiation import cacheable, negotiated
from service.http.operations import Operation, from_address, in_body, refuse_other_content
from service.http.positions import POSITION_HEADER, position_in_header
from service.http.responses import Json, error_response, refused_by, refused_operation

_ELSEWHERE = "Subscriptions are served at /graphql/stream, and by WebSocket."
_QUERIES = {OperationType.QUERY}
_ALL = {OperationType.QUERY, OperationType.MUTATION}


class GraphQLEndpoint:
    """Serves `/graphql`: signs in, reads the request and runs the operation.

    A browser that comes without a query gets the page `graphiql`, when there is one.
    """

    def __init__(self, graphiql: Callable[[Request], Response] | None = None) -> None:
        self._graphiql = graphiql

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if self._graphiql is not None and _comes_to_look(request):
            page = await run_in_threadpool(self._graphiql, request)
            await page(scope, receive, send)
            return
        bearer = await authenticate(request)
        refused = (
            bearer
            if isinstance(bearer, Response)
            else await _serve(request, bearer.principal, taken(send))
        )
        if refused is not None:
            await refused(scope, receive, send)


async def _serve(request: Request, principal: Principal, send: Send) -> Response | None:
    """Answers in a slot of the principal's, which is released when the answer was taken. Returns
    the answer for a client that does not get a slot.
    """
    lift_bound(request, principal)
    try:
        _refuse_other_requests(request)
        async with request.state.request_slots.slot(principal.id):
            response = await _answer(request, principal)
            await response(request.scope, request.receive, send)
    except (HTTPException, QueryError) as refused:
        return negotiated(request, refused_by(refused), is_request_error=True)
    return None


async def _answer(request: Request, principal: Principal) -> Response:
    """Answers the operation. The client is signed in anew once the body is read: that may have
    taken minutes.
    """
    try:
        async with _asked(request, principal) as operation:
            bearer = await authenticate(request)
            if isinstance(bearer, Response):
                return bearer
            context = context_of(request, bearer.principal, operation)
            return await _answered(request, operation, context)
    except (ClientDisconnected, ServerStopping) as end:
        return farewell(end)
    except HTTPException as refused:
        return negotiated(request, refused_by(refused), is_request_error=True)


@asynccontextmanager
async def _asked(request: Request, principal: Principal) -> AsyncIterator[Operation]:
    """Yields the operation of the request; its files exist until it is answered."""
    if request.method == "GET":
        yield from_address(request)
    elif content_type_of(request.headers) != MULTIPART:
        async with in_body(request, principal) as operation:
            yield operation
    else:
        form = await form_of(request)
        try:
            yield operation_in(form)
        finally:
            await form.close()


async def _answered(request: Request, operation: Operation, context: Context) -> Response:
    """Runs the operation. An upload is not cancelled when the client disconnects: it is a
    command.
    """
    answer = _run(request, operation, context)
    if content_type_of(request.headers) == MULTIPART:
        return await answer
    return await awaited(request, context, answer)


async def _run(request: Request, operation: Operation, context: Context) -> Response:
    try:
        result = await schema.execute(
            operation.text,
            operation.variables,
            context,
            operation_name=operation.name,
            allowed_operation_types=_QUERIES if request.method == "GET" else _ALL,
        )
    except InvalidOperationTypeError as other:
        return negotiated(request, _elsewhere(request, other), is_request_error=True)
    told = response_of(result)
    if isinstance(result, PreExecutionError):
        refused = refused_operation(told, result.errors or ())
        return negotiated(request, refused, is_request_error=True)
    if request.method == "GET":  # whose body is kept, and would tell of a moment long past
        told["extensions"].pop("rateLimit", None)
    answer = Json(told, headers={POSITION_HEADER: str(context.position)})
    return cacheable(request, told, negotiated(request, answer, is_request_error=False))


def context_of(request: Request, principal: Principal, operation: Operation) -> Context:
    """Returns the context of an operation. QueryError INVALID, by 400, when the request's header
    asks for what is no position.
    """
    state, channel = request.state, channel_of(request)
    min_position = max(position_in_header(request.headers), operation.min_position)
    return Context(
        state.site,
        principal,
        state.request_id,
        channel,
        operation.size,
        min_position=min_position,
    )


def channel_of(request: HTTPConnection) -> Channel:
    """Returns the channel: the console's requests say that they are; all others are the API's.

    Clients cannot claim another: the channels of the command line, of files and of the service
    itself are set by the service.
    """
    said = request.headers.get("x-segments-channel", "").upper()
    return Channel.CONSOLE if said == Channel.CONSOLE else Channel.API


def _comes_to_look(request: Request) -> bool:
    return (
        request.method == "GET" and "query" not in request.query_params and asks_for_a_page(request)
    )


def _refuse_other_requests(request: Request) -> None:
    if request.method not in ("GET", "POST"):
        raise HTTPException(405, "GraphQL takes GET and POST.", {"Allow": "GET, POST"})
    if request.method == "POST":
        refuse_other_content(request, JSON, MULTIPART)


def _elsewhere(request: Request, other: InvalidOperationTypeError) -> Response:
    """Answers a mutation by GET like any other method that is not allowed."""
    if request.method == "GET":
        return error_response(405, "INVALID", other.as_http_error_reason("GET"), {"Allow": "POST"})
    return error_response(400, "INVALID", _ELSEWHERE)
