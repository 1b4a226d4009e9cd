"""The types of the event log's status and activity."""

from datetime import date
from typing import Self

import strawberry

from graph.support.scalars import LogPosition
from projections.audit.ticker import Tick


@strawberry.type(description="How far the log is, and how far the read model has followed it.")
class LogStatus:
    head: LogPosition = strawberry.field(description="The greatest position in the log.")
    read_model: LogPosition = strawberry.field(
        description="The position up to which every event is in the read model."
    )

    @classmethod
    def of(cls, tick: Tick) -> Self:
        """The object of a status of the log."""
        return cls(head=LogPosition(tick.head), read_model=LogPosition(tick.read_model))


@strawberry.type(description="What was recorded on one day.")
class ActivityDay:
    day: date = strawberry.field(description="The day in UTC, such as 2026-03-01.")
    commands: int = strawberry.field(
        description="Number of commands that recorded at least one event."
    )
    events: int = strawberry.field(description="Number of events that they recorded.")
