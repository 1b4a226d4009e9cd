"""Matches events with a condition of thousands of items, many of which are of one tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from eventsourcing.dcb.api import DCBQuery, DCBQueryItem

FEW_EVENTS = 1_000
"""Events that are matched one by one, however few items the condition has."""

LOOKING_UP_OTHERS = 20
"""The time in which the library looks up one item, in units of that of matching an event; one tag
is looked up in about the time of one event (5 µs).
"""


class ConditionMatcher:
    """Matches the events that a query selects: those that have all tags of an item, and are of one
    of its types when it names any. Every item has a tag or a type at least.

    `tags` are those of the items that ask for one tag and nothing else, `types` those of the items
    that ask for no tag, `others` is the rest.
    """

    def __init__(self, query: DCBQuery) -> None:
        self.tags: set[str] = set()
        self.types: set[str] = set()
        self.others = DCBQuery([])
        for item in query.items:
            tags = set(item.tags)
            if len(tags) == 1 and not item.types:
                self.tags |= tags
            elif not tags:
                self.types.update(item.types)
            else:
                self.others.items.append(DCBQueryItem(item.types, sorted(tags)))
        self._by_tag = _by_rarest_tag(self.others.items)

    def is_for_memory(self, events: int) -> bool:
        """Whether matching so many events is faster than looking up the items."""
        looking_up = len(self.tags) + LOOKING_UP_OTHERS * len(self.others.items)
        return events <= FEW_EVENTS + looking_up

    def is_met_by(self, topic: str, tags: Sequence[str]) -> bool:
        """Whether an event of this type with these tags meets any item."""
        if topic in self.types or not self.tags.isdisjoint(tags):
            return True
        if not self._by_tag:
            return False
        return any(
            (not item.types or topic in item.types) and set(item.tags) <= set(tags)
            for tag in tags
            for item in self._by_tag.get(tag, ())
        )


def _by_rarest_tag(items: Sequence[DCBQueryItem]) -> dict[str, list[DCBQueryItem]]:
    """Files each item under the one of its tags that the fewest others have: a tag that thousands
    share would have all of them matched for each event that has it, too.
    """
    shared = Counter(tag for item in items for tag in item.tags)
    found: dict[str, list[DCBQueryItem]] = defaultdict(list)
    for item in items:
        found[min(item.tags, key=shared.__getitem__)].append(item)
    return dict(found)
