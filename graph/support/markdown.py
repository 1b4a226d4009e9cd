"""Markdown to HTML that is safe to show: rendered by markdown-it, then sanitised by nh3."""

from __future__ import annotations

import nh3
from markdown_it import MarkdownIt

# A picture would be asked for from wherever it is, by everybody who looks: it becomes a link.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def rendered(text: str) -> str:
    """The HTML of a description; empty for an empty one."""
    return nh3.clean(_MARKDOWN.render(text)) if text else ""
