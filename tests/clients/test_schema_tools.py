"""Tools that judge schemas find no more in this one than what is listed here, with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.clients.examples import SCHEMA
from tests.node import lines_of, node, printed

HERE = Path(__file__).parent

NOTED = "access is noted beside the log, for a while only"
ERRORS = "an error of a payload says something of its command, and goes with it"
PART = "a part of what it was asked of: a value, with no life of its own"

ACCEPTED = {
    ("naming-convention", "type EventType"): "it is a type of event, and `eventTypes` lists them",
    ("no-typename-prefix", "commandId"): "the client's own id; `id` is the global one of the node",
    ("no-typename-prefix", "username"): "a username is not the user's name",
    ("relay-arguments", "joined"): "the contract of the service gives it first and after alone",
    ("relay-arguments", "left"): "the contract of the service gives it first and after alone",
    (
        "relay-edge-types",
        "type AccessEntryEdge",
    ): NOTED,
    ("require-description", "directive @oneOf"): "the specification of GraphQL defines it",
    ("strict-id-in-types", "type AccessEntry"): NOTED,
    ("strict-id-in-types", "type ActivityDay"): PART,
    ("strict-id-in-types", "type Archived"): ERRORS,
    ("strict-id-in-types", "type Checkpoint"): "its size and its root hash name it",
    ("strict-id-in-types", "type CodeTaken"): ERRORS,
    ("strict-id-in-types", "type CommandRefused"): ERRORS,
    ("strict-id-in-types", "type EventType"): "its name is its key",
    ("strict-id-in-types", "type FieldChange"): PART,
    ("strict-id-in-types", "type InclusionProof"): PART,
    ("strict-id-in-types", "type InvalidValue"): ERRORS,
    ("strict-id-in-types", "type LogStatus"): "there is one",
    ("strict-id-in-types", "type MemberCount"): PART,
    ("strict-id-in-types", "type MembershipReason"): PART,
    ("strict-id-in-types", "type NotFound"): ERRORS,
    ("strict-id-in-types", "type PageInfo"): PART,
    ("strict-id-in-types", "type SegmentComparison"): PART,
    ("strict-id-in-types", "type UndoConflict"): PART,
    ("strict-id-in-types", "type UploadRowError"): PART,
    ("strict-id-in-types", "type VersionConflict"): ERRORS,
}
"""What graphql-eslint says that is meant so, and why: its rule, and the line that it is about."""


def judged(script: str, **environment: str) -> list[dict[str, Any]]:
    """The lines that a script of this folder prints about the schema."""
    words = [node(), str(HERE / script), str(SCHEMA)]
    return lines_of(printed(*words, within=HERE, environment=environment))


def test_graphql_eslint_finds_what_is_meant_so() -> None:
    """By the rules that it recommends, and by Relay's; and all of what is listed."""
    found = {(line["rule"], line["about"]) for line in judged("lint.mjs")}
    assert sorted(found - ACCEPTED.keys()) == []
    assert sorted(ACCEPTED.keys() - found) == []


def test_apollo_composes_a_supergraph_of_it() -> None:
    """Without an error, and without a hint."""
    assert judged("compose.mjs") == []


def test_graphql_inspector_finds_no_difference_and_no_misfit(site: dict[str, str]) -> None:
    """The service tells of the committed schema; the documents of the examples fit it, and use
    nothing that is deprecated.
    """
    *found, count = judged("inspect.mjs", **site)
    assert found == []
    assert count["documents"] > 5
