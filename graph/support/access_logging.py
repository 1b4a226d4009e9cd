"""Writes to the access log: who reads the event log, and whose requests are rejected.

A resolver that answers with parts of the event log begins with `require_and_log`. Rejections are
logged for all fields: those of mutations where the schema is built (`log_rejections`), those of
queries with all other errors (execution/error_masking.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from inspect import isawaitable
from typing import Any

from graphql import FieldNode, GraphQLObjectType, GraphQLResolveInfo
from graphql.utilities import value_from_ast_untyped

from domain.kernel.clock import format_instant, parse_instant
from domain.kernel.permission import Permission
from graph.support.context import Context, Info
from projections.access.entry import ALLOWED, Access

_ID = re.compile(
    r"segment_[0-9a-f]{32}(@[0-9]{1,18})?|(user|person)_[0-9a-f]{32}|event_[0-9]{1,18}|system"
    r"|command_[A-Za-z0-9_-]{1,64}"
)
_COMMAND_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COMMAND_FIELDS = frozenset({"commandId", "command"})
"""Fields that hold a client's own id of a command, which the event log stores as it is, too."""
_MAX_TIME_LENGTH = 40
MAX_LISTED = 100
"""Entries of a list that are logged; the rest is counted."""


def require_and_log(info: Info, permission: Permission, **ids: str) -> None:
    """Logs the read of a principal with the permission: the field, the ids and positions among its
    arguments, and the `ids` that its resolver adds. QueryError FORBIDDEN without the permission.
    """
    info.context.require(permission)
    log_read(info, **ids)


def log_read(info: Info, **ids: str) -> None:
    """Logs that a field is being read by a principal whose permission was checked before."""
    node = info._raw_info.field_nodes[0]  # noqa: SLF001 - the arguments as they were written
    log_access(info.context, node, ALLOWED, ids)


def log_access(
    context: Context,
    node: FieldNode,
    outcome: str,
    ids: Mapping[str, str] | None = None,
) -> None:
    """Logs one field. AccessLogFull, which clients see as UNAVAILABLE, when there is no room."""
    context.site.access_log.note(
        Access(
            principal=context.principal,
            operation=node.name.value,
            about={**redacted_arguments(node, context.variables), **(ids or {})},
            outcome=outcome,
            channel=context.channel,
            request_id=context.request_id,
        )
    )


def log_rejections(mutations: GraphQLObjectType) -> None:
    """Makes each mutation log its rejections, whatever rejects it."""
    for field in mutations.fields.values():
        if field.resolve is not None:
            field.resolve = _logging_rejections(field.resolve)


def _logging_rejections(resolve: Callable[..., Any]) -> Callable[..., Any]:
    async def resolved(source: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        payload = resolve(source, info, **arguments)
        if isawaitable(payload):
            payload = await payload
        errors = getattr(payload, "errors", None)
        if errors:
            outcome = str(errors[0].code.value)
            log_access(info.context, info.field_nodes[0], outcome)
        return payload

    return resolved


def redacted_arguments(node: FieldNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    """A field's arguments by name: ids, whole numbers and times as they are; others, which may be
    somebody's name, as null.
    """
    given = {
        argument.name.value: value_from_ast_untyped(argument.value, dict(variables))
        for argument in node.arguments or ()
    }
    return _redact_fields(given)


def _redact_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _redact(value, name in _COMMAND_FIELDS) for name, value in given.items()}


def _redact(value: Any, is_command_id: bool = False) -> Any:
    if isinstance(value, Mapping):
        return _redact_fields(value)
    if isinstance(value, list | tuple):
        listed = [_redact(part) for part in value[:MAX_LISTED]]
        return listed if len(value) <= MAX_LISTED else [*listed, len(value)]
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return format_instant(value)
    if not isinstance(value, str):
        return None
    if is_command_id:
        return value if _COMMAND_ID.fullmatch(value) else None
    return value if _is_id_or_time(value) else None


def _is_id_or_time(text: str) -> bool:
    """Whether a text is one of our ids, or a time."""
    if _ID.fullmatch(text):
        return True
    try:
        return len(text) <= _MAX_TIME_LENGTH and bool(parse_instant(text))
    except (ValueError, OverflowError):
        return False
