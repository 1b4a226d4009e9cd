"""Parses long documents in a thread, so that others do not wait."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import cast

from graphql import DocumentNode, parse
from strawberry.extensions import SchemaExtension

from graph.support.context import Context

MANY_CHARACTERS = 3_000
"""Characters of a text. Parsing more takes up to 30 milliseconds, and is done in a thread."""
MANY_TOKENS = 500
"""Words and signs of a document. Checking more takes up to 60 milliseconds, and is done in a
thread, too.
"""


def is_long(document: DocumentNode) -> bool:
    """Whether a document takes long to check."""
    return document.token_count >= MANY_TOKENS


class Parsing(SchemaExtension):
    """Parses long texts, one by one. GraphQLSyntaxError goes to who runs the operation."""

    async def on_parse(self) -> AsyncIterator[None]:
        running = self.execution_context
        text = running.query or ""
        if running.graphql_document is None and len(text) >= MANY_CHARACTERS:
            site = cast("Context", running.context).site
            reading = partial(parse, text, **running.parse_options)
            running.graphql_document = await site.limits.cpu_lock.run(reading)
        yield
