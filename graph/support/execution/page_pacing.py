"""Paces pages: those of an operation that take the event loop long are completed in several passes
of it, a hundred items in each, between which others are answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from inspect import isawaitable
from typing import Any, cast

from graphql import GraphQLField, GraphQLResolveInfo, GraphQLSchema, get_named_type, is_object_type

from graph.support.context import Context

NODES_A_PASS = 100
"""Things of a principal's: one large page, which takes 5 to 10 ms."""


def pace_pages(schema: GraphQLSchema) -> None:
    """Gives all fields of the schema that answer with a page, or with a list that is fetched, their
    pace.
    """
    for kind in schema.type_map.values():
        if is_object_type(kind) and not kind.name.startswith("__"):
            for field in kind.fields.values():
                if _is_page(field):
                    field.resolve = _paced(cast("Callable[..., Any]", field.resolve))


def _is_page(field: GraphQLField) -> bool:
    return "first" in field.args or get_named_type(field.type).name == "Node"


def _paced(resolve: Callable[..., Any]) -> Callable[..., Any]:
    async def resolved(root: Any, info: GraphQLResolveInfo[Any], **given: Any) -> Any:
        page = resolve(root, info, **given)
        if isawaitable(page):
            page = await page
        context = cast("Context", info.context)
        await context.site.limits.page_quota.begin(context.principal.id, _size(page))
        return page

    return resolved


def _size(page: object) -> int:
    things = getattr(page, "edges", page)
    return len(things) if isinstance(things, Sized) else 1
