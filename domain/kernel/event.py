"""The base of every event, and the catalogue of all of them by their stable names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

import msgspec
from eventsourcing.dcb.domain import Decision

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the fields of one schema version into those of the next."""


class TaggedEvent(Protocol):
    """An event as it comes back from the log, with the tags by which it is found."""

    @property
    def event(self) -> Event: ...

    @property
    def tags(self) -> Sequence[str]: ...


class Event(msgspec.Struct, Decision, frozen=True, kw_only=True, rename="camel"):
    """An event. TOPIC and the fields are a public API (ADR 5).

    A change of the fields raises SCHEMA_VERSION and brings an upcaster for the version before.
    """

    TOPIC: ClassVar[str]
    SCHEMA_VERSION: ClassVar[int] = 1

    @abstractmethod
    def tags(self) -> list[str]:
        """Returns the tags by which the log finds this event, in the order in which they are
        stored.
        """


def description_of(event: type[Event]) -> str:
    """Returns what an event of that class says has happened: its docstring, in one line."""
    return " ".join((event.__doc__ or "").split())


class Catalogue:
    """Every event class by its TOPIC, and the upcasters of the versions that came before."""

    def __init__(
        self,
        events: Iterable[type[Event]],
        upcasters: Mapping[tuple[str, int], Upcaster] | None = None,
    ) -> None:
        self.by_topic: dict[str, type[Event]] = {}
        for event in events:
            if event.TOPIC in self.by_topic:
                raise ValueError(f"two events have the TOPIC {event.TOPIC}")
            self.by_topic[event.TOPIC] = event
        self._upcasters = dict(upcasters or {})

    def topics(self) -> list[str]:
        """Returns every TOPIC, sorted."""
        return sorted(self.by_topic)

    def upcast(self, topic: str, version: int, fields: dict[str, Any]) -> dict[str, Any]:
        """Returns `fields`, as recorded at `version`, in today's shape.

        KeyError when a step is missing, or when `version` is of a later release than this code.
        """
        current = self.by_topic[topic].SCHEMA_VERSION
        if version > current:
            raise KeyError(f"{topic} of version {version}; this code knows {current}")
        for step in range(version, current):
            fields = self._upcasters[topic, step](fields)
        return fields
