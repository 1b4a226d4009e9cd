"""Anything by its id: as by the question that is made for it."""

from __future__ import annotations

from tests.authorization.queries import people, segments
from tests.authorization.queries.event_details import OF_PEOPLE, OF_SEGMENTS
from tests.authorization.rows import ABSENT, ANSWERED, Row, cells, shown

COMMAND = (
    "id commandId recordedAt reason channel actor { id displayName } summary undoable"
    " undoneBy { id } undoes { id } events(first: 1) { edges { cursor node { id } }"
    " pageInfo { endCursor } nodes { type } totalCount }"
)
"""What goes with a command."""
EVENT = (
    "id position type schemaVersion recordedAt reason channel commandId actor { id displayName }"
    " summary data leaf segment { name } command { id summary events { nodes { type } } }"
)
"""What goes with an event: whoever sees it sees this."""


def _node(name: str) -> str:
    fields = "... on UserSegment { name } ... on User { username } ... on RecordedEvent { type }"
    return f"node(id: ${name}) {{ {fields} }}"


def _then(name: str) -> str:
    return f"node(id: ${name}) {{ ... on UserSegment {{ id name current {{ id }} }} }}"


def _event(name: str, details: str = OF_SEGMENTS) -> str:
    return f"node(id: ${name}) {{ ... on RecordedEvent {{ {EVENT} {details} }} }}"


def _command(name: str) -> str:
    return f"node(id: ${name}) {{ ... on Command {{ {COMMAND} }} }}"


COMMANDS_OF_MAX = cells(ABSENT, admins=ANSWERED, auditors=ANSWERED, manager=ANSWERED)
"""Commands of the manager whom the directory knows: other managers do not find them."""

ROWS = [
    Row("node: mine", _node("mine"), segments.MINE),
    Row("node: mine, then", _then("mineThen"), cells(ABSENT, staff=ANSWERED)),
    Row(
        "node: deleted now, then",
        _then("goneThen"),
        cells(ABSENT, staff=shown("$goneThen", "Gone")),
    ),
    Row("node: no id at all", 'node(id: "nonsense") { id }', cells(ABSENT)),
    Row(
        "node: somebody outside of the directory",
        "node(id: $root) { ... on Principal { displayName } }",
        cells(ABSENT, staff=shown("root")),
    ),
    Row(
        "node: the service",
        'node(id: "system") { id ... on SystemActor { displayName kind } }',
        cells(shown("system", "User Segments", "SYSTEM")),
    ),
    Row("node: theirs", _node("theirs"), segments.THEIRS),
    Row("node: hidden", _node("hidden"), segments.HIDDEN),
    Row("node: archived", _node("away"), segments.AWAY),
    Row("node: deleted", _node("gone"), segments.NOTHING),
    Row("node: no segment", _node("none"), segments.NOTHING),
    Row("node: Ina", _node("ina"), people.INA),
    Row("node: Bob", _node("bob"), people.BOB),
    Row("node: nobody", _node("noUser"), people.NOBODY),
    Row(
        "node: erased",
        "node(id: $eve) { ... on User { displayName } }",
        cells(ABSENT, staff=shown("Erased user")),
    ),
    Row(
        "node: about a segment",
        _event("segmentEvent"),
        cells(ABSENT, staff=ANSWERED),
        is_noted=True,
    ),
    Row(
        "node: where a command came from",
        "node(id: $segmentEvent) { ... on RecordedEvent { channel } }",
        cells(ABSENT, staff=shown("API")),
        is_noted=True,
    ),
    Row(
        "node: about a person",
        _event("userEvent", OF_PEOPLE),
        cells(ABSENT, admins=ANSWERED, auditors=ANSWERED),
        is_noted=True,
    ),
    Row("node: a manager's command", _command("managersCommand"), COMMANDS_OF_MAX, is_noted=True),
    Row(
        "node: the undo of a manager's command",
        _command("managersUndo"),
        COMMANDS_OF_MAX,
        is_noted=True,
    ),
    Row(
        "node: an admin's command",
        _command("adminsCommand"),
        cells(ABSENT, admins=ANSWERED, auditors=ANSWERED),
        is_noted=True,
    ),
    Row("node: no command", _command("noCommand"), cells(ABSENT)),
    Row("node: no event", _node("noEvent"), cells(ABSENT)),
    Row(
        "nodes: one of each, and none",
        "nodes(ids: [$mine, $theirs, $hidden, $ina, $bob, $segmentEvent, $userEvent, $none]) {"
        " id }",
        cells(
            ABSENT,
            staff=shown("$mine", "$theirs", "$hidden", "$ina", "$bob", "$segmentEvent"),
            admins=ANSWERED,
            auditors=ANSWERED,
            inside=shown("$mine", "$ina"),
            second=shown("$mine", "$theirs", "$bob"),
        ),
    ),
]
