"""What a command minds: the facts that must not come between its reading and its append.

It is said once and used three times: to bring a plan forward, to tell the log what to look for, and
to look closer at what the log finds. What is found and does not touch the command is let pass, so
that whatever happens to other people and segments holds nobody up (ADR 33).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from eventsourcing.dcb.domain import Selector

from domain.kernel.event import Event, RecordedFact

Touches = Callable[[Event], bool]


@dataclass(frozen=True, slots=True)
class Concern:
    """Facts with any of the tags, of one of the types if any are named, as far as they touch the
    command: what they touch is told by the fact itself, not by its tags.

    It has to be enough to ask each fact by itself, on what the command knows before the first of
    them: one that does not touch it leaves that as it is for the next.
    """

    tags: AbstractSet[str]
    touches: Touches
    types: tuple[type[Event], ...] = ()

    def selectors(self) -> Iterator[Selector]:
        """Among what these find are the facts that matter."""
        return (Selector(types=self.types, tags=[tag]) for tag in sorted(self.tags))

    def includes(self, fact: RecordedFact) -> bool:
        """Whether the fact matters."""
        if self.types and type(fact.event) not in self.types:
            return False
        return not self.tags.isdisjoint(fact.tags) and self.touches(fact.event)


class Concerns:
    """All that one command minds: every fact that a selector finds, and what is of `closer`."""

    def __init__(self, selectors: Iterable[Selector], *closer: Concern) -> None:
        self._tags: set[str] = set()
        self._others: list[Selector] = []
        for selector in selectors:
            if len(selector.tags) == 1 and not selector.types:
                self._tags.update(selector.tags)
            else:
                self._others.append(selector)
        self._closer = [concern for concern in closer if concern.tags]

    @property
    def are_plain(self) -> bool:
        """Whether all that the selectors find matters."""
        return not self._closer

    def selectors(self) -> list[Selector]:
        """What the log looks for; it may find more than matters."""
        tagged = [Selector(tags=[tag]) for tag in sorted(self._tags)]
        return [*tagged, *self._others, *(s for c in self._closer for s in c.selectors())]

    def include(self, fact: RecordedFact) -> bool:
        """Whether a fact matters."""
        return (
            not self._tags.isdisjoint(fact.tags)
            or any(_finds(selector, fact) for selector in self._others)
            or any(concern.includes(fact) for concern in self._closer)
        )


def _finds(selector: Selector, fact: RecordedFact) -> bool:
    if selector.types and type(fact.event) not in selector.types:
        return False
    return set(selector.tags).issubset(fact.tags)
