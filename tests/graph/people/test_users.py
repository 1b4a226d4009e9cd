"""users: whom the directory lists, searched and filtered."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph.client import GraphClient
from tests.graph.people.users_fixture import BY_NAME, LIST, PEOPLE, listed, segment_id, usernames
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER

pytestmark = pytest.mark.asyncio(loop_scope="module")

SUSPENDED = [person.username for person in PEOPLE if person.suspended]


async def test_who_may_not_see_people_sees_nobody(crowd: GraphClient) -> None:
    """Learners from outside the directory, and people without a role; nothing tells that there
    are any, whatever is asked.
    """
    sales = await segment_id(crowd, "sales")
    for principal in (LEARNER, NOBODY):
        for arguments in ({}, {"search": "bo"}, {"filter": {"inSegment": sales}}, {"last": 5}):
            page = await listed(crowd, by=principal, **arguments)
            assert (page["nodes"], page["edges"], page["totalCount"]) == ([], [], 0)
            assert page["pageInfo"]["hasNextPage"] is page["pageInfo"]["hasPreviousPage"] is False


async def test_those_who_may_see_everybody_by_name(crowd: GraphClient) -> None:
    """Last name, then first name, as people sort; the suspended, too, the erased not."""
    for principal in (ADMIN, TRAINER, AUDITOR):
        page = await listed(crowd, by=principal, first=100)
        assert usernames(page) == BY_NAME
        assert page["totalCount"] == len(BY_NAME)


async def test_a_page_is_of_twenty_five_unless_asked(crowd: GraphClient) -> None:
    """And the total is of all pages."""
    page = await listed(crowd)
    assert usernames(page) == BY_NAME[:25]
    assert page["totalCount"] == len(BY_NAME)


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        pytest.param({"status": ["SUSPENDED"]}, ["emile", "eve"], id="suspended"),
        pytest.param(
            {"status": ["ACTIVE"]}, [name for name in BY_NAME if name not in SUSPENDED], id="active"
        ),
        pytest.param({"status": ["ACTIVE", "SUSPENDED"]}, BY_NAME, id="active or suspended"),
        pytest.param({"status": ["ERASED", "REMOVED"]}, [], id="erased or removed"),
        pytest.param(
            {"status": ["ERASED", "SUSPENDED"]}, ["emile", "eve"], id="erased or suspended"
        ),
        pytest.param({"status": []}, [], id="no status"),
        pytest.param({"role": "AUDITOR"}, ["zoe", "bo"], id="auditors"),
        pytest.param({"role": "SITE_ADMIN"}, ["root"], id="site admins"),
        pytest.param({"role": "LEARNER", "status": ["ACTIVE"]}, [], id="active learners"),
        pytest.param({"inSegment": "sales"}, ["zoe", "emile", "p-2", "p-10"], id="in a segment"),
        pytest.param({"inSegment": "empty"}, [], id="in an empty one"),
        pytest.param(
            {"inSegment": "sales", "notInSegment": "staff"},
            ["zoe", "emile", "p-10"],
            id="in one, not in another",
        ),
        pytest.param({"inSegment": "sales", "notInSegment": "sales"}, [], id="in and not in one"),
        pytest.param(
            {"inSegment": "staff", "role": "TRAINING_MANAGER"}, ["bo"], id="in one, with a role"
        ),
        pytest.param(
            {"inSegment": "sales", "status": ["SUSPENDED"]}, ["emile"], id="in one, suspended"
        ),
        pytest.param({"notInSegment": "empty"}, BY_NAME, id="not in an empty one"),
        pytest.param(
            {"notInSegment": "sales", "role": "AUDITOR"}, ["bo"], id="not in one, with a role"
        ),
        pytest.param(
            {"status": None, "role": None, "inSegment": None, "notInSegment": None},
            BY_NAME,
            id="all null",
        ),
    ],
)
async def test_filters_narrow_each_other(
    crowd: GraphClient, filter: dict[str, Any], found: list[str]
) -> None:
    """What the list shows and what it counts, both; the erased are never in it."""
    given = dict(filter)
    for place in ("inSegment", "notInSegment"):
        if given.get(place):
            given[place] = await segment_id(crowd, given[place])
    page = await listed(crowd, filter=given, first=100)
    assert usernames(page) == found
    assert page["totalCount"] == len(found)


async def test_a_segment_that_there_is_not_has_nobody_in_it(crowd: GraphClient) -> None:
    """And everybody is a candidate for it; what can be no id is INVALID."""
    unknown = "segment_019ca9450de877e0bc6b8398cda33856"
    assert (await listed(crowd, filter={"inSegment": unknown}))["totalCount"] == 0
    everybody = await listed(crowd, filter={"notInSegment": unknown})
    assert everybody["totalCount"] == len(BY_NAME)
    for place in ("inSegment", "notInSegment"):
        for nonsense in ("", "sales", "user_019ca9450de877e0bc6b8398cda33856"):
            error = await crowd.only_error(LIST, filter={place: nonsense})
            assert error["extensions"] == {"code": "INVALID", "argument": "filter"}


@pytest.mark.parametrize(
    ("term", "found"),
    [
        pytest.param("ANGSTROM", ["abe", "zoe"], id="last name"),
        pytest.param("  ång  ", ["abe", "zoe"], id="trimmed"),
        pytest.param("zoe ang", ["zoe"], id="first and last name"),
        pytest.param("ångström zoë", ["zoe"], id="last and first name"),
        pytest.param("staff_7", ["zoe"], id="code"),
        pytest.param("staff-7", [], id="hyphen for underscore"),
        pytest.param("_", ["zoe"], id="underscore"),
        pytest.param("%", ["abe"], id="percent sign"),
        pytest.param("p-1", ["p-10"], id="username"),
        pytest.param("Emile@Example", ["emile"], id="address"),
        pytest.param("pat team 2", ["p-2"], id="name and number"),
        pytest.param("gone", [], id="erased"),
        pytest.param("g-1", [], id="code of the erased"),
        pytest.param("'; DROP", [], id="SQL"),
        pytest.param("zoeangstrom", [], id="names run together"),
        pytest.param("e", None, id="letter of many"),
        pytest.param("", BY_NAME, id="empty"),
        pytest.param("   ", BY_NAME, id="blank"),
    ],
)
async def test_a_term_finds_whose_name_username_address_or_code_holds_it(
    crowd: GraphClient, term: str, found: list[str] | None
) -> None:
    """Whatever case and accents, trimmed; % and _ mean themselves."""
    page = await listed(crowd, search=term, first=100)
    expected = BY_NAME if found is None else found  # every address is of example.org
    assert usernames(page) == expected
    assert page["totalCount"] == len(expected)


async def test_candidates_are_searched(crowd: GraphClient) -> None:
    """Who is not in the segment yet, and is called so."""
    sales = await segment_id(crowd, "sales")
    page = await listed(crowd, search="berg", filter={"notInSegment": sales})
    assert usernames(page) == ["bo", "eve"]
    page = await listed(crowd, search="berg", filter={"inSegment": sales})
    assert usernames(page) == ["emile"]


@pytest.mark.parametrize("term", ["nul\0", "x" * 255], ids=["with NUL", "too long"])
async def test_a_term_that_nobody_can_be_called_is_invalid(crowd: GraphClient, term: str) -> None:
    """The error names the argument."""
    error = await crowd.only_error(LIST, search=term)
    assert error["extensions"] == {"code": "INVALID", "argument": "search"}


async def _walk(ask: GraphClient, size: int, *, backwards: bool, **query: Any) -> list[str]:
    found: list[str] = []
    cursor = None
    while True:
        page_request = (
            {"last": size, "before": cursor} if backwards else {"first": size, "after": cursor}
        )
        page = await listed(ask, **query, **page_request)
        found = usernames(page) + found if backwards else found + usernames(page)
        info = page["pageInfo"]
        assert info["startCursor"] == page["edges"][0]["cursor"]
        assert info["endCursor"] == page["edges"][-1]["cursor"]
        here, there = ("hasNextPage", "hasPreviousPage")[:: -1 if backwards else 1]
        assert info[there] is (cursor is not None)
        if not info[here]:
            return found
        cursor = info["startCursor" if backwards else "endCursor"]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("size", [1, 7, 37, 38, 100])
async def test_pages_follow_each_other(crowd: GraphClient, size: int, backwards: bool) -> None:
    """Forwards and backwards: no repeat, no gap; a page that is just full is the last one."""
    assert await _walk(crowd, size, backwards=backwards) == BY_NAME


@pytest.mark.parametrize("backwards", [False, True])
async def test_pages_of_what_is_kept_follow_each_other(crowd: GraphClient, backwards: bool) -> None:
    """Of candidates, and of what is searched."""
    sales = await segment_id(crowd, "sales")
    inside = {person.username for person in PEOPLE if "sales" in person.segments}
    candidates = [name for name in BY_NAME if name not in inside]
    query: dict[str, Any] = {"filter": {"notInSegment": sales}}
    assert await _walk(crowd, 4, backwards=backwards, **query) == candidates
    nicks = [name for name in BY_NAME if name.startswith("n-")]
    assert await _walk(crowd, 4, backwards=backwards, search="nick") == nicks


async def test_a_page_between_two_cursors(crowd: GraphClient) -> None:
    """Neither end is in it."""
    edges = (await listed(crowd, first=100))["edges"]
    between = {"after": edges[4]["cursor"], "before": edges[10]["cursor"]}
    assert usernames(await listed(crowd, **between)) == BY_NAME[5:10]
    assert usernames(await listed(crowd, last=2, **between)) == BY_NAME[8:10]


@pytest.mark.parametrize(
    ("page_request", "code", "argument"),
    [
        pytest.param({"first": -1}, "INVALID", "first", id="first negative"),
        pytest.param({"first": 101}, "LIMIT", "first", id="first beyond the limit"),
        pytest.param({"last": 101}, "LIMIT", "last", id="last beyond the limit"),
        pytest.param({"first": 1, "last": 1}, "INVALID", "last", id="first and last"),
        pytest.param({"after": ""}, "INVALID", "after", id="after empty"),
        pytest.param({"before": "nonsense"}, "INVALID", "before", id="before is no cursor"),
    ],
)
async def test_a_window_that_cannot_be_is_refused(
    crowd: GraphClient, page_request: dict[str, Any], code: str, argument: str
) -> None:
    """The error says which argument is at fault; for whoever asks."""
    for principal in (ADMIN, NOBODY):
        error = await crowd.only_error(LIST, principal, **page_request)
        told = error["extensions"]
        assert (told["code"], told["argument"]) == (code, argument)


async def test_a_cursor_of_segments_is_none_of_people(crowd: GraphClient) -> None:
    """Though both are by name."""
    query = "{ siteUserSegments(first: 1) { pageInfo { endCursor } } }"
    cursor = (await crowd(query))["siteUserSegments"]["pageInfo"]["endCursor"]
    assert await crowd.codes(LIST, after=cursor) == ["INVALID"]


async def test_a_forged_cursor_is_a_place_or_refused(crowd: GraphClient) -> None:
    """Never anything worse."""
    for forged in ("W10", "WyJOQU1FIl0", "WyJOQU1FIiwiMDAiLCIwMCJd", "bnVsbA", "\ud800"):
        codes = await crowd.codes(LIST, after=forged)
        assert codes in ([], ["INVALID"])
