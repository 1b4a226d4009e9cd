"""How much one principal may follow at a time."""

from __future__ import annotations

import pytest

from service.http.live import connection_limits
from service.http.live.connection_limits import ConnectionLimits, TooMany


def test_one_more_is_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until another has ended; others are not in the way, nor are connections in operations'."""
    monkeypatch.setattr(connection_limits, "MAX_OPERATIONS", 2)
    there = ConnectionLimits()
    with there.operation("ann"), there.operation("ann"), there.operation("bob"):
        with there.socket("ann"):
            pass
        with pytest.raises(TooMany, match="At most 2 operations at a time"), there.operation("ann"):
            pass
    with there.operation("ann"), there.operation("ann"):
        pass


def test_what_operations_came_in_has_a_bound_together() -> None:
    """As it is kept while they wait for their turn; of others it is another."""
    there = ConnectionLimits()
    with there.operation("ann", 60, 100), there.operation("ann", 40, 100):
        with there.operation("bob", 100, 100):
            pass
        with there.operation("ann"):
            pass
        with (
            pytest.raises(TooMany, match="At most 100 bytes of operations at a time"),
            there.operation("ann", 1, 100),
        ):
            pass
    with there.operation("ann", 100, 100):
        pass


def test_whatever_ends_it_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error, too."""
    monkeypatch.setattr(connection_limits, "MAX_SOCKETS", 1)
    there = ConnectionLimits()
    with pytest.raises(RuntimeError), there.socket("ann"):
        raise RuntimeError
    with there.socket("ann"):
        pass
