"""Taking commands back at the same moment."""

from __future__ import annotations

import asyncio

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from service.database.log_store.recorder import LogRecorder
from service.settings import Settings
from tests.graph.undo.undo_client import UndoClient
from tests.graph.uploads.upload_client import UploadClient

UNDOS = 8
PEOPLE = 40
"""Enough for each undo to be at work while the others are."""


@pytest.fixture(params=[1, UNDOS], ids=["one thread", "a thread each"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """As many threads, and connections for what commands are primed with."""
    return settings.model_copy(update={"command_threads": request.param})


@pytest.fixture
async def edited(hand: UndoClient, database_url: str) -> list[str]:
    """The ids of commands that each changed the first name of many people, and nobody else did."""
    with LogRecorder(database_url, 1) as recorder:
        uploads = UploadClient(hand.ask, EventLog(recorder, EventMapper(CATALOGUE)))
        names = [f"n-{number}" for number in range(UNDOS * PEOPLE)]
        rows = [f"{name},Ann,Smith,{name}@x.de" for name in names]
        await uploads.commit("uploadUsers", "\n".join(["username,firstname,lastname,email", *rows]))
        files = [names[start::UNDOS] for start in range(UNDOS)]
        done = [
            await uploads.commit(
                "uploadUsers",
                "\n".join(["username,firstname", *(f"{name},Other" for name in file)]),
                existing="UPDATE",
            )
            for file in files
        ]
    return [payload["commandId"] for payload in done]


async def test_undos_of_edits_do_not_wait_for_each_other(
    hand: UndoClient, edited: list[str]
) -> None:
    """Each reads the site as it stood, and looks up keys of people meanwhile: dry runs, as the
    console shows them, and then the undos.
    """
    for mode in ("DRY_RUN", "COMMIT"):
        payloads = await asyncio.gather(*(hand.tell(command, mode=mode) for command in edited))
        found = [(told["undone"], told["conflicts"], told["errors"]) for told in payloads]
        assert found == [(PEOPLE, [], [])] * UNDOS
