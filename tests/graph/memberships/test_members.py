"""UserSegment.members: who is in, by name, since when and by whom; now, and at any moment."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.clock import format_instant
from domain.kernel.principal import Role
from tests.graph.client import START, GraphClient, TickingClock
from tests.graph.memberships.member_queries import ROSTER, count, names, roster
from tests.graph.principals import ADMIN, AUDITOR, TRAINER, acting_as

PEOPLE = [
    ("p-10", "Pat", "Team 10"),
    ("p-2", "Pat", "Team 2"),
    ("zoe", "Zoë", "Ångström"),
    ("abe", "Abe", "Angstrom"),
    ("bo", "Bo", "berg"),
    ("emile", "Émile", "Berg"),
]
BY_NAME = ["abe", "zoe", "bo", "emile", "p-2", "p-10"]


@pytest.fixture
async def team(ask: GraphClient) -> GraphClient:
    """A site with the segment `team`, which all of them but eve are in, and the empty `none`."""
    for code in ("team", "none"):
        await ask.create(code.title(), code=code)
    for username, first, last in (*PEOPLE, ("eve", "Eve", "Angst")):
        await ask.create_user(username, firstName=first, lastName=last, code=f"c-{username}")
    await ask.add("team", *(username for username, *_ in PEOPLE))
    return ask


async def test_a_learner_sees_only_themself(team: GraphClient) -> None:
    """Of a visible segment that they are in; of others they do not see even that there are any."""
    found = (await team('{ user(user: {username: "zoe"}) { id displayName } }'))["user"]
    zoe = acting_as(found, Role.LEARNER)
    page = await roster(team, "team", by=zoe)
    assert (page["nodes"], page["totalCount"]) == ([{"username": "zoe"}], 1)
    assert page["pageInfo"]["hasNextPage"] is page["pageInfo"]["hasPreviousPage"] is False
    for search, usernames in (("ang", ["zoe"]), ("berg", [])):
        page = await roster(team, "team", by=zoe, search=search)
        assert [node["username"] for node in page["nodes"]] == usernames
        assert page["totalCount"] == len(usernames)
    assert await team(ROSTER, zoe, ref={"code": "none"}) == {"userSegment": None}
    assert await team.codes(ROSTER, zoe, ref={"code": "team"}, asOf={"position": 9}) == [
        "FORBIDDEN"
    ]


async def test_those_who_may_see_all_by_name(team: GraphClient) -> None:
    """Last name, then first name, as people sort."""
    for principal in (ADMIN, TRAINER, AUDITOR):
        page = await roster(team, "team", by=principal)
        assert [node["username"] for node in page["nodes"]] == BY_NAME
        assert page["totalCount"] == len(BY_NAME)


async def test_an_edge_tells_since_when_by_whom_and_how(team: GraphClient) -> None:
    """By the name that they have now."""
    found = (await team('{ user(user: {username: "bo"}) { id displayName } }'))["user"]
    await team.add("none", "zoe", by=acting_as(found, Role.TRAINING_MANAGER))
    (edge,) = (await roster(team, "none"))["edges"]
    assert edge["addedBy"] == {"id": found["id"], "displayName": "Bo berg", "kind": "USER"}
    assert edge["source"] == "MANUAL"
    event = "query ($id: ID!) { node(id: $id) { ... on RecordedEvent { recordedAt } } }"
    recorded = (await team(event, id=f"event_{await team.head()}"))["node"]
    assert edge["addedAt"] == recorded["recordedAt"]
    await team.done("updateUser", {"user": {"username": "bo"}, "firstName": "Bob"})
    (edge,) = (await roster(team, "none"))["edges"]
    assert edge["addedBy"]["displayName"] == "Bob berg"


@pytest.mark.parametrize(
    ("term", "found"),
    [
        pytest.param("ANGST", ["abe", "zoe"], id="last name"),
        pytest.param("émile", ["emile"], id="first name"),
        pytest.param("emile BERG", ["emile"], id="both names"),
        pytest.param("p-1", ["p-10"], id="username"),
        pytest.param("zoe@example", ["zoe"], id="address"),
        pytest.param("c-bo", ["bo"], id="code"),
        pytest.param("%", [], id="percent sign"),
        pytest.param("eve", [], id="no member"),
        pytest.param("  ", BY_NAME, id="blank"),
    ],
)
async def test_a_search_finds_members(team: GraphClient, term: str, found: list[str]) -> None:
    """By name, username, address and code; nobody else, whoever is called so."""
    page = await roster(team, "team", search=term)
    assert [node["username"] for node in page["nodes"]] == found
    assert page["totalCount"] == len(found)


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("size", [1, 4, 6])
async def test_pages_follow_each_other(team: GraphClient, size: int, backwards: bool) -> None:
    """Forwards and backwards, each with the whole total."""
    found: list[str] = []
    cursor = None
    while True:
        page_request: dict[str, Any] = {"first": size, "after": cursor}
        if backwards:
            page_request = {"last": size, "before": cursor}
        page = await roster(team, "team", **page_request)
        here = [node["username"] for node in page["nodes"]]
        found = here + found if backwards else found + here
        info = page["pageInfo"]
        more, less = ("hasNextPage", "hasPreviousPage")[:: -1 if backwards else 1]
        assert info[less] is (cursor is not None)
        assert page["totalCount"] == len(BY_NAME)
        if not info[more]:
            break
        cursor = info["startCursor" if backwards else "endCursor"]
    assert found == BY_NAME


@pytest.mark.parametrize(
    ("arguments", "code", "argument"),
    [
        pytest.param({"first": -1}, "INVALID", "first", id="first negative"),
        pytest.param({"last": 101}, "LIMIT", "last", id="last beyond the limit"),
        pytest.param({"first": 1, "last": 1}, "INVALID", "last", id="first and last"),
        pytest.param({"after": "nonsense"}, "INVALID", "after", id="after is no cursor"),
        pytest.param({"search": "nul\0"}, "INVALID", "search", id="search with NUL"),
        pytest.param({"search": "x" * 255}, "INVALID", "search", id="search too long"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    team: GraphClient, arguments: dict[str, Any], code: str, argument: str
) -> None:
    """The error is located at the members."""
    error = await team.only_error(ROSTER, ref={"code": "team"}, **arguments)
    told = error["extensions"]
    assert (told["code"], told["argument"]) == (code, argument)
    assert error["path"] == ["userSegment", "members"]


async def test_the_roster_at_every_position(team: GraphClient) -> None:
    """Who was in then, whatever they are by now; the count says the same."""
    start = await team.head()
    await team.add("none", "zoe", "abe")
    await team.remove("none", "zoe")
    await team.done("updateUser", {"user": {"username": "abe"}, "username": "abel"})
    await team.add("none", "zoe", "bo")
    await team.done("archiveUserSegment", {"segment": {"code": "none"}})
    await team.done("restoreUserSegment", {"segment": {"code": "none"}})
    await team.done("eraseUser", {"user": {"username": "zoe"}, "reason": "Left."})
    expected = [
        [],
        ["abel", ""],
        ["abel"],
        ["abel"],
        ["", "abel", "bo"],
        ["", "abel", "bo"],
        ["", "abel", "bo"],
        ["", "abel", "bo"],  # the erasure begins with the older of the two segments
        ["abel", "bo"],
    ]
    for step, usernames in enumerate(expected):
        assert sorted(await names(team, "none", start + step)) == sorted(usernames)
        assert await count(team, "none", start + step) == len(usernames)
    assert await names(team, "none") == ["abel", "bo"]


async def test_an_erased_member_stands_in_the_past_on_every_page(team: GraphClient) -> None:
    """First, as somebody without a name; each of them once."""
    await team.done("eraseUser", {"user": {"username": "zoe"}, "reason": "Left."})
    await team.done("eraseUser", {"user": {"username": "p-2"}, "reason": "Left."})
    then = await team.head() - 4
    found: list[str] = []
    cursor = None
    for _ in BY_NAME:
        page = await roster(team, "team", asOf={"position": then}, first=1, after=cursor)
        found += [edge["node"]["displayName"] for edge in page["edges"]]
        cursor = page["pageInfo"]["endCursor"]
    gone = "Erased user"
    assert found == [gone, gone, "Abe Angstrom", "Bo berg", "Émile Berg", "Pat Team 10"]
    page = await roster(team, "team", asOf={"position": then}, last=5)
    assert [edge["node"]["displayName"] for edge in page["edges"]] == found[1:]


async def test_the_roster_at_a_time(team: GraphClient, clock: TickingClock) -> None:
    """To the microsecond."""
    before = format_instant(clock.now)
    await team.add("none", "zoe")
    (edge,) = (await roster(team, "none"))["edges"]
    for moment, usernames in (
        (format_instant(START), None),
        (before, []),
        (edge["addedAt"], [{"username": "zoe"}]),
    ):
        data = await team(ROSTER, ref={"code": "none"}, asOf={"time": moment})
        found = data["userSegment"] and data["userSegment"]["members"]["nodes"]
        assert found == usernames


async def test_a_deleted_segment_s_members_are_in_the_past(team: GraphClient) -> None:
    """The deletion ends all memberships at once."""
    before = await team.head()
    await team.done("deleteUserSegment", {"segment": {"code": "team"}, "reason": "Closed."})
    assert await names(team, "team", before) == BY_NAME
    data = await team(ROSTER, ref={"code": "team"}, at=before + 1)
    assert data == {"userSegment": None}


async def test_an_archived_segment_keeps_its_members(team: GraphClient) -> None:
    """And shows them."""
    await team.done("archiveUserSegment", {"segment": {"code": "team"}})
    assert await names(team, "team") == BY_NAME
