"""A command's append condition: the events that, recorded meanwhile, make its decision invalid.

It is stated once and used three times: to bring a plan forward, to give the log its query, and to
examine the events that the log finds. An event that is found and does not concern the command is
ignored, so that changes to other people and segments hold nobody up (ADR 33).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from eventsourcing.dcb.domain import Selector

from domain.kernel.event import Event, TaggedEvent

Predicate = Callable[[Event], bool]


@dataclass(frozen=True, slots=True)
class FilteredSelector:
    """Events with any of the tags, of one of the types if any are named, for which the predicate
    holds. It looks at the event itself, not at its tags. Without `tags` (None) they are those of
    the types, however they are tagged.

    It has to be enough to ask it for each event by itself, on what the command knows before the
    first of them: an event for which it does not hold leaves that as it is for the next.
    """

    tags: AbstractSet[str] | None
    predicate: Predicate
    types: tuple[type[Event], ...] = ()

    def selectors(self) -> Iterator[Selector]:
        """Selectors that find these events, and more."""
        if self.tags is None:
            return iter([Selector(types=self.types, tags=[])])
        return (Selector(types=self.types, tags=[tag]) for tag in sorted(self.tags))

    def matches(self, recorded: TaggedEvent) -> bool:
        """Whether it is one of these events."""
        if self.types and type(recorded.event) not in self.types:
            return False
        is_tagged = self.tags is None or not self.tags.isdisjoint(recorded.tags)
        return is_tagged and self.predicate(recorded.event)


class AppendCondition:
    """The events that make a command's append fail: all that a selector finds, and all that a
    filtered one does.
    """

    def __init__(self, selectors: Iterable[Selector], *filtered: FilteredSelector) -> None:
        self._tags: set[str] = set()
        self._others: list[Selector] = []
        for selector in selectors:
            if len(selector.tags) == 1 and not selector.types:
                self._tags.update(selector.tags)
            else:
                self._others.append(selector)
        self._filtered = [each for each in filtered if each.tags is None or each.tags]

    @property
    def is_exact(self) -> bool:
        """Whether all that `selectors` find makes the append fail."""
        return not self._filtered

    def selectors(self) -> list[Selector]:
        """Selectors for the log to look for; without `is_exact` they find more than matches."""
        tagged = [Selector(tags=[tag]) for tag in sorted(self._tags)]
        return [*tagged, *self._others, *(s for each in self._filtered for s in each.selectors())]

    def matches(self, recorded: TaggedEvent) -> bool:
        """Whether an event makes the append fail."""
        return (
            not self._tags.isdisjoint(recorded.tags)
            or any(_finds(selector, recorded) for selector in self._others)
            or any(each.matches(recorded) for each in self._filtered)
        )


def _finds(selector: Selector, recorded: TaggedEvent) -> bool:
    if selector.types and type(recorded.event) not in selector.types:
        return False
    return set(selector.tags).issubset(recorded.tags)
