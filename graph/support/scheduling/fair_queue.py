"""Who is next: what waits for the same stands in a line for each principal."""

from __future__ import annotations

from collections import Counter, deque
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Turn(NamedTuple, Generic[T]):
    """Something whose turn it is, and for whom."""

    principal: str | None
    item: T


class Lines(Generic[T]):
    """Next is who has had the least time of those who wait, and at most `share` turns at once:
    whoever asks for much waits for themselves, and not one turn of each is as long as another's.
    Among equals it goes round.

    Who comes has had as much as is each one's part by then. So nobody catches up on what they did
    not want, what is taken while no other waits is nobody's loss, and who has had more than their
    part waits until that is made up for, and not for ever. None is a principal like others.
    """

    def __init__(self, share: int) -> None:
        self._share = share
        self._lines: dict[str | None, deque[T]] = {}
        self._on: Counter[str | None] = Counter()
        self._had: dict[str | None, float] = {}
        """Seconds of those who wait, who have a turn, or who had more than those who wait."""
        self._part = 0.0
        """Seconds that each would have had who waited all the time."""

    def join(self, principal: str | None, item: T) -> None:
        """At the end of their line."""
        line = self._lines.get(principal)
        if line is None:
            self._forget()
            self._had[principal] = max(self._had.get(principal, 0.0), self._part)
            line = self._lines[principal] = deque()
        line.append(item)

    def next(self) -> Turn[T] | None:
        """Begins a turn, which ends with `done`. None when nobody waits who may have one."""
        waiting = [one for one in self._lines if self._on[one] < self._share]
        if not waiting:
            return None
        principal = min(waiting, key=self._had.__getitem__)
        self._part = max(self._part, self._had[principal])
        line = self._lines.pop(principal)
        item = line.popleft()
        if line:
            self._lines[principal] = line  # behind those who have had as much
        self._on[principal] += 1
        return Turn(principal, item)

    def done(self, turn: Turn[T], seconds: float) -> None:
        """Ends a turn that took so long."""
        self._had[turn.principal] += seconds
        self._part += seconds / len(self._lines.keys() | self._on.keys())
        self._on[turn.principal] -= 1
        if not self._on[turn.principal]:
            del self._on[turn.principal]

    @property
    def on(self) -> int:
        """Turns that have begun and not ended."""
        return self._on.total()

    def __len__(self) -> int:
        """Principals of whom anything is remembered."""
        return len(self._had)

    def _forget(self) -> None:
        if not self._lines and not self._on:
            self._had, self._part = {}, 0.0
        self._had = {
            one: had
            for one, had in self._had.items()
            if had > self._part or one in self._lines or one in self._on
        }


def share_of(size: int) -> int:
    """How many of so many one principal may have at once: a quarter is left to others, one at
    least, unless there is but one.
    """
    return max(size - max(size // 4, 1), 1)
