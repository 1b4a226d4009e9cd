"""Taking note of who reads the log, and of who is refused.

A resolver that answers with parts of the log begins with `audited(info, permission)`. Refusals note
themselves: those of mutations where the schema is put together (`telling_refusals`), those of
questions with all other errors (outcome.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from inspect import isawaitable
from typing import Any

import strawberry
from graphql import FieldNode, GraphQLObjectType, GraphQLResolveInfo
from graphql.utilities import value_from_ast_untyped

from domain.kernel.clock import format_instant, parse_instant
from domain.kernel.permission import Permission
from graph.support.context import Context
from projections.access.entry import ALLOWED, Access

_ID = re.compile(r"(segment|user|person)_[0-9a-f]{32}|event_[0-9]{1,19}|system")
_COMMAND_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COMMANDS = frozenset({"commandId", "command"})
"""What holds a client's own name for a command, which the log keeps as it is, too."""
_MAX_TIME_LENGTH = 40
MAX_LISTED = 100
"""Entries of a list that are kept; the rest is counted."""

Info = strawberry.Info[Context, None]


def audited(info: Info, permission: Permission, **ids: str) -> None:
    """Refuses those who lack the permission, and takes note of all: of what is asked, which ids and
    positions are among its arguments, and those `ids` that a resolver knows besides.
    """
    info.context.require(permission)
    told(info, **ids)


def told(info: Info, **ids: str) -> None:
    """Takes note that something is being read; the permission was asked for before."""
    node = info._raw_info.field_nodes[0]  # noqa: SLF001 - the arguments as they were written
    note(info.context, node, ALLOWED, ids)


def note(
    context: Context,
    node: FieldNode,
    outcome: str,
    ids: Mapping[str, str] | None = None,
) -> None:
    """Takes note of one field. AccessLogFull, which clients see as UNAVAILABLE, when it cannot."""
    context.site.access.note(
        Access(
            principal=context.principal,
            operation=node.name.value,
            about={**about(node, context.variables), **(ids or {})},
            outcome=outcome,
            channel=context.channel,
            request_id=context.request_id,
        )
    )


def telling_refusals(mutations: GraphQLObjectType) -> None:
    """From now on each mutation takes note of its rejections, whatever it is that refuses."""
    for field in mutations.fields.values():
        if field.resolve is not None:
            field.resolve = _telling(field.resolve)


def _telling(resolve: Callable[..., Any]) -> Callable[..., Any]:
    async def resolved(source: Any, info: GraphQLResolveInfo[Context], **arguments: Any) -> Any:
        payload = resolve(source, info, **arguments)
        if isawaitable(payload):
            payload = await payload
        errors = getattr(payload, "errors", None)
        if errors:
            outcome = str(errors[0].code.value)
            note(info.context, info.field_nodes[0], outcome)
        return payload

    return resolved


def about(node: FieldNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Of a field's arguments those that are ids, whole numbers and times, by their names; of
    others, which may be anybody's name, nothing but that they were given: null.
    """
    given = {
        argument.name.value: value_from_ast_untyped(argument.value, dict(variables))
        for argument in node.arguments or ()
    }
    return _parts(given)


def _parts(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _kept(value, name in _COMMANDS) for name, value in given.items()}


def _kept(value: Any, names_a_command: bool = False) -> Any:
    if isinstance(value, Mapping):
        return _parts(value)
    if isinstance(value, list | tuple):
        kept = [_kept(part) for part in value[:MAX_LISTED]]
        return kept if len(value) <= MAX_LISTED else [*kept, len(value)]
    if isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return format_instant(value)
    if not isinstance(value, str):
        return None
    if names_a_command:
        return value if _COMMAND_ID.fullmatch(value) else None
    return value if _is_plain(value) else None


def _is_plain(text: str) -> bool:
    """Whether a text is an id of ours, or a time."""
    if _ID.fullmatch(text):
        return True
    try:
        return len(text) <= _MAX_TIME_LENGTH and bool(parse_instant(text))
    except (ValueError, OverflowError):
        return False
