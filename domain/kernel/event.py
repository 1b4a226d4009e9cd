"""The base of every event, and the catalogue that knows them all by their stable names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol, TypeVar, cast

import msgspec
from eventsourcing.dcb.domain import Decision

T = TypeVar("T")
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the fields of one schema version into those of the next."""


class Folds(Protocol):
    """Whatever can be brought forward by one fact."""

    def fold(self, event: Event) -> None: ...


class RecordedFact(Protocol):
    """A fact as it comes back from the log, with the tags by which it is found."""

    @property
    def event(self) -> Event: ...

    @property
    def tags(self) -> Sequence[str]: ...


class Event(msgspec.Struct, Decision, frozen=True, kw_only=True, rename="camel"):
    """A fact. TOPIC and the fields are a public API (DESIGN.md, decision 5).

    A change of the fields raises SCHEMA_VERSION and brings an upcaster for the version before.
    """

    TOPIC: ClassVar[str]
    SCHEMA_VERSION: ClassVar[int] = 1

    def as_dict(self) -> dict[str, Any]:
        """The fields by their Python names (the library's own events answer so, too)."""
        return {name: getattr(self, name) for name in self.__struct_fields__}

    def mutate(self, obj: T | None) -> T | None:
        """Folds this fact into `obj`.

        Instead of the library's lookup by decorated method, which finds nothing on a subclass of
        the class that declared it, and says nothing.
        """
        cast("Folds", obj).fold(self)
        return obj


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
                raise ValueError(f"two events are called {event.TOPIC}")
            self.by_topic[event.TOPIC] = event
        self._upcasters = dict(upcasters or {})

    def topics(self) -> list[str]:
        """Every TOPIC, sorted."""
        return sorted(self.by_topic)

    def upcast(self, topic: str, version: int, fields: dict[str, Any]) -> dict[str, Any]:
        """`fields`, as recorded at `version`, in today's shape.

        KeyError when a step is missing, or when `version` is of a later release than this code.
        """
        current = self.by_topic[topic].SCHEMA_VERSION
        if version > current:
            raise KeyError(f"{topic} of version {version}; this code knows {current}")
        for step in range(version, current):
            fields = self._upcasters[topic, step](fields)
        return fields
