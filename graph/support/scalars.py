"""The schema's own scalars."""

from __future__ import annotations

from collections.abc import Callable
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

TreeSize = NewType("TreeSize", int)
"""The number of events that a tree is over, as Python's whole number."""

MinPosition = Annotated[
    LogPosition | None,
    strawberry.argument(
        description="Waits up to 5 s until this position can be read, else READ_MODEL_BEHIND. Give"
        " a payload's `position` to see your own write.",
        deprecation_reason="Use the header Segments-Min-Position or extensions.minPosition, which"
        " hold for the whole operation. Goes in 2.0.",
    ),
]

Upload = NewType("Upload", object)
"""An uploaded file: `file` is a binary stream, `filename` what its sender called it."""

MAX_POSITION = 2**63 - 1


def _whole_number(scalar: str) -> Callable[[Any], int]:
    """What reads a value of that scalar."""

    def parse(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise GraphQLError(f"{scalar} cannot represent non-integer value: {inspect(value)}")
        if not 0 <= value <= MAX_POSITION:
            raise GraphQLError(f"{scalar} must be between 0 and 2^63 - 1")
        return value

    return parse


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
            "A place in the log: a whole number that grows with every recorded event. It is"
            " sent as a JSON number, may exceed 2^31, and stays below 2^53."
        ),
        serialize=int,
        parse_value=_whole_number("LogPosition"),
    ),
    TreeSize: strawberry.scalar(
        name="TreeSize",
        description="A number of events in the log's tree; not a position, since positions have"
        " gaps.",
        serialize=int,
        parse_value=_whole_number("TreeSize"),
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="A file, sent by the GraphQL multipart request specification.",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        serialize=str,
        parse_value=_file,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day in UTC, as in RFC 3339: 2026-03-01.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A time in UTC, as in RFC 3339, with a trailing Z and microseconds:"
        " 2026-03-01T12:00:00.000000Z.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=format_instant,
        parse_value=_time,
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS)
