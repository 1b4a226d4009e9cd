"""createUserSegment: a new segment, whose code must be free."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.graph.client import GraphClient, error_codes, is_rejected_entirely
from tests.graph.principals import ADMIN, TRAINER, all_but

CREATE = "createUserSegment"


async def test_whoever_may_not_change_segments_is_refused(ask: GraphClient) -> None:
    """Auditors, learners and people without a role; nothing is recorded."""
    for principal in all_but(ADMIN, TRAINER):
        payload = await ask.command(CREATE, {"name": "Sales"}, by=principal)
        assert is_rejected_entirely(payload, "FORBIDDEN")
        assert payload["errors"][0]["__typename"] == "CommandRefused"
    assert await ask.head() == 0


async def test_who_may_not_is_told_nothing_of_the_input(ask: GraphClient) -> None:
    """FORBIDDEN comes before INVALID."""
    (principal, *_) = all_but(ADMIN, TRAINER)
    payload = await ask.command(CREATE, {"name": ""}, by=principal)
    assert is_rejected_entirely(payload, "FORBIDDEN")


async def test_an_admin_or_a_training_manager_creates(ask: GraphClient) -> None:
    """The segment is as given, at version 1, and theirs."""
    for principal in (ADMIN, TRAINER):
        segment = await ask.create(
            " Sales ", by=principal, code=f" s-{principal.id} ", description="All.", visible=False
        )
        assert segment["name"] == "Sales"
        assert segment["code"] == f"s-{principal.id}"
        assert segment["description"] == "All."
        assert segment["visible"] is False
        assert segment["version"] == 1
        assert segment["createdBy"]["displayName"] == principal.display_name
        assert segment["updatedBy"] == segment["createdBy"]
        assert segment["updatedAt"] == segment["createdAt"]


async def test_only_the_name_is_needed(ask: GraphClient) -> None:
    """Then there is no code and no description; it is visible, active, made by hand, and empty."""
    segment = await ask.create("Sales")
    assert (segment["code"], segment["description"], segment["visible"]) == (None, "", True)
    assert (segment["status"], segment["source"]) == ("ACTIVE", "MANUAL")
    assert segment["memberCount"] == 0


async def test_the_payload_says_where_the_log_stands(ask: GraphClient) -> None:
    """And under which commandId it was done, which is made when none was given."""
    made = await ask.done(CREATE, {"name": "Sales"})
    given = await ask.done(CREATE, {"name": "Sales", "commandId": "my-own_1"})
    assert (made["position"], given["position"]) == (1, 2)
    assert made["commandId"]
    assert given["commandId"] == "my-own_1"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        pytest.param({"name": ""}, "name", id="name empty"),
        pytest.param({"name": " \t "}, "name", id="name blank"),
        pytest.param({"name": "n" * 255}, "name", id="name too long"),
        pytest.param({"name": "two\nlines"}, "name", id="name of two lines"),
        pytest.param({"name": "nul\0"}, "name", id="name with NUL"),
        pytest.param({"name": "right-to-left \u202e"}, "name", id="name with a direction mark"),
        pytest.param({"name": "x", "code": "c" * 101}, "code", id="code too long"),
        pytest.param({"name": "x", "code": "tab\there"}, "code", id="code with a tab"),
        pytest.param(
            {"name": "x", "description": "d" * 10_001}, "description", id="description too long"
        ),
        pytest.param(
            {"name": "x", "description": "bell\a"}, "description", id="description with a bell"
        ),
        pytest.param({"name": "x", "commandId": ""}, "commandId", id="command id empty"),
        pytest.param({"name": "x", "commandId": "a b"}, "commandId", id="command id with a space"),
        pytest.param({"name": "x", "commandId": "c" * 65}, "commandId", id="command id too long"),
        pytest.param({"name": "x", "reason": "r" * 1001}, "reason", id="reason too long"),
    ],
)
async def test_each_rule_is_refused_with_its_path(
    ask_late: GraphClient, fields: dict[str, Any], path: str
) -> None:
    """As InvalidValue, in a sentence; nothing is recorded."""
    payload = await ask_late.command(CREATE, fields)
    assert error_codes(payload) == [("INVALID", [path])]
    assert payload["errors"][0]["__typename"] == "InvalidValue"
    assert payload["errors"][0]["message"].endswith(".")
    assert await ask_late.head() == 0


async def test_null_means_the_default(ask: GraphClient) -> None:
    """As clients send it that fill in whatever was left out: the segment is visible."""
    fields = {"name": "Sales", "code": None, "description": None, "visible": None}
    segment = (await ask.done(CREATE, fields))["segment"]
    assert (segment["code"], segment["description"], segment["visible"]) == (None, "", True)


async def test_all_bad_fields_are_reported_at_once(ask_late: GraphClient) -> None:
    """The input's own, and those that every input may carry."""
    payload = await ask_late.command(
        CREATE,
        {
            "name": "",
            "code": "c" * 101,
            "description": "\0",
            "commandId": "?",
            "reason": "\0",
        },
    )
    paths = {"name", "code", "description", "commandId", "reason"}
    assert {path for _, (path,) in error_codes(payload)} == paths
    assert len(payload["errors"]) == len(paths)


async def test_longest_values_are_taken(ask: GraphClient) -> None:
    """Counted in code points after NFC: e and an accent are one."""
    longest = {"name": "e\u0301" * 254, "code": "𝒸" * 100, "description": "\t\r\n" + "é" * 9_997}
    payload = await ask.done(CREATE, longest)
    assert payload["segment"]["name"] == "é" * 254
    assert payload["segment"]["code"] == "𝒸" * 100
    assert len(payload["segment"]["description"]) == 10_000


async def test_a_blank_code_is_none(ask: GraphClient) -> None:
    """So any number of segments may have it."""
    first, second = await ask.create("A", code="  "), await ask.create("B", code="")
    assert first["code"] is second["code"] is None


async def test_a_taken_code_names_its_holder(ask: GraphClient) -> None:
    """In whatever spelling: width and case do not matter."""
    held = await ask.create("Sales", code="Straße")
    for spelling in ("STRASSE", " straße ", "\uff33traße"):
        payload = await ask.command(CREATE, {"name": "Other", "code": spelling})
        assert error_codes(payload) == [("CODE_TAKEN", ["code"])]
        (error,) = payload["errors"]
        assert error["__typename"] == "CodeTaken"
        assert error["heldBy"] == {"id": held["id"]}
        assert payload["segment"] is None
        assert payload["position"] == 1
    assert await ask.head() == 1


async def test_of_many_at_once_one_gets_the_code(ask: GraphClient) -> None:
    """The others are told who it was."""
    wanted = [{"name": f"Sales {n}", "code": "sAlEs" if n % 2 else "SALES"} for n in range(10)]
    payloads = await asyncio.gather(*(ask.command(CREATE, fields) for fields in wanted))
    (winner,) = [payload for payload in payloads if not payload["errors"]]
    losers = [payload["errors"][0] for payload in payloads if payload["errors"]]
    assert {(e["code"], e["heldBy"]["id"]) for e in losers} == {
        ("CODE_TAKEN", winner["segment"]["id"])
    }
    assert await ask.head() == 1


async def test_a_holder_is_named_as_it_is_after_an_earlier_mutation(ask: GraphClient) -> None:
    """Mutations of one operation run in order; the later one does not see what is past."""
    await ask.create("Old", code="sales")
    taken = """(input: {name: "x", code: "sales"}) {
        errors { ... on CodeTaken { heldBy { ... on UserSegment { name } } } }
    }"""
    data = await ask(
        f"""mutation {{
            before: createUserSegment{taken}
            updateUserSegment(input: {{segment: {{code: "sales"}}, name: "New"}}) {{ position }}
            after: createUserSegment{taken}
        }}"""
    )
    names = [data[alias]["errors"][0]["heldBy"]["name"] for alias in ("before", "after")]
    assert names == ["Old", "New"]
