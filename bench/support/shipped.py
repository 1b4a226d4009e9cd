"""The peer: the same resolvers behind Strawberry as it is shipped.

No operation cache, no limits, no masked errors, json instead of orjson, and no sign-in at all.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from domain.kernel.principal import SYSTEM
from graph.schema import Mutation, Query
from graph.support.context import Context
from graph.support.scalars import CONFIG
from service.settings import Settings
from service.site import open_site

schema = strawberry.Schema(query=Query, mutation=Mutation, config=CONFIG)


class Shipped(GraphQL[Context, None]):
    """Strawberry's own view."""

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        return Context(request.state.site, SYSTEM, "bench")


@asynccontextmanager
async def life(_: Starlette) -> AsyncIterator[dict[str, Any]]:
    """The same site, without a projector."""
    async with open_site(Settings(), os.environ["SEGMENTS_DATABASE_URL"], project=False) as site:
        yield {"site": site}


app = Starlette(routes=[Route("/graphql", Shipped(schema))], lifespan=life)
