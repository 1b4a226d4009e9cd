"""A gql client: HTTP with uploads, subscriptions over a WebSocket. It caches nothing."""

from __future__ import annotations

import os
from typing import Any

from gql import Client, FileVar, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport

URL = os.environ.get("SEGMENTS_URL", "http://127.0.0.1:8000") + "/graphql"

MIN_POSITION = "Segments-Min-Position"
"""The header that waits for a position of the log: a payload's, to see one's own write."""

TIMEOUT_S = 60
"""Seconds to wait for one answer."""


def http_client(token: str) -> Client:
    """Asks and commands; whoever has the token."""
    headers = {"Authorization": f"Bearer {token}"}
    transport = HTTPXAsyncTransport(url=URL, headers=headers, timeout=TIMEOUT_S)
    return Client(transport=transport, execute_timeout=TIMEOUT_S)


def socket_client(token: str) -> Client:
    """Follows; the token goes into the first message."""
    transport = WebsocketsTransport(
        url=URL.replace("http", "ws", 1),
        init_payload={"Authorization": f"Bearer {token}"},
        subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL],
    )
    return Client(transport=transport)


async def execute(
    client: Client, document: str, *, min_position: int = 0, **variables: Any
) -> dict[str, Any]:
    """The data of one operation, read at that position of the log or later. What was refused in it
    is null; without any data it is an error.

    A FileVar among the variables is sent as a file.
    """
    files = any(isinstance(value, FileVar) for value in variables.get("input", {}).values())
    request = gql(document)
    request.variable_values = variables
    async with client as session:
        try:
            more = {"headers": {MIN_POSITION: str(min_position)}}
            return dict(await session.execute(request, upload_files=files, extra_args=more))
        except TransportQueryError as error:
            if error.data is None:
                raise
            return dict(error.data)


async def first(client: Client, document: str, **variables: Any) -> dict[str, Any]:
    """The first answer of a subscription, which is then left."""
    request = gql(document)
    request.variable_values = variables
    async with client as session:
        async for data in session.subscribe(request):
            return dict(data)
    raise EOFError("the subscription ended before it told anything")
