"""Markdown to HTML that is safe to show: rendered by markdown-it, then sanitised by nh3.

Both are linear for what people write, but a short text can ask for seconds and megabytes: a table
with many columns and short rows, a link's long address that is referred to a thousand times. What
would cost more than `MAX_COST` keeps its tables as text, or is shown as it was typed as a whole.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

import nh3
from markdown_it.token import Token

from domain.segments.values import MAX_DESCRIPTION_LENGTH
from graph.support.markdown.cost import markup_cost, table_cost
from graph.support.markdown.parser import MAX_NESTING, Parser, TooMuchError

MAX_COST = 15_000
"""Microseconds, about. Two thirds more than the dearest page that was found in use."""

MAX_HTML = 5 * MAX_DESCRIPTION_LENGTH + len("<p></p>\n")
"""Characters: what the longest description takes as typed, when each of them is a `&amp;`."""


def render(text: str) -> str:
    """The HTML of a description, at most `MAX_HTML` characters; empty for an empty one."""
    if not text:
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    cost = markup_cost(text)
    if cost > MAX_COST:
        return _as_typed(text)
    try:
        return _render_safely(text, tables=cost + table_cost(text) <= MAX_COST)
    except TooMuchError:
        return _as_typed(text)


def _render_safely(text: str, *, tables: bool) -> str:
    parser = Parser(tables=tables)
    tokens = parser.parse(text)
    if _is_cut(tokens) or _attributes(tokens) > MAX_HTML:
        raise TooMuchError
    safe = nh3.clean(parser.renderer.render(tokens, parser.options, {}))
    if len(safe) > MAX_HTML:
        raise TooMuchError
    return safe


def _as_typed(text: str) -> str:
    escaped = html.escape(text.strip(), quote=False)
    return "<p>" + escaped.replace("\n", "<br>\n") + "</p>\n"


def _is_cut(tokens: Sequence[Token]) -> bool:
    """Whether blocks may be nested so deeply that the parser left out what is in them."""
    return any(token.level >= MAX_NESTING - 1 for token in tokens if token.type != "inline")


def _attributes(tokens: Sequence[Token]) -> int:
    """Characters of the links' addresses and titles, which references repeat."""
    links = (child for token in tokens for child in token.children or () if child.attrs)
    return sum(len(str(value)) for link in links for value in link.attrs.values())
