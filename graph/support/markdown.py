"""Markdown to HTML that is safe to show: rendered by markdown-it, then sanitised by nh3."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def rendered(text: str) -> str:
    """The HTML of a description; empty for an empty one."""
    return nh3.clean(_MARKDOWN.render(text)) if text else ""
