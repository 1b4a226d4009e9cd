"""The schema's own scalars."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, NewType

import strawberry
from graphql import GraphQLError
from graphql.pyutils import inspect
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from domain.kernel.clock import format_instant, parse_instant

LogPosition = NewType("LogPosition", int)
"""A place in the log, as Python's whole number."""

MinPosition = Annotated[
    LogPosition | None,
    strawberry.argument(
        description="Waits until the read model is at this position, such as a payload's.",
        deprecation_reason="Use the header Segments-Min-Position or extensions.minPosition, which"
        " hold for the whole operation. Goes in 2.0.",
    ),
]

Upload = NewType("Upload", object)
"""An uploaded file: `file` is a binary stream, `filename` what its sender called it."""

MAX_POSITION = 2**63 - 1


def _position(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise GraphQLError(f"LogPosition cannot represent non-integer value: {inspect(value)}")
    if not 0 <= value <= MAX_POSITION:
        raise GraphQLError("LogPosition must be between 0 and 2^63 - 1")
    return value


def _time(value: Any) -> datetime:
    if not isinstance(value, str):
        raise GraphQLError(f"DateTime cannot represent non-text value: {inspect(value)}")
    try:
        return parse_instant(value)
    except (ValueError, OverflowError) as unreadable:
        raise GraphQLError(
            f"DateTime cannot represent {inspect(value)}: RFC 3339 wanted"
        ) from unreadable


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError) as unreadable:
        raise GraphQLError(
            f"Date cannot represent {inspect(value)}: RFC 3339 wanted"
        ) from unreadable


def _file(value: Any) -> Any:
    if not hasattr(value, "file"):
        raise GraphQLError("Upload must be a file of a multipart request")
    return value


SCALARS: dict[object, ScalarDefinition] = {
    LogPosition: strawberry.scalar(
        name="LogPosition",
        description=(
            "Place in the global log: a whole number that grows with every recorded event"
            " (above 2^31 too; sent as a JSON number)."
        ),
        serialize=int,
        parse_value=_position,
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="A file of the GraphQL multipart request specification.",
        serialize=str,
        parse_value=_file,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day as RFC 3339 has it, in UTC: 2026-03-01.",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="RFC 3339, UTC, with a trailing Z.",
        serialize=format_instant,
        parse_value=_time,
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True)
"""No field suggestions: they tell strangers what the schema holds."""
