"""Searching siteUserSegments: a literal substring of name, code or description."""

from __future__ import annotations

import pytest

from tests.graph.client import GraphClient
from tests.graph.segments.segments_fixture import ACTIVE, listed, names

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("term", "found"),
    [
        pytest.param("ECLAIR", ["Éclair"], id="without the accent"),
        pytest.param("écl", ["Éclair", "eclipse"], id="beginnings"),
        pytest.param("apfel", ["apple"], id="code without the accent"),
        pytest.param("ÄPFEL", ["apple"], id="code"),
        pytest.param("cake", ["Apple Pie", "Éclair"], id="code or description"),
        pytest.param("  pie  ", ["Apple Pie"], id="trimmed"),
        pytest.param("e p", ["Apple Pie"], id="across words"),
        pytest.param("%", ["Zebra"], id="percent sign"),
        pytest.param("100 %", ["Zebra"], id="percent sign after a number"),
        pytest.param("_", ["eclipse"], id="underscore"),
        pytest.param("n_1", ["eclipse"], id="underscore in a code"),
        pytest.param("\\", ["eclipse"], id="backslash"),
        pytest.param("c:\\s", ["eclipse"], id="backslash in a path"),
        pytest.param("&", ["Éclair"], id="ampersand"),
        pytest.param("course 30", ["Course 30"], id="name"),
        pytest.param("the fifth", ["Course 5"], id="description"),
        pytest.param("archive", [], id="archived"),
        pytest.param("'; DROP", [], id="SQL"),
        pytest.param("zebrastripes", [], id="name and description run together"),
        pytest.param("a%e", [], id="percent sign between letters"),
    ],
)
async def test_a_term_finds_what_holds_it(
    library: GraphClient, term: str, found: list[str]
) -> None:
    """Whatever its case and accents, trimmed; % and _ mean themselves."""
    page = await listed(library, search=term, first=100)
    assert names(page) == found
    assert page["totalCount"] == len(found)


@pytest.mark.parametrize("term", ["", "   ", None])
async def test_a_blank_term_finds_everything(library: GraphClient, term: str | None) -> None:
    """As if it were not there."""
    assert (await listed(library, search=term))["totalCount"] == len(ACTIVE)


@pytest.mark.parametrize("term", ["nul\0", "x" * 255], ids=["with NUL", "too long"])
async def test_a_term_that_no_segment_can_hold_is_invalid(library: GraphClient, term: str) -> None:
    """The error names the argument."""
    query = "query ($term: String) { siteUserSegments(search: $term) { totalCount } }"
    error = await library.only_error(query, term=term)
    assert error["extensions"] == {"code": "INVALID", "argument": "search"}
    assert error["path"] == ["siteUserSegments"]
