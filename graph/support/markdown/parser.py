"""The parser of markdown-it, with a bound to the work that it takes twice over."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt, helpers
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock, fence
from markdown_it.rules_inline import StateInline

MAX_NESTING = 10
"""Blocks within each other: four lists, or eight quotes. What brackets enclose is looked through as
often, too."""

MAX_LOOKS = 6_000
"""Microseconds, about, for looking where something ends. Pages in use took a quarter."""
LINE = 2
"""Charge for a line: for each quote around it, and in some texts for each line above it."""
PIECE = 1
"""Charge for a piece of a line, within brackets."""
LETTERS = 8
"""Letters of an address for one microsecond. Thirty unclosed addresses may stand in each other."""

_OF_ADDRESSES = "%;/?:@&=+$,-_.!~*'()#[]"
_BLANK = re.compile(r"[\x00-\x20\x7f]")


class TooMuchError(Exception):
    """A text takes more work, or makes more HTML, than its signs tell."""


class Parser(MarkdownIt):
    """A parser for one text. TooMuchError when it looks too often for where something ends.

    Links go where they say, letter by letter: the library spells hosts in ASCII, in the square of
    their length, and loses long ones. Browsers do it by themselves.
    """

    def __init__(self, *, tables: bool) -> None:
        super().__init__()
        self._left = MAX_LOOKS
        self.inline = _Inline(self)
        self.configure("commonmark", {"html": False, "maxNesting": MAX_NESTING})
        self.disable("image")  # it would be asked for by all who look: it becomes a link
        if tables:
            self.enable("table")
        ends = ["paragraph", "reference", "blockquote", "list"]
        self.block.ruler.at("fence", self._fence, {"alt": ends})
        self.helpers = SimpleNamespace(  # type: ignore[assignment] # a module, of functions
            parseLinkLabel=helpers.parseLinkLabel,
            parseLinkTitle=helpers.parseLinkTitle,
            parseLinkDestination=self._destination,
        )

    def spend(self, cost: int) -> None:
        """Takes microseconds away from what may be spent on looking."""
        self._left -= cost
        if self._left < 0:
            raise TooMuchError

    def _fence(self, state: StateBlock, line: int, end: int, silent: bool) -> bool:
        """The library's own rule; it is the first that is tried whenever a line is looked at."""
        self.spend(LINE)
        return fence(state, line, end, silent)

    def _destination(self, text: str, start: int, end: int) -> Any:
        found = helpers.parseLinkDestination(text, start, end)
        stop = found.pos
        if not found.ok and not text.startswith(")", start):
            blank = _BLANK.search(text, start, end)
            stop = blank.start() if blank else end
        self.spend(max(stop - start, 0) // LETTERS)
        return found

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return quote(url, safe=_OF_ADDRESSES)

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the library's name
        return link


class _Inline(ParserInline):
    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self._parser = parser

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - the library's name
        self._parser.spend(PIECE)
        super().skipToken(state)
