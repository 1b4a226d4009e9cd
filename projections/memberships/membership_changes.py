"""The changes of memberships by a batch of events, worked out in memory: numbers in
dictionaries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

Past = tuple[int, int, int, int]
"""A membership that has ended: segment, member, from and to position."""

Places = defaultdict[int, dict[int, int]]
"""By segment and member: a position."""


class MembershipChanges:
    """Memberships that begin and end. Those that began before the batch are known by their absence:
    a member who leaves, and did not join within the batch, was there before.

    A membership that a deletion ends stays where it is, whether it began in the batch or before: so
    the rows are the same, however the log is cut into batches.
    """

    def __init__(self) -> None:
        self.begun: Places = defaultdict(dict)
        """Members who joined and are still in, and from which position."""
        self.left: Places = defaultdict(dict)
        """Members of before the batch who left, and up to which position."""
        self.past: list[Past] = []
        """Memberships that began and ended within the batch."""
        self.ends: defaultdict[int, list[int]] = defaultdict(list)
        """By segment: the positions of its deletions."""
        self._deleted: Mapping[int, int] = {}
        self._over: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._gone: set[int] = set()

    def load(self, deleted: Mapping[int, int]) -> None:
        """Takes the segments that were deleted before the batch, and the position of the last
        deletion.
        """
        self._deleted = deleted

    def add(self, segment: int, members: Sequence[int], position: int) -> None:
        """Adds users, who were no members."""
        self._must_be_there(segment)
        begun = self.begun[segment]
        if not begun.keys().isdisjoint(members):
            raise ValueError(f"at {position} somebody comes who is there already")
        begun.update(dict.fromkeys(members, position))

    def remove(self, segment: int, members: Sequence[int], position: int) -> None:
        """Removes users, who were members."""
        self._must_be_there(segment)
        begun, left = self.begun[segment], self.left[segment]
        earlier = [member for member in members if member not in begun] if begun else members
        if earlier and (segment in self.ends or not left.keys().isdisjoint(earlier)):
            raise ValueError(f"at {position} somebody leaves who is not there")
        left.update(dict.fromkeys(earlier, position))
        if begun:
            here = [member for member in members if member in begun]
            self.past += [(segment, member, begun.pop(member), position) for member in here]

    def end(self, segment: int, position: int) -> None:
        """Deletes the segment, and ends all its memberships."""
        self._over[segment] += self.begun.pop(segment, {}).items()
        self.ends[segment].append(position)
        self._gone.add(segment)

    def reopen(self, segment: int) -> None:
        """Reinstates the segment, without members."""
        self._gone.discard(segment)

    def all_removed(self) -> list[tuple[int, int, int, int]]:
        """Returns the memberships of before the batch that ended: segment, member, to position, and
        the deletion before.
        """
        return [
            (segment, member, to, self._deleted.get(segment, 0))
            for segment, left in self.left.items()
            for member, to in left.items()
        ]

    def all_added(self) -> list[tuple[int, int, int]]:
        """Returns the users who must not have been members before the batch: segment, member, and
        the deletion before.

        A segment that was deleted meanwhile has no members; nor has a user who left meanwhile a
        membership, and their rows are gone.
        """
        return [
            (segment, member, self._deleted.get(segment, 0))
            for segment, begun in self.begun.items()
            if segment not in self.ends
            for member in begun
        ]

    def all_ends(self) -> list[tuple[int, int]]:
        """Returns the deletions: segment and position."""
        return [(segment, end) for segment, ends in self.ends.items() for end in ends]

    def all_begun(self) -> Iterator[tuple[int, int, int]]:
        """Yields the memberships that began and did not end, in the order of the table's key:
        segment, member, from.
        """
        for segment in sorted(self.begun.keys() | self._over.keys()):
            over = self._over.get(segment, [])
            for member, position in sorted([*over, *self.begun.get(segment, {}).items()]):
                yield segment, member, position

    def _must_be_there(self, segment: int) -> None:
        if segment in self._gone:
            raise ValueError(f"segment {segment} is gone: it has no members")
