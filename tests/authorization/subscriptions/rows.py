"""The rows of subscriptions, and of what else is asked over WebSockets and event streams."""

from __future__ import annotations

from tests.authorization.commands.segments import to_managers
from tests.authorization.queries.audit import STATUS
from tests.authorization.queries.nodes import EVENT
from tests.authorization.queries.segments import WHOLE
from tests.authorization.rows import LOG, Cells, CommandResult, Row, cells, everybody, named
from tests.authorization.tables import asked, told

NOT_FOUND = "NOT_FOUND"
"""As of a segment that there is not."""


def _changed(segment: str, told: Cells) -> Row:
    text = f"userSegmentChanged(segment: ${segment}, after: 0) {{ name }}"
    return Row(f"userSegmentChanged: {segment}", text, told)


def _of(whole: CommandResult, **told: CommandResult) -> Cells:
    return cells(NOT_FOUND, staff=whole, **told)


SUBSCRIPTIONS = named(
    [
        Row("events: all", f"events(after: $position) {{ {EVENT} }}", LOG),
        Row(
            "events: about a segment",
            "events(after: 0, filter: {segment: $mine}) { type }",
            LOG,
        ),
        Row(
            "logStatusChanged",
            f"logStatusChanged(after: 0) {{ {asked(STATUS)} }}",
            everybody(told(STATUS)),
        ),
        _changed("mine", _of(("Mine",), inside=("Mine",), second=("Mine",))),
        _changed("theirs", _of(("Theirs",), second=("Theirs",))),
        _changed("hidden", _of(("Hidden",))),
        _changed("away", _of(("Away",), inside=("Away",))),
        _changed("gone", cells(NOT_FOUND)),
        _changed("none", cells(NOT_FOUND)),
        Row(
            "userSegmentChanged: what goes with it",
            f"userSegmentChanged(segment: $mine, after: 0) {{ {asked(WHOLE)} }}",
            _of(told(WHOLE), inside=told(WHOLE), second=told(WHOLE)),
        ),
    ]
)
QUERY = Row("query", "events(first: 1) { totalCount }", LOG)
COMMAND = Row(
    "command",
    'updateUserSegment(input: {segment: {id: $mine}, name: "Mine"}) {'
    " segment { name } errors { code } }",
    to_managers(),
)
