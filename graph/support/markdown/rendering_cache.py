"""A cache of descriptions as HTML: each text is rendered once, beside the event loop."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from sys import getsizeof
from threading import Lock

from graph.support.markdown.rendering import render
from graph.support.scheduling.fair_thread_pool import FairThreadPool

MAX_BYTES = 16 * 1024 * 1024
"""Size of all texts and their HTML together, in each process: 20,000 of 250 characters, or 270
of the longest."""

BYTES_PER_ENTRY = 200
"""Overhead of an entry beside both strings. Measured: 140."""


class RenderingCache:
    """HTML by text; the least recently used goes first.

    One thread renders, one text after the other, for one principal after the other: it holds the
    interpreter's lock, so that more of them would be no faster, and everybody else would wait for
    each.
    """

    def __init__(self, render: Callable[[str], str] = render, max_bytes: int = MAX_BYTES) -> None:
        self._render = render
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()
        self._thread = FairThreadPool(1, "markdown")

    async def html(self, text: str) -> str:
        """The HTML of a text, at once when it is cached."""
        cached = self._cached(text)
        if cached is not None:
            return cached
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._load, text)

    def _cached(self, text: str) -> str | None:
        with self._lock:
            html = self._entries.get(text)
            if html is not None:
                self._entries.move_to_end(text)
            return html

    def _load(self, text: str) -> str:
        html = self._cached(text)  # somebody asked for the same meanwhile
        if html is None:
            html = self._render(text)
            self._put(text, html)
        return html

    def _put(self, text: str, html: str) -> None:
        with self._lock:
            self._entries[text] = html
            self._bytes += weight_of(text, html)
            while self._bytes > self._max_bytes:
                self._bytes -= weight_of(*self._entries.popitem(last=False))


RENDERING_CACHE = RenderingCache()


def weight_of(text: str, html: str) -> int:
    """The number of bytes that an entry takes."""
    return BYTES_PER_ENTRY + getsizeof(text) + getsizeof(html)
