"""Taking back commands on many segments, as the one command that each of them is."""

from __future__ import annotations

from typing import Any

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from service.database.log_store.recorder import LogRecorder
from tests.forms import short_and_long
from tests.graph.segments.many.set_client import ARCHIVE, DELETE, REASON, UPDATE, committed
from tests.graph.undo.undo_client import UndoClient
from tests.graph.uploads.upload_client import UploadClient

CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "archive": (ARCHIVE, {}),
    "update": (UPDATE, {"visible": False}),
    "delete": (DELETE, REASON),
}


@pytest.fixture
def uploads(hand: UndoClient, database_url: str) -> UploadClient:
    """Sends files to the site."""
    recorder = LogRecorder(database_url, 1)
    return UploadClient(hand.ask, EventLog(recorder, EventMapper(CATALOGUE)))


def rows(count: int) -> str:
    """A file of so many segments, a third of them hidden."""
    lines = (f"Segment {n},many-{n},{'no' if n % 3 == 0 else 'yes'}\n" for n in range(count))
    return f"name,code,visible\n{''.join(lines)}"


@pytest.mark.parametrize(("command", "change"), CHANGES.values(), ids=CHANGES)
@short_and_long("count", 3_000, 100_000 - 1)
async def test_one_undo_takes_all_of_it_back(
    hand: UndoClient, uploads: UploadClient, command: str, change: dict[str, Any], count: int
) -> None:
    """However many they are: members are in again, and codes taken. One more is too many."""
    await uploads.commit("uploadUserSegments", rows(count))
    await uploads.ask.settle()
    before = await hand.site()
    done = await committed(hand.ask, command, segments={"filter": {}}, **change)
    hidden = -(-count // 3) if command == UPDATE else 0
    assert (done["changed"], done["unchanged"]) == (count + 1 - hidden, hidden)
    assert await hand.site() != before
    await hand.undo_all(done)
    assert await hand.site() == before
