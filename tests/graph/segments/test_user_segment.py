"""userSegment: one segment, by its id or by its code in any spelling."""

from __future__ import annotations

from threading import get_ident
from typing import Any

import pytest

from graph.objects import segment
from graph.support.markdown.rendering_cache import RenderingCache
from tests.graph.client import SEGMENT, GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER
from tests.graph.support.markdown.hostile_markdown import HOSTILE

HTML = '{ userSegment(segment: {code: "sales"}) { description descriptionHtml } }'
ONE = "query ($ref: SegmentRef!) { userSegment(segment: $ref) { ...Whole } }" + SEGMENT


async def _one(ask: GraphClient, **ref: str) -> Any:
    return (await ask(ONE, ref=ref))["userSegment"]


async def test_who_may_not_see_segments_finds_none(ask: GraphClient) -> None:
    """As if it did not exist; everybody else sees the same."""
    segment = await ask.create("Sales", code="sales")
    for ref in ({"id": segment["id"]}, {"code": "sales"}):
        for principal in (LEARNER, NOBODY):
            assert await ask(ONE, principal, ref=ref) == {"userSegment": None}
        for principal in (ADMIN, TRAINER, AUDITOR):
            assert await ask(ONE, principal, ref=ref) == {"userSegment": segment}


async def test_it_is_found_by_its_code_in_any_spelling(ask: GraphClient) -> None:
    """Case, width and blanks around it do not matter; it is shown as typed."""
    segment = await ask.create("Sales", code="Straße-Ä1")
    for spelling in ("straße-ä1", " STRASSE-A\u03081 ", "\uff33trasse-ä\uff11"):
        assert await _one(ask, code=spelling) == segment


async def test_a_code_of_digits_is_a_code(ask: GraphClient) -> None:
    """Never a number, and never an id."""
    segment = await ask.create("Sales", code="0042")
    assert await _one(ask, code="0042") == segment
    assert await _one(ask, code="42") is None
    assert await _one(ask, code=segment["id"]) is None


async def test_what_is_not_there_is_null(ask: GraphClient) -> None:
    """No error."""
    assert await _one(ask, code="unknown") is None
    assert await _one(ask, id="segment_019ca9450de877e0bc6b8398cda33856") is None


@pytest.mark.parametrize(
    "ref",
    [
        pytest.param({"id": ""}, id="empty id"),
        pytest.param({"id": "1"}, id="number"),
        pytest.param({"id": "segment_1"}, id="short id"),
        pytest.param({"id": "event_1"}, id="id of an event"),
        pytest.param({"id": "segment_019CA9450DE877E0BC6B8398CDA33856"}, id="id in capitals"),
        pytest.param({"id": "segment_019ca945-0de8-77e0-bc6b-8398cda33856"}, id="id with hyphens"),
        pytest.param({"code": ""}, id="empty code"),
        pytest.param({"code": "nul\0"}, id="code with NUL"),
        pytest.param({"code": "c" * 500}, id="code too long"),
    ],
)
async def test_what_can_name_no_segment_is_invalid(
    ask_late: GraphClient, ref: dict[str, str]
) -> None:
    """Whoever asks; the error says which argument."""
    for principal in (ADMIN, LEARNER):
        error = await ask_late.only_error(ONE, principal, ref=ref)
        assert error["extensions"] == {"code": "INVALID", "argument": "segment"}


@pytest.mark.parametrize(
    "ref",
    [{}, {"id": "segment_1", "code": "x"}, {"code": None}],
    ids=["no way", "two ways", "null"],
)
async def test_a_segment_is_named_in_exactly_one_way(
    ask_late: GraphClient, ref: dict[str, str | None]
) -> None:
    """By id or by code."""
    assert await ask_late.codes(ONE, ref=ref) == ["INVALID"]


async def test_the_description_as_html_is_safe(ask: GraphClient) -> None:
    """Markdown is rendered, what could do harm is taken out; pictures are links, which nobody
    follows by looking; the text stays as typed.
    """
    typed = "**Bold** <script>alert(1)</script> [x](javascript:alert(1)) ![eye](https://other.example/eye.png)"
    segment = await ask.create("Sales", code="sales", description=typed)
    found = (await ask(HTML))["userSegment"]
    assert found["description"] == segment["description"] == typed
    assert "<strong>Bold</strong>" in found["descriptionHtml"]
    assert "<script" not in found["descriptionHtml"]
    assert 'href="javascript' not in found["descriptionHtml"]
    assert "<img" not in found["descriptionHtml"]
    assert 'href="https://other.example/eye.png"' in found["descriptionHtml"]


@pytest.mark.parametrize("kind", ["wide table", "address referred to", "quotes in quotes"])
async def test_no_description_makes_much_html(ask: GraphClient, kind: str) -> None:
    """Nor is anything of it lost, whatever is in what."""
    await ask.create("Sales", code="sales", description=HOSTILE[kind])
    found = (await ask(HTML))["userSegment"]
    assert found["description"] == HOSTILE[kind]
    assert len(HOSTILE[kind]) <= len(found["descriptionHtml"]) <= 5 * 10_000 + 8


async def test_a_description_is_rendered_beside_the_event_loop(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And once, however often it is asked for."""
    threads: list[int] = []

    def render(text: str) -> str:
        threads.append(get_ident())
        return text.upper()

    monkeypatch.setattr(segment, "RENDERING_CACHE", RenderingCache(render))
    await ask.create("Sales", code="sales", description="All of them.")
    twice = HTML.replace("description ", "again: descriptionHtml ")
    expected = {"userSegment": {"again": "ALL OF THEM.", "descriptionHtml": "ALL OF THEM."}}
    assert await ask(twice) == await ask(twice) == expected
    assert len(threads) == 1
    assert threads != [get_ident()]
