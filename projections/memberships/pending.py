"""What a batch of facts does to memberships, worked out in memory: numbers in dictionaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

Past = tuple[int, int, int, int]
"""A membership that has ended: segment, member, from and to position."""


class Pending:
    """Memberships that begin and end. Those that began before the batch are known by their absence:
    whoever leaves, and did not come within the batch, was there before.
    """

    def __init__(self) -> None:
        self.begun: defaultdict[int, dict[int, int]] = defaultdict(dict)
        """By segment: who came and is there, from which position."""
        self.left: defaultdict[int, dict[int, int]] = defaultdict(dict)
        """By segment: who was there before and went, up to which position."""
        self.past: list[Past] = []
        """Who came and went."""
        self.ended: dict[int, int] = {}
        """Segments that went, and at which position: it ends what was there before the batch."""
        self._gone: set[int] = set()

    def come(self, segment: int, members: Sequence[int], position: int) -> None:
        """They, who were not in, are in."""
        self._must_be_there(segment)
        self.begun[segment].update(dict.fromkeys(members, position))

    def go(self, segment: int, members: Sequence[int], position: int) -> None:
        """They, who were in, are not."""
        self._must_be_there(segment)
        begun, left = self.begun[segment], self.left[segment]
        earlier = [member for member in members if member not in begun] if begun else members
        if not left.keys().isdisjoint(earlier):
            raise ValueError(f"at {position} somebody leaves who is not there")
        left.update(dict.fromkeys(earlier, position))
        if begun:
            self._close(segment, [member for member in members if member in begun], position)

    def end(self, segment: int, position: int) -> None:
        """The segment is gone, and all its memberships with it."""
        self._close(segment, list(self.begun[segment]), position)
        self.ended.setdefault(segment, position)
        self._gone.add(segment)

    def begin_again(self, segment: int) -> None:
        """The segment is back, with nobody in it."""
        self._gone.discard(segment)

    def all_left(self) -> list[tuple[int, int, int]]:
        """Who was there before and went: segment, member, to position."""
        return [(s, m, to) for s, left in self.left.items() for m, to in left.items()]

    def all_begun(self) -> Iterator[tuple[int, int, int]]:
        """Who came and is there, in the order of the table's key: segment, member, from."""
        for segment, begun in sorted(self.begun.items()):
            for member, position in sorted(begun.items()):
                yield segment, member, position

    def _close(self, segment: int, members: Sequence[int], position: int) -> None:
        begun = self.begun[segment]
        self.past += [(segment, member, begun.pop(member), position) for member in members]

    def _must_be_there(self, segment: int) -> None:
        if segment in self._gone:
            raise ValueError(f"segment {segment} is gone: it has no members")
