"""Queries for the types of events that there are."""

from typing import Self

import strawberry

from domain.catalogue import CATALOGUE
from domain.kernel.event import Event, description_of


@strawberry.type(description="A type of event that the log can hold.")
class EventType:
    name: str = strawberry.field(
        description="The stable name, such as segment.edited: RecordedEvent.type."
    )
    versions: list[int] = strawberry.field(
        description="The schema versions in which it has been recorded, oldest first."
        " `data` shows all of them in the form of the last."
    )
    description: str = strawberry.field(description="What an event of this type says.")

    @classmethod
    def of(cls, event: type[Event]) -> Self:
        """The object of a class of events."""
        return cls(
            name=event.TOPIC,
            versions=list(range(1, event.SCHEMA_VERSION + 1)),
            description=description_of(event),
        )


@strawberry.type
class EventTypeQueries:
    @strawberry.field(
        description="Lists all types of events, by name. Use the names in EventFilter.types. For"
        " everybody who is signed in."
    )
    def event_types(self) -> list[EventType]:
        return [EventType.of(CATALOGUE.by_topic[topic]) for topic in CATALOGUE.topics()]
