"""The parts of the reference that the code can tell by itself, as Markdown.

They stand in the pages between two comments, `<!-- from the code: NAME -->` and `<!-- end -->`.
`python -m tests.docs.reference` writes them there; a test compares.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

import msgspec
import typer

from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Envelope
from domain.kernel.event import Event, description_of
from domain.kernel.principal import Role
from domain.kernel.values import MAX_CODE_LENGTH, MAX_REASON_LENGTH
from domain.memberships.user_refs import MAX_USERS
from domain.policy import POLICY
from domain.segment_sets.segment_refs import MAX_SEGMENTS
from domain.segment_sets.segments_command import MAX_WITHOUT_PLAN
from domain.segments.values import MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH
from domain.uploads.csv.records import MAX_RECORD_LENGTH
from domain.uploads.csv.row_file import MAX_COLUMNS
from domain.uploads.csv.text import MAX_FILE_BYTES
from domain.uploads.member_file import MemberFile
from domain.uploads.segment_file import SegmentFile
from graph import nodes
from graph.audit import queries as audit_queries
from graph.objects import member_counts, user_errors
from graph.segments import inputs
from graph.support import inputs as common_inputs
from graph.support.execution import document_limits, validation
from graph.support.execution.schema import MANY_BYTES
from graph.support.execution.size_limits import MAX_ITEMS, MAX_VARIABLES_BYTES
from graph.support.limits import cost
from graph.support.markdown.rendering import MAX_HTML
from graph.support.pages import pagination
from projections.audit import ticker
from projections.engine.position import WAIT_TIMEOUT_S
from projections.sql.database import READ_TIMEOUT_S
from service.cli import app
from service.http import operations, request_slots
from service.http.live import connection_limits, pusher, socket
from service.http.middleware import bodies
from service.http.protocols import http as http_protocol
from service.http.protocols import transfer_rate
from service.http.protocols import websocket as websocket_protocol
from service.http.protocols.options import KEEP_ALIVE_SECONDS
from service.settings import PREFIX, Settings, value_text
from service.sign_in.tokens import LEEWAY
from tests.docs.pages import DOCS

FOLDER = DOCS / "reference"
_PART = re.compile(r"(<!-- from the code: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def settings() -> str:
    """Every setting with its default."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{value_text(field.default)}`"
        rows.append((f"`{PREFIX}{name.upper()}`", default, field.description or ""))
    return table(("Setting", "Default", "What it is"), rows)


def command_line() -> str:
    """Every command with its arguments and options."""
    return "\n".join(_commands(typer.main.get_command(app), "segments"))


def _commands(command: Any, path: str) -> Iterator[str]:
    inner = getattr(command, "commands", {})
    if not inner:
        yield f"### `{path}`\n\n{inspect.cleandoc(command.help)}\n\n{_parameters(command.params)}"
    for name, one in inner.items():
        yield from _commands(one, f"{path} {name}")


def _parameters(params: Iterable[Any]) -> str:
    rows = [(_names(one), _default(one), one.help) for one in params]
    return table(("Option", "Default", "What it is"), rows) if rows else ""


def _names(parameter: Any) -> str:
    names = [*parameter.opts, *parameter.secondary_opts]
    if not names[0].startswith("-"):
        names = [name.upper() for name in names]
    return ", ".join(f"`{name}`" for name in names)


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    value = parameter.default.value if isinstance(parameter.default, Enum) else parameter.default
    return "" if value is None or value is False else f"`{value}`"


def events() -> str:
    """Every event with its fields."""
    return "\n".join(map(_event, CATALOGUE.by_topic.values()))


def _event(event: type[Event]) -> str:
    topic, version = event.TOPIC, event.SCHEMA_VERSION
    head = f"### `{topic}`\n\n{description_of(event)} Schema version {version}.\n\n"
    return head + fields(event)


def envelope() -> str:
    """The fields of the envelope."""
    return fields(Envelope)


def fields(struct: type[msgspec.Struct]) -> str:
    """The fields of a struct as JSON knows them."""
    schema = msgspec.json.schema(struct)
    known = schema["$defs"]
    properties = known[struct.__name__]["properties"]
    rows = [(f"`{name}`", _type(one, known)) for name, one in properties.items()]
    return table(("Field", "Type"), rows)


def _type(schema: dict[str, Any], known: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _type(known[schema["$ref"].rpartition("/")[2]], known)
    if "anyOf" in schema:
        return " or ".join(_type(one, known) for one in schema["anyOf"])
    if "enum" in schema:
        return " / ".join(f"`{value}`" for value in sorted(schema["enum"]))
    if schema["type"] == "array":
        return f"list of {_type(schema['items'], known)}"
    if schema["type"] == "object":
        inner = (f"`{name}`: {_type(one, known)}" for name, one in schema["properties"].items())
        return f"{{{', '.join(inner)}}}"
    return str(schema["type"])


def policy() -> str:
    """Who may do what."""
    rows = [
        (permission.value, *("yes" if role in roles else "" for role in Role))
        for permission, roles in POLICY.items()
    ]
    return table(("", *(f"`{role}`" for role in Role)), rows)


def bounds() -> str:
    """How much a client may ask for, or send."""
    rows = [
        ("a JSON body", _body(bodies.MAX_BODY_BYTES, bodies.JSON_TIMEOUT_S)),
        (
            "a JSON body or a WebSocket message from who may change members",
            _body(bodies.MAX_JSON_BYTES, bodies.JSON_TIMEOUT_S),
        ),
        (
            "a form, from who may change members",
            _body(bodies.MAX_FORM_BYTES, bodies.FORM_TIMEOUT_S),
        ),
        ("values in JSON: its commas", _values(operations.LIMITS_OF_OTHERS)),
        ("values in JSON from who may change members", _values(operations.LIMITS)),
        ("what is sent to sign in", _body(bodies.MAX_SIGN_IN_BYTES, bodies.JSON_TIMEOUT_S)),
        ("the pause between two pieces of a body", f"{bodies.MAX_PAUSE_S:g} s"),
        ("a request's first line and headers", _head()),
        (
            "a WebSocket message before `connection_ack`",
            f"{websocket_protocol.MAX_BYTES_BEFORE_SIGN_IN // 1024} KiB",
        ),
        (
            f"a peer's delay, at {transfer_rate.MIN_BYTES_PER_S // 1024} KiB of an answer a second",
            f"{transfer_rate.MAX_LATENESS_S:g} s",
        ),
        ("an open connection's wait for another request", f"{KEEP_ALIVE_SECONDS} s"),
        ("connections of all, to one process", f"{http_protocol.MAX_CONNECTIONS:,}"),
        ("an uploaded file", f"{MAX_FILE_BYTES // 1024**2} MiB"),
        ("rows of a file of segments, or of users", f"{SegmentFile.MAX_ROWS:,}"),
        ("rows of a file of members", f"{MemberFile.MAX_ROWS:,}"),
        ("characters of a row of a file", f"{MAX_RECORD_LENGTH:,}"),
        ("columns of a file", f"{MAX_COLUMNS:,}"),
        ("people named in one call", f"{MAX_USERS:,}"),
        ("segments that one command is about", f"{MAX_SEGMENTS:,}"),
        ("segments that are changed without a dry run", f"{MAX_WITHOUT_PLAN:,}"),
        ("a GraphQL document", f"{cost.MAX_DOCUMENT_BYTES:,} bytes"),
        (
            "variables of an operation, unless all it does takes many users or segments, and may",
            f"{MAX_VARIABLES_BYTES // 1024} KiB, and {MAX_ITEMS:,} items a list",
        ),
        ("words and signs of a GraphQL document", f"{document_limits.MAX_TOKENS:,}"),
        ("lines of a document", f"{document_limits.MAX_LINES:,}"),
        ("fields of a document, as they are written", f"{document_limits.MAX_DOCUMENT_FIELDS:,}"),
        ("errors told about a document", f"{validation.MAX_ERRORS:,}, and that there are more"),
        ("levels of an operation", f"{document_limits.MAX_LEVELS:,}"),
        ("fields of an operation, fragments spread", f"{document_limits.MAX_FIELDS:,}"),
        ("fragments spread in an operation, by name or inline", f"{document_limits.MAX_SPREADS:,}"),
        ("aliases of an operation", f"{document_limits.MAX_ALIASES:,}"),
        ("directives of an operation", f"{document_limits.MAX_DIRECTIVES:,}"),
        ("things on all pages of an operation together", f"{document_limits.MAX_NODES:,}"),
        ("`__schema` and `__type` of an operation", f"{document_limits.MAX_INTROSPECTIONS:,}"),
        ("values of the schema that a document asks for", f"{document_limits.MAX_INTROSPECTED:,}"),
        ("renderings of an operation (`descriptionHtml`)", f"{document_limits.MAX_RENDERINGS:,}"),
        (
            "`first` or `last`",
            f"{pagination.MAX_PAGE_SIZE} ({pagination.DEFAULT_SIZE} when absent)",
        ),
        ("`ids` of `nodes`", f"{nodes.MAX_NODES:,}"),
        (
            "`codes` of a filter",
            f"{inputs.MAX_CODES:,}, of {inputs.MAX_KEY_CHARACTERS:,} characters as compared",
        ),
        ("`search`", f"{common_inputs.MAX_SEARCH_LENGTH:,} characters"),
        ("the wait for `minPosition`", f"{WAIT_TIMEOUT_S:g} s"),
        ("one question to the database", f"{READ_TIMEOUT_S:g} s"),
        ("WebSockets of one principal, in one process", f"{connection_limits.MAX_SOCKETS:,}"),
        (
            "operations of one principal that run at once, in one process",
            f"{request_slots.MAX_CONCURRENT}; others wait up to {request_slots.WAIT_TIMEOUT_S:g} s",
        ),
        (
            f"of these, with {cost.LARGE} points or {MANY_BYTES // 1024} KiB of body, or more",
            f"{cost.LARGE_AT_ONCE:,}",
        ),
        ("operations that one principal follows", f"{connection_limits.MAX_OPERATIONS:,}"),
        ("the wait for `connection_init`", f"{socket.SILENCE_TIMEOUT.total_seconds():g} s"),
        ("the wait for a subscriber to take 50 events", f"{pusher.MAX_BATCH_S:g} s"),
        ("`logStatusChanged`", f"{1 / ticker.MIN_PAUSE_S:g} a second"),
        ("`points` of `memberCounts`", f"{member_counts.MAX_POINTS:,}"),
        ("`days` of `siteActivity`", f"{audit_queries.MAX_DAYS:,}"),
        ("errors in a payload", f"{user_errors.MAX_ERRORS:,}"),
        ("events in `VersionConflict.since`", f"{user_errors.MAX_EVENTS_SINCE:,}"),
        ("a name", f"{MAX_NAME_LENGTH:,} characters"),
        ("a code", f"{MAX_CODE_LENGTH:,} characters"),
        ("a description", f"{MAX_DESCRIPTION_LENGTH:,} characters"),
        ("a description as HTML", f"{MAX_HTML:,} characters"),
        ("a reason", f"{MAX_REASON_LENGTH:,} characters"),
        ("clock difference that a token is granted", f"{LEEWAY} s"),
    ]
    return table(("What", "At most"), rows)


def _body(size: int, seconds: float) -> str:
    kib = size // 1024
    told = f"{kib} KiB" if kib < 1024 else f"{kib // 1024} MiB"
    return f"{told}, within {seconds:g} s"


def _values(most: operations.OperationLimits) -> str:
    return f"{most.values:,} commas, {most.containers:,} lists and objects"


def _head() -> str:
    kib = http_protocol.MAX_HEAD_BYTES // 1024
    headers, seconds = http_protocol.MAX_HEADERS, http_protocol.HEAD_SECONDS
    return f"{kib} KiB and {headers} headers, within {seconds:g} s"


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "command-line": command_line,
    "events": events,
    "envelope": envelope,
    "policy": policy,
    "bounds": bounds,
}


def written(page: str) -> str:
    """A page with its parts as the code has them."""
    return _PART.sub(lambda part: f"{part[1]}\n{PARTS[part[2]]()}\n{part[3]}", page)


def parts_of(page: str) -> list[str]:
    """The names of the parts that a page has."""
    return [part[2] for part in _PART.finditer(page)]


if __name__ == "__main__":
    for file in FOLDER.glob("*.md"):
        file.write_text(written(file.read_text(encoding="utf-8")), encoding="utf-8")
