"""Commands: all for auditors and site admins; for training managers their own."""

from __future__ import annotations

from tests.authorization.queries.nodes import COMMAND
from tests.authorization.rows import ABSENT, ANSWERED, FORBIDDEN, Row, cells

OF_MAX = cells(
    FORBIDDEN, admins=ANSWERED, auditors=ANSWERED, manager=ANSWERED, token_manager=ABSENT
)
"""Those of the manager whom the directory knows are among them; the other one did nothing."""
OF_ADMINS = cells(FORBIDDEN, admins=ANSWERED, auditors=ANSWERED, managers=ABSENT)
NOTHING = cells(FORBIDDEN, staff=ABSENT)


def _commands(filter: str) -> str:
    return f"commands(filter: {{{filter}}}) {{ nodes {{ id summary }} totalCount }}"


ROWS = [
    Row(
        "commands: all",
        "commands { edges { cursor node { id } } pageInfo { endCursor }"
        f" nodes {{ {COMMAND} }} totalCount }}",
        OF_MAX,
        is_noted=True,
    ),
    Row("commands: about a segment", _commands("segment: $gone"), OF_MAX, is_noted=True),
    Row("commands: about another segment", _commands("segment: $mine"), OF_ADMINS, is_noted=True),
    Row("commands: about a user", _commands("user: $ina"), OF_ADMINS, is_noted=True),
    Row("commands: by an actor", _commands("actor: $max"), OF_MAX, is_noted=True),
    Row("commands: by nobody", _commands("actor: $noUser"), NOTHING, is_noted=True),
    Row("commands: of a type", _commands('types: ["segment.edited"]'), OF_MAX, is_noted=True),
    Row("commands: of people", _commands('types: ["user.erased"]'), OF_ADMINS, is_noted=True),
    Row(
        "commands: of a channel",
        _commands("channel: [API, CONSOLE, CLI, UPLOAD, RULE, SYSTEM]"),
        OF_MAX,
        is_noted=True,
    ),
    Row(
        "commands: of a time",
        _commands('after: {position: $position}, upTo: {time: "2100-01-01T00:00:00Z"}'),
        OF_MAX,
        is_noted=True,
    ),
    Row("commands: of a text", _commands('text: "max was here"'), OF_MAX, is_noted=True),
    Row("commands: of an admin's text", _commands('text: "left"'), OF_ADMINS, is_noted=True),
]
