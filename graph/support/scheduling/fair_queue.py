"""A queue that serves principals fairly by the time that each has used."""

from __future__ import annotations

from collections import Counter, deque
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Turn(NamedTuple, Generic[T]):
    """An item that is being served, and its principal."""

    principal: str | None
    item: T


class FairQueue(Generic[T]):
    """Serves the waiting principal who has used the least time, with at most `share` turns at once
    for each; round robin among equals. Turns may differ in length: time counts, not turns.

    A principal who joins is credited with the fair use so far. So nobody catches up on time that
    they did not want, time used while nobody else waits costs nothing, and who has used more than
    that waits until the others have caught up, not for ever. None is a principal like others.
    """

    def __init__(self, share: int) -> None:
        self._share = share
        self._waiting: dict[str | None, deque[T]] = {}
        self._active: Counter[str | None] = Counter()
        self._used: dict[str | None, float] = {}
        """Seconds used by those who wait, have a turn, or have used more than `_fair_use`."""
        self._fair_use = 0.0
        """Seconds that a principal who waited all the time would have used."""

    def put(self, principal: str | None, item: T) -> None:
        """Appends an item to the principal's own line."""
        line = self._waiting.get(principal)
        if line is None:
            self._forget()
            self._used[principal] = max(self._used.get(principal, 0.0), self._fair_use)
            line = self._waiting[principal] = deque()
        line.append(item)

    def next(self) -> Turn[T] | None:
        """Begins a turn, which ends with `done`. None when no waiting principal may have one."""
        waiting = [one for one in self._waiting if self._active[one] < self._share]
        if not waiting:
            return None
        principal = min(waiting, key=self._used.__getitem__)
        self._fair_use = max(self._fair_use, self._used[principal])
        line = self._waiting.pop(principal)
        item = line.popleft()
        if line:
            self._waiting[principal] = line  # behind those who have had as much
        self._active[principal] += 1
        return Turn(principal, item)

    def done(self, turn: Turn[T], seconds: float) -> None:
        """Ends a turn that took so many seconds."""
        self._used[turn.principal] += seconds
        self._fair_use += seconds / len(self._waiting.keys() | self._active.keys())
        self._active[turn.principal] -= 1
        if not self._active[turn.principal]:
            del self._active[turn.principal]

    @property
    def active(self) -> int:
        """Number of turns that have begun and not ended."""
        return self._active.total()

    def __len__(self) -> int:
        """Number of principals with anything remembered."""
        return len(self._used)

    def _forget(self) -> None:
        if not self._waiting and not self._active:
            self._used, self._fair_use = {}, 0.0
        self._used = {
            one: used
            for one, used in self._used.items()
            if used > self._fair_use or one in self._waiting or one in self._active
        }


def fair_share(size: int) -> int:
    """The number of `size` slots that one principal may hold at once: a quarter is left to others,
    one at least, unless there is only one.
    """
    return max(size - max(size // 4, 1), 1)
