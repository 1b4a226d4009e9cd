"""Waiting for the read model, once and before an operation runs, for all that it asks of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from graphql import (
    ArgumentNode,
    Executor,
    FieldNode,
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    OperationType,
    get_named_type,
    value_from_ast,
)
from graphql.execution.collect_fields import collect_fields

from domain.kernel.permission import Permission
from domain.policy import may
from graph.support.context import Context

MIN_POSITION = "minPosition"
_MOMENT = "AsOf"


async def wait_for_positions(executor: Executor[Any], context: Context) -> None:
    """Waits once for the greatest of: what the request asks for; the `minPosition` arguments of the
    operation's root fields; and the moments that these name, of whoever may see the past.
    ReadModelBehind when it is late.

    A moment by time needs all that is recorded by now. One that is beyond the log is not waited
    for: its resolver refuses it. A mutation reads after its command, and waits then.
    """
    if executor.operation.operation is OperationType.MUTATION:
        context.snapshot.at_least = context.min_position
        return
    named = list(_named_positions(executor))
    wanted = max([context.min_position, *(n for n in named if isinstance(n, int))])
    moments = [moment for moment in named if isinstance(moment, dict)]
    if moments and may(context.principal, Permission.SEE_THE_PAST):
        head = await context.head()
        wanted = max([wanted, *(_needed(moment, head) for moment in moments)])
    if wanted:
        await context.site.live.position.wait_for(wanted)
        context.snapshot.at_least = wanted


def _needed(moment: dict[str, Any], head: int) -> int:
    """The position at which the read model knows a moment; 0 for one that there is not."""
    if isinstance(moment.get("time"), datetime):
        return head
    position = moment.get("position")
    return position if isinstance(position, int) and position <= head else 0


def _named_positions(executor: Executor[Any]) -> Iterator[int | dict[str, Any]]:
    """Each `minPosition`, and each moment, among the arguments of root fields."""
    root = executor.schema.get_root_type(executor.operation.operation)
    if root is None:
        return
    collected = collect_fields(
        executor.schema, executor.fragments, executor.variable_values, root, executor.operation
    )
    for name, node in _field_nodes(collected):
        field = root.fields.get(name)
        for argument in node.arguments or ():
            yield from _positions_in(field, argument, executor.variable_values.coerced)


def _field_nodes(collected: Any) -> Iterator[tuple[str, FieldNode]]:
    for details in collected.grouped_field_set.values():
        yield details[0].node.name.value, details[0].node  # the others have the same arguments


def _positions_in(
    field: GraphQLField | None, node: ArgumentNode, variables: dict[str, Any]
) -> Iterator[int | dict[str, Any]]:
    argument = None if field is None else field.args.get(node.name.value)
    if argument is None:
        return
    if node.name.value == MIN_POSITION:
        position = value_from_ast(node.value, argument.type, variables)
        if isinstance(position, int):
            yield position
    elif _names_moments(argument):
        yield from _moments_in(value_from_ast(node.value, argument.type, variables))


def _names_moments(argument: GraphQLArgument) -> bool:
    kind = get_named_type(argument.type)
    if not isinstance(kind, GraphQLInputObjectType):
        return False
    inner = (get_named_type(field.type).name for field in kind.fields.values())
    return kind.name == _MOMENT or _MOMENT in inner


def _moments_in(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "position" in value or "time" in value:
            yield value
        for inner in value.values():
            yield from _moments_in(inner)
