"""Descriptions as HTML are remembered: those used last, up to so many bytes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextvars import copy_context

import pytest

from domain.segments.values import MAX_DESCRIPTION_LENGTH
from graph.support.markdown.rendering_cache import RenderingCache, weight_of
from projections.sql.database import ASKED_BY
from tests.graph.support.memory import traced
from tests.until import until


class Counting:
    """Renders in capitals, and remembers which texts it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> str:
        self.asked.append(text)
        return text.upper()


@pytest.fixture
def render() -> Counting:
    """What the renderings render with."""
    return Counting()


async def test_a_text_is_rendered_once_however_many_ask(render: Counting) -> None:
    """At the same time, or later; an empty one too."""
    renderings = RenderingCache(render)
    asked = [renderings.html(text) for text in ["a", "b", "", "a"] * 10]
    assert await asyncio.gather(*asked) == ["A", "B", "", "A"] * 10
    assert await renderings.html("a") == "A"
    assert render.asked == ["a", "b", ""]


async def test_the_least_recently_used_goes_first(render: Counting) -> None:
    """Asking for one makes it recent."""
    renderings = RenderingCache(render, max_bytes=2 * weight_of("a", "A"))
    for text in ("a", "b", "a", "c", "a", "b"):
        assert await renderings.html(text) == text.upper()
    assert render.asked == ["a", "b", "c", "b"]


async def test_what_fails_is_tried_anew(render: Counting) -> None:
    """And told to who asked."""

    def failing(text: str) -> str:
        if not render.asked:
            render(text)
            raise RuntimeError("not now")
        return render(text)

    renderings = RenderingCache(failing)
    with pytest.raises(RuntimeError, match="not now"):
        await renderings.html("a")
    assert await renderings.html("a") == "A"


class Held(Counting):
    """Renders nothing before it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, text: str) -> str:
        html = super().__call__(text)
        self.begun.set()
        assert self.go_on.wait(20)
        return html


@pytest.fixture
async def held() -> AsyncIterator[Held]:
    """What the renderings render with; it ends with the test."""
    held = Held()
    yield held
    held.go_on.set()


def _asked(
    renderings: RenderingCache, principal: str | None, *texts: str
) -> list[asyncio.Task[str]]:
    """By somebody, and on its way."""
    context = copy_context()
    context.run(ASKED_BY.set, principal)
    return [asyncio.create_task(renderings.html(text), context=context) for text in texts]


async def test_who_asks_for_little_is_not_behind_who_asks_for_much(held: Held) -> None:
    """They wait for the one that is being rendered; so does what is for all."""
    renderings = RenderingCache(held)
    many = _asked(renderings, "ann", *(f"ann's {number}" for number in range(200)))
    await asyncio.to_thread(held.begun.wait, 20)
    others = [*_asked(renderings, "bo", "bo's"), *_asked(renderings, None, "for all")]
    await asyncio.sleep(0)
    held.go_on.set()
    await asyncio.gather(*many, *others)
    assert held.asked[:3] == ["ann's 0", "bo's", "for all"]
    assert len(held.asked) == 202


async def test_what_nobody_waits_for_is_not_rendered(held: Held) -> None:
    renderings = RenderingCache(held)
    first, gone, last = _asked(renderings, "ann", "first", "gone", "last")
    await asyncio.to_thread(held.begun.wait, 20)
    gone.cancel()
    await asyncio.wait([gone])
    held.go_on.set()
    assert [await first, await last] == ["FIRST", "LAST"]
    assert held.asked == ["first", "last"]


SIZES = {
    "empty": "",
    "short": "word",
    "common": "word " * 50,
    "longest": "&" * MAX_DESCRIPTION_LENGTH,
    "wide": "\N{GRINNING FACE}" * MAX_DESCRIPTION_LENGTH,
}


@pytest.mark.parametrize("text", SIZES.values(), ids=SIZES)
async def test_what_is_remembered_takes_no_more_than_the_bound(text: str) -> None:
    """In memory, as Python measures it, with three times as much asked for as there is room."""
    bound = 2**19
    renderings = RenderingCache(lambda text: f"<p>{text}</p>", bound)
    await renderings.html("the thread is there")
    count = 3 * bound // weight_of(text, text) + 3
    with traced() as taken:
        for number in range(count):
            await renderings.html(f"{text}{number}")
        assert await until(lambda: taken() <= bound), taken()  # the thread has let go of the last
