"""Searching siteUserSegments: a literal substring of name, code or description."""

from __future__ import annotations

import pytest

from tests.graph.asking import Asker
from tests.graph.segments.library import ACTIVE, listed, names

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("ECLAIR", ["Éclair"]),
        ("écl", ["Éclair", "eclipse"]),
        ("apfel", ["apple"]),
        ("ÄPFEL", ["apple"]),
        ("cake", ["Apple Pie", "Éclair"]),
        ("  pie  ", ["Apple Pie"]),
        ("e p", ["Apple Pie"]),
        ("%", ["Zebra"]),
        ("100 %", ["Zebra"]),
        ("_", ["eclipse"]),
        ("n_1", ["eclipse"]),
        ("\\", ["eclipse"]),
        ("c:\\s", ["eclipse"]),
        ("&", ["Éclair"]),
        ("course 30", ["Course 30"]),
        ("the fifth", ["Course 5"]),
        ("archive", []),
        ("'; DROP", []),
        ("zebrastripes", []),
        ("a%e", []),
    ],
)
async def test_a_term_finds_what_holds_it(library: Asker, term: str, found: list[str]) -> None:
    """Whatever its case and accents, trimmed; % and _ mean themselves."""
    page = await listed(library, search=term, first=100)
    assert names(page) == found
    assert page["totalCount"] == len(found)


@pytest.mark.parametrize("term", ["", "   ", None])
async def test_a_blank_term_finds_everything(library: Asker, term: str | None) -> None:
    """As if it were not there."""
    assert (await listed(library, search=term))["totalCount"] == len(ACTIVE)


@pytest.mark.parametrize("term", ["nul\0", "x" * 255])
async def test_a_term_that_no_segment_can_hold_is_invalid(library: Asker, term: str) -> None:
    """The error names the argument."""
    query = "query ($term: String) { siteUserSegments(search: $term) { totalCount } }"
    error = await library.only_error(query, term=term)
    assert error["extensions"] == {"code": "INVALID", "argument": "search"}
    assert error["path"] == ["siteUserSegments"]
