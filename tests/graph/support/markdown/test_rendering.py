"""Markdown as HTML: whatever the text, there is a bound to the work and to what comes of it."""

from __future__ import annotations

import html
import re
import sys
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.segments.values import MAX_DESCRIPTION_LENGTH
from graph.support.markdown.cost import markup_cost, table_cost
from graph.support.markdown.rendering import MAX_COST, MAX_HTML, render
from tests.graph.support.markdown.hostile_markdown import HOSTILE, filled, table

MAX_CALLS = 300_000
"""Of functions, ours and Python's own, while one text is rendered: some 20 ms. A table of 1,600
columns took three million."""

PIECES = [*"*_`[]()<>&\\|:-+#=~!\"'. \t\n\r1aé%"]
PIECES += ["](b)", '](b "c")', "[a]: b\n", "[a][b]", "```\n", "> ", "- ", "1. ", "    ", "\n\n"]
PIECES += ["a|b\n", "-|-\n", "# ", "---\n", "<http:a>", "&amp;", "![", "word ", "\N{GRINNING FACE}"]


def calls_of(do: Callable[[], str]) -> tuple[int, str]:
    """How many functions are called, which is the same each time, and what comes of it."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        found = do()
    finally:
        sys.setprofile(None)
    return calls, found


def text_of(found: str) -> str:
    """What is read of some HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", found))


def cost_of(text: str) -> int:
    """As it is counted before anything is rendered."""
    return markup_cost(text) + table_cost(text)


def just_within(text: str) -> str:
    """As much of a text as is rendered, by its signs."""
    ends = range(1, len(text) + 1)
    return text[: bisect_right(ends, MAX_COST, key=lambda end: markup_cost(text[:end]))]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_much_work_or_makes_much_html(text: str) -> None:
    """Each asks for as much as it can, in its own way: the whole, or as much as is rendered."""
    for asking in (text, just_within(text)):
        calls, found = calls_of(partial(render, asking))
        assert calls <= MAX_CALLS
        assert len(found) <= MAX_HTML == 50_008


@given(st.lists(st.tuples(st.lists(st.sampled_from(PIECES), min_size=1), st.integers(1, 5_000))))
def test_no_mixture_does_either(parts: list[tuple[list[str], int]]) -> None:
    """Pieces of Markdown over and over, one row of them after the other."""
    text = "".join("".join(pieces) * times for pieces, times in parts)[:MAX_DESCRIPTION_LENGTH]
    calls, found = calls_of(partial(render, just_within(text)))
    assert calls <= MAX_CALLS
    assert len(found) <= MAX_HTML


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        pytest.param("*a* " * 1_248, "*a* " * 1_249, id="signs"),
        pytest.param("- a\n" * 600, "- a\n" * 601, id="items"),
    ],
)
def test_a_text_of_too_many_signs_is_shown_as_typed(text: str, longer: str) -> None:
    """Just within the bound it is rendered; beyond it nothing of it is lost, but it stays text."""
    assert cost_of(text) <= MAX_COST < cost_of(longer)
    assert "<em>" in render(text) or "<li>" in render(text)
    assert set(re.findall("<.*?>", render(longer))) <= {"<p>", "</p>", "<br>"}
    assert text_of(render(longer)).split() == longer.split()


def test_what_is_shown_as_typed_keeps_its_lines() -> None:
    """And is as safe as everything else."""
    found = render(filled("**a**\r\n", "<script>&\n"))
    assert found.startswith("<p>&lt;script&gt;&amp;<br>\n**a**<br>\n**a**<br>\n")
    assert "\r" not in found


def test_a_table_of_too_many_cells_stays_text() -> None:
    """The rest is rendered as ever. Just within the bound it is a table."""
    within, beyond = table(20, 62), table(20, 63)
    rest = "\n\nSee *below*."
    assert cost_of(within + rest) <= MAX_COST < cost_of(beyond + rest)
    assert render(within + rest).count("<td>") == 20 * 62
    found = render(beyond + rest)
    assert "<table" not in found
    assert "<em>below</em>" in found
    assert text_of(found).split() == (beyond + "See below.").split()


def test_an_address_is_repeated_only_so_often() -> None:
    """Each reference holds all of it; beyond the bound all stays as typed."""

    def referring(letters: int) -> str:
        return "[a]: " + "b" * letters + "\n\n" + "[a] " * 100

    letters = max(letters for letters in range(600) if "<a" in render(referring(letters)))
    within, beyond = render(referring(letters)), render(referring(letters + 1))
    assert within.count("<a ") == 100
    assert MAX_HTML - 100 < len(within) <= MAX_HTML
    assert text_of(beyond).split() == referring(letters + 1).split()


@pytest.mark.parametrize(
    ("deepest", "made", "nested"),
    [
        pytest.param(4, "<li>", lambda depth: "".join(f"{'  ' * n}- {n}\n" for n in range(depth))),
        pytest.param(8, "<blockquote>", lambda depth: f"{'> ' * depth}0 to {depth - 1}"),
    ],
    ids=["lists", "quotes"],
)
def test_what_is_nested_too_deeply_is_shown_as_typed(
    deepest: int, made: str, nested: Callable[[int], str]
) -> None:
    """The parser would leave out what is inside."""
    assert render(nested(deepest)).count(made) == deepest
    for depth in (deepest + 1, 30):
        found = render(nested(depth))
        assert made not in found
        assert text_of(found).split() == nested(depth).split()


@pytest.mark.parametrize(
    ("turn", "too_often"),
    [
        pytest.param("> # a\na\n", 74, id="quotes that end at once, and go on below"),
        pytest.param(">>>>>>>> a" + "\na" * 8 + "\n", 47, id="lines of a quote in quotes"),
        pytest.param("[$%$%$%$%", 74, id="brackets that do not end"),
        pytest.param("[a](bbbbbbbbbb", 83, id="addresses that do not end"),
    ],
)
def test_a_text_is_looked_through_only_so_often(turn: str, too_often: int) -> None:
    """Each turn costs little, but is looked through again from those before it."""
    within, beyond = (f"*Seen* {turn * times}" for times in (too_often - 1, too_often))
    assert cost_of(beyond) < MAX_COST * 2 // 3
    assert "<em>" in render(within)
    assert "<em>" not in render(beyond)
    assert text_of(render(beyond)).split() == beyond.split()


def test_a_host_is_spelt_as_it_was_typed() -> None:
    """However long it is, in whatever letters; browsers find the way."""
    host = ".".join(["ä" * 60] * 5)
    found = render(f"<https://{host}/ö?%41=[1]> and [mail](mailto:ä@ö.example)")
    assert f">https://{host}/ö?%41=[1]</a>" in found
    assert f'href="https://{"%C3%A4" * 60}.' in found
    assert '/%C3%B6?%41=[1]"' in found
    assert 'href="mailto:%C3%A4@%C3%B6.example"' in found


def test_what_people_write_is_rendered() -> None:
    """A long page with some of everything."""
    page = """
# Holders of *item 10*

They are **in** by [rule 7](https://rules.example/7 "The rule"), see [below][1] or <a:b>; `code`.

1. One
   - nested, twice:
     - inner

> A quote, \\
> of two lines & more

| Name | Since |
| :--- | ----: |
| Ann  | 2024  |

```
as it is
```

[1]: #below
"""
    text = (page * 30)[:MAX_DESCRIPTION_LENGTH]
    assert cost_of(text) < MAX_COST
    found = render(text)
    assert found.count("<blockquote>") == found.count("<table>") == found.count("<pre>") > 20
