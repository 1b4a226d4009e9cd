"""Ids of segments as of a position: an id stands for one thing at one moment."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLInputField, GraphQLInputType, get_named_type, is_input_object_type

from graph.schema import schema
from tests.graph.client import GraphClient, error_codes
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER

SHOWN = "id asOf name current { id asOf name }"
ONE = f"""
    query ($ref: SegmentRef!, $asOf: AsOf) {{
        userSegment(segment: $ref, asOf: $asOf) {{ {SHOWN} }}
    }}
"""
NODE = f"query ($id: ID!) {{ node(id: $id) {{ ... on UserSegment {{ {SHOWN} }} }} }}"


async def _renamed(ask: GraphClient) -> str:
    """The id of a segment that was “Old” at position 1 and is “New” since 2."""
    segment = await ask.create("Old", code="sales")
    await ask.done("updateUserSegment", {"segment": {"code": "sales"}, "name": "New"})
    return str(segment["id"])


def _past(segment: str, position: int, name: str) -> dict[str, Any]:
    current = {"id": segment, "asOf": None, "name": "New"}
    return {"id": f"{segment}@{position}", "asOf": position, "name": name, "current": current}


async def test_the_past_has_an_id_of_its_own(ask: GraphClient) -> None:
    """Read as of the head, too; the present one is its own current."""
    segment = await _renamed(ask)

    async def read(**moment: Any) -> dict[str, Any]:
        found: dict[str, Any] = (await ask(ONE, ref={"code": "sales"}, **moment))["userSegment"]
        return found

    assert await read(asOf={"position": 1}) == _past(segment, 1, "Old")
    assert await read(asOf={"position": 2}) == _past(segment, 2, "New")
    now = {"id": segment, "asOf": None, "name": "New"}
    assert await read() == {**now, "current": now}


async def test_a_list_of_the_past_holds_such_ids(ask: GraphClient) -> None:
    """By a time: with the position that it means."""
    segment = await _renamed(ask)
    query = "query ($asOf: AsOf) { siteUserSegments(asOf: $asOf) { nodes { id asOf } } }"
    for moment in ({"position": 2}, {"time": "2200-01-01T00:00:00Z"}):
        nodes = (await ask(query, asOf=moment))["siteUserSegments"]["nodes"]
        assert nodes == [{"id": f"{segment}@2", "asOf": 2}]


async def test_a_comparison_shows_two_things(ask: GraphClient) -> None:
    """Before and after, neither of which is the present."""
    segment = await _renamed(ask)
    moments = "from: {position: 1}, to: {position: 2}"
    data = await ask(
        f"""{{ compareSegment(segment: {{code: "sales"}}, {moments}) {{
            before {{ {SHOWN} }} after {{ {SHOWN} }}
        }} }}"""
    )
    expected = {"before": _past(segment, 1, "Old"), "after": _past(segment, 2, "New")}
    assert data["compareSegment"] == expected


async def test_node_finds_the_past_again(ask: GraphClient) -> None:
    """For those who may see the past; ahead of the log, and before it was there, is nothing."""
    segment = await _renamed(ask)
    for principal in (ADMIN, TRAINER, AUDITOR):
        found = (await ask(NODE, principal, id=f"{segment}@1"))["node"]
        assert found == _past(segment, 1, "Old")
    for principal in (LEARNER, NOBODY):
        assert (await ask(NODE, principal, id=f"{segment}@1"))["node"] is None
    for nowhere in ("0", "3", "01", "", "-1", "1@1"):
        assert (await ask(NODE, id=f"{segment}@{nowhere}"))["node"] is None


async def test_its_members_and_history_are_as_of_then(ask: GraphClient) -> None:
    """However the page is asked for again: by its id."""
    segment = await _renamed(ask)
    await ask.create_users("ann", "bo")  # positions 3 and 4
    await ask.add("sales", "ann")
    await ask.add("sales", "bo")
    await ask.settle()
    page = """query ($id: ID!) { node(id: $id) { ... on UserSegment {
        memberCount members { totalCount nodes { username } } history { totalCount }
    } } }"""
    then = (await ask(page, id=f"{segment}@5"))["node"]
    assert then["members"] == {"totalCount": 1, "nodes": [{"username": "ann"}]}
    assert (then["memberCount"], then["history"]["totalCount"]) == (1, 3)
    assert (await ask(page, id=segment))["node"]["members"]["totalCount"] == 2


async def test_what_is_gone_has_no_current(ask: GraphClient) -> None:
    """The past stays."""
    segment = await _renamed(ask)
    await ask.done("deleteUserSegment", {"segment": {"id": segment}, "reason": "Closed."})
    await ask.settle()
    found = (await ask(NODE, id=f"{segment}@2"))["node"]
    assert (found["name"], found["current"]) == ("New", None)


CHANGES: dict[str, dict[str, Any]] = {
    "updateUserSegment": {"name": "Newer"},
    "archiveUserSegment": {},
    "restoreUserSegment": {},
    "deleteUserSegment": {"reason": "Closed."},
    "addUsersToSegment": {"users": {"usernames": []}},
    "removeUsersFromSegment": {"users": {"usernames": []}},
}


@pytest.mark.parametrize("mutation", CHANGES)
async def test_no_command_takes_it(ask: GraphClient, mutation: str) -> None:
    """It names the present id, which would do."""
    segment = await _renamed(ask)
    past = {"segment": {"id": f"{segment}@1"}, **CHANGES[mutation]}
    payload = await ask.command(mutation, past)
    assert error_codes(payload) == [("INVALID", ["segment", "id"])]
    assert f"Give its present id: {segment}." in payload["errors"][0]["message"]
    assert await ask.head() == 2


QUESTIONS = {
    "userSegment": ("userSegment(segment: {id: $id}) { id }", "segment"),
    "compareSegment": (
        "compareSegment(segment: {id: $id}, from: {position: 1}, to: {position: 2}) { __typename }",
        "segment",
    ),
    "whyMember": (
        'whyMember(segment: {id: $id}, user: {username: "a"}) { since }',
        "segment",
    ),
    "users in": ("users(filter: {inSegment: $id}) { totalCount }", "filter"),
    "users not in": ("users(filter: {notInSegment: $id}) { totalCount }", "filter"),
    "events": ("events(filter: {segment: $id}) { totalCount }", "filter"),
}


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_reference_and_no_filter_takes_it(ask: GraphClient, question: str) -> None:
    """asOf is for the past; the id is the present one."""
    segment = await _renamed(ask)
    await ask.settle()
    field, argument = QUESTIONS[question]
    error = await ask.only_error(f"query ($id: ID!) {{ {field} }}", id=f"{segment}@1")
    assert error["extensions"] == {"code": "INVALID", "argument": argument}
    assert f"Give its present id: {segment}." in error["message"]


def test_every_command_on_a_segment_is_tried() -> None:
    """A new one needs its line in CHANGES."""
    mutations = schema._schema.mutation_type
    assert mutations is not None
    inputs = {name: field.args["input"].type for name, field in mutations.fields.items()}
    takes_one = {
        name
        for name, kind in inputs.items()
        if any(str(field.type) == "SegmentRef!" for field in _fields_of(kind))
    }
    assert CHANGES.keys() == takes_one


def _fields_of(kind: GraphQLInputType) -> list[GraphQLInputField]:
    named = get_named_type(kind)
    assert is_input_object_type(named)
    return list(named.fields.values())
