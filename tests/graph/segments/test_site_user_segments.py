"""siteUserSegments: which segments the list holds."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from graphql import get_introspection_query

from domain.kernel.values import CodeKey, lookup_code
from graph.segments import inputs
from graph.segments.inputs import MANY_CHARACTERS, MAX_KEY_CHARACTERS
from tests.graph.client import SEGMENT, GraphClient
from tests.graph.principals import LEARNER, NOBODY, TRAINER
from tests.graph.segments.segments_fixture import ACTIVE, ARCHIVED, BY_NAME, SAMPLES, listed, names

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_whoever_may_see_no_segment_sees_an_empty_list(library: GraphClient) -> None:
    """As if there were none: a learner is in no segment yet."""
    for principal in (LEARNER, NOBODY):
        page = await listed(library, by=principal)
        assert (page["nodes"], page["edges"], page["totalCount"]) == ([], [], 0)
        assert page["pageInfo"] == {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        }


async def test_without_a_filter_it_shows_the_active_ones_by_name(library: GraphClient) -> None:
    """25 of them; totalCount counts all."""
    page = await listed(library, by=TRAINER)
    assert names(page) == BY_NAME[:25]
    assert page["totalCount"] == len(ACTIVE)
    assert [edge["node"] for edge in page["edges"]] == page["nodes"]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        pytest.param({"status": ["ACTIVE"]}, ACTIVE, id="active"),
        pytest.param({"status": ["ARCHIVED"]}, ARCHIVED, id="archived"),
        pytest.param({"status": ["ARCHIVED", "ACTIVE"]}, ACTIVE + ARCHIVED, id="either"),
        pytest.param({"status": []}, [], id="no status"),
        pytest.param({"status": None}, ACTIVE, id="status null"),
        pytest.param({"visible": False}, ["Hidden"], id="hidden"),
        pytest.param(
            {"visible": True, "status": ["ARCHIVED"]}, ["Archive 10"], id="visible and archived"
        ),
        pytest.param({"source": ["MANUAL"]}, ACTIVE, id="manual"),
        pytest.param({"source": ["UPLOAD", "RULE", "SYNC"]}, [], id="other sources"),
        pytest.param(
            {"codes": ["C-1", " cake ", "c-1", "unknown", "\0", ""]},
            ["Course 1", "Éclair"],
            id="codes in any spelling",
        ),
        pytest.param({"codes": ["old-2"]}, [], id="code of an archived one"),
        pytest.param({"codes": []}, [], id="no codes"),
        pytest.param({}, ACTIVE, id="nothing"),
    ],
)
async def test_a_filter_keeps_what_fits_all_of_it(
    library: GraphClient, kept: dict[str, Any], expected: list[str]
) -> None:
    """totalCount counts just those."""
    page = await listed(library, first=100, filter=kept)
    assert sorted(names(page)) == sorted(expected)
    assert page["totalCount"] == len(expected)


async def test_search_and_filter_keep_what_fits_both(library: GraphClient) -> None:
    """In the order that is asked for."""
    order = {"field": "NAME", "direction": "DESC"}
    both = {"status": ["ACTIVE", "ARCHIVED"], "visible": True}
    page = await listed(library, search="1", filter={**both, "codes": ["c-1", "c-12", "old-10"]})
    assert names(page) == ["Archive 10", "Course 1", "Course 12"]
    page = await listed(library, search="rse 1", filter=both, orderBy=order, first=2)
    assert names(page) == ["Course 19", "Course 18"]
    assert page["totalCount"] == 11


async def test_too_many_codes_are_invalid(library: GraphClient) -> None:
    """A thousand are not."""
    query = "query ($codes: [String!]) { siteUserSegments(filter: {codes: $codes}) { totalCount } }"
    codes = ["c-1"] * 1000
    assert (await library(query, codes=codes))["siteUserSegments"]["totalCount"] == 1
    assert await library.codes(query, codes=[*codes, "c-2"]) == ["INVALID"]


async def test_many_codes_are_read_in_a_thread_and_once(
    library: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some take as long as a thousand others: under 30 aliases everybody waited for a second."""
    read: list[bool] = []

    def noted(code: str) -> CodeKey:
        read.append(threading.current_thread() is threading.main_thread())
        return lookup_code(code)

    monkeypatch.setattr(inputs, "lookup_code", noted)
    page = "siteUserSegments(filter: {codes: $codes}) { totalCount }"
    query = f"query ($codes: [String!]) {{ a: {page} b: {page} }}"
    for characters, expected in ((MANY_CHARACTERS, [True] * 2), (MANY_CHARACTERS + 1, [False] * 2)):
        codes = ["c-1", "x" * (characters - len("c-1"))]
        pages = await library(query, codes=codes)
        assert [pages[alias]["totalCount"] for alias in "ab"] == [1, 1]
        assert read == expected
        read.clear()


async def test_codes_are_read_beside_the_schema(library: GraphClient) -> None:
    """Both take turns, each its own: an operation that asks for both waits for neither."""
    query = "query ($codes: [String!]) { siteUserSegments(filter: {codes: $codes}) { totalCount } "
    introspection = get_introspection_query().partition("{")[2]
    codes = ["c-1", "x" * MANY_CHARACTERS]
    found = await library(query + introspection, codes=codes)
    assert found["siteUserSegments"]["totalCount"] == 1


async def test_codes_that_grow_have_a_bound_together(library: GraphClient) -> None:
    """In the form in which they are compared: one of these letters is eighteen there."""
    query = "query ($codes: [String!]) { siteUserSegments(filter: {codes: $codes}) { totalCount } }"
    grown = ["\ufdfa" * 99 + f"{number:018}" for number in range(111)]
    most = [*grown, "x" * 100, "y" * 100]
    assert sum(len(lookup_code(code)) for code in most) == MAX_KEY_CHARACTERS
    assert (await library(query, codes=most))["siteUserSegments"]["totalCount"] == 0
    assert await library.codes(query, codes=[*most, "x"]) == ["LIMIT"]


async def test_each_segment_is_shown_whole(library: GraphClient) -> None:
    """With the fields that the mutation's payload had."""
    query = "{ siteUserSegments(first: 1) { nodes { ...Whole descriptionHtml } } }" + SEGMENT
    (first,) = (await library(query))["siteUserSegments"]["nodes"]
    (sample,) = [sample for sample in SAMPLES if sample.name == BY_NAME[0]]
    assert (first["name"], first["code"]) == (sample.name, sample.code)
    assert (first["memberCount"], first["version"], first["source"]) == (0, 1, "MANUAL")
    assert first["createdBy"]["displayName"] == "Site Admin"
    assert first["descriptionHtml"] == ""
