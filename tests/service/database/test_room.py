"""What commands find out about the database's disk."""

from __future__ import annotations

from service.database.room import REMEMBERED, Room


def test_it_is_believed_full_until_a_command_is_recorded_or_it_is_time_to_try() -> None:
    """At the bound it is no more; each failure counts anew."""
    now = [0.0]
    room = Room(lambda: now[0])
    assert not room.is_missing()
    room.was_missing()
    now[0] += REMEMBERED - 0.1
    assert room.is_missing()
    room.was_missing()
    now[0] += REMEMBERED - 0.1
    assert room.is_missing()
    now[0] += 0.1
    assert not room.is_missing()
    room.was_missing()
    room.was_there()
    assert not room.is_missing()
