"""A moment of the log, as inputs name it."""

from datetime import datetime

import strawberry
from strawberry import UNSET

from graph.support.context import Context
from graph.support.scalars import LogPosition


@strawberry.input(
    one_of=True,
    description="A moment to look at: exactly one field is given. A position outside the log is an"
    " error, a time before the first event is an empty site.",
)
class AsOf:
    position: LogPosition | None = strawberry.field(
        default=UNSET,
        description="As of this log position, the event there included; 0 is before the first"
        " event.",
    )
    time: datetime | None = strawberry.field(
        default=UNSET, description="As of this time: everything recorded at or before it."
    )


async def moment_of(as_of: AsOf | None, context: Context, argument: str = "asOf") -> int | None:
    """The position that an AsOf means; None for now. Waits until the read model is there."""
    if as_of is None:
        return None
    return await context.moment(as_of.position or _zero(as_of), as_of.time or None, argument)


def _zero(as_of: AsOf) -> int | None:
    return 0 if as_of.position == 0 else None
