"""Whether there is room on the database's disk."""

from __future__ import annotations

import psycopg

from service.database import disk_space as room_module
from service.database.disk_space import REMEMBERED, DiskSpace, Writer, is_disk_full


def test_it_is_believed_full_until_something_is_recorded_or_it_is_time_to_try() -> None:
    """At the bound it is no more; each failure counts anew."""
    now = [0.0]
    room = DiskSpace(lambda: now[0])
    assert not room.is_missing()
    room.found(Writer.COMMANDS, has_space=False)
    now[0] += REMEMBERED - 0.1
    assert room.is_missing()
    room.found(Writer.COMMANDS, has_space=False)
    now[0] += REMEMBERED - 0.1
    assert room.is_missing()
    now[0] += 0.1
    assert not room.is_missing()
    room.found(Writer.COMMANDS, has_space=False)
    room.found(Writer.COMMANDS, has_space=True)
    assert not room.is_missing()


def test_what_one_records_does_not_say_that_the_other_can() -> None:
    """The log may still grow where the read model cannot."""
    room = DiskSpace(lambda: 0.0)
    room.found(Writer.PROJECTOR, has_space=False)
    room.found(Writer.COMMANDS, has_space=True)
    assert room.is_missing()
    room.found(Writer.PROJECTOR, has_space=True)
    assert not room.is_missing()


def test_to_try_takes_a_mebibyte_of_disk(database_url: str) -> None:
    """Which a sort with little memory writes: no table and no log."""
    with psycopg.connect(database_url) as connection:
        connection.execute("SET LOCAL work_mem = '64kB'")
        plan = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {room_module._TRY}").fetchone()
        assert plan is not None
        sort = plan[0][0]["Plan"]["Plans"][0]
        assert (sort["Node Type"], sort["Sort Space Type"]) == ("Sort", "Disk")
        assert sort["Sort Space Used"] >= 1024  # kB


def test_an_administrators_bound_is_no_full_disk(database_url: str) -> None:
    """It says nothing of the disk."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        name = owner.info.dbname
        owner.execute(f'ALTER DATABASE "{name}" SET temp_file_limit = 512')
    assert not is_disk_full(database_url)
