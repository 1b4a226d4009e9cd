"""What has been told of the things that a command touched, its own facts aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from domain.log import Recorded


class Stories:
    """Facts by their tags, oldest first."""

    def __init__(self, command_id: str) -> None:
        self._command_id = command_id
        self._by_tag: defaultdict[str, list[Recorded]] = defaultdict(list)

    def tell(self, facts: Iterable[Recorded]) -> None:
        """Takes facts in, oldest first."""
        for fact in facts:
            for tag in fact.tags:
                self._by_tag[tag].append(fact)

    def all(self, tag: str) -> list[Recorded]:
        """Every fact with that tag."""
        return self._by_tag[tag]

    def since(self, tag: str, position: int) -> list[Recorded]:
        """Those after a position that other commands recorded."""
        return [
            fact
            for fact in self._by_tag[tag]
            if fact.position > position and fact.envelope.command_id != self._command_id
        ]
