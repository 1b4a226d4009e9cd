"""A site that files are sent to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from service.database.log_store.recorder import LogRecorder
from tests.graph.client import GraphClient
from tests.graph.uploads.upload_client import UploadClient


@pytest.fixture
def log(database_url: str) -> Iterator[EventLog]:
    """The site's log, to be read."""
    with LogRecorder(database_url, 1) as recorder:
        yield EventLog(recorder, EventMapper(CATALOGUE))


@pytest.fixture
def uploads(ask: GraphClient, log: EventLog) -> UploadClient:
    """Sends files to the running site."""
    return UploadClient(ask, log)


@pytest.fixture
async def prepared(uploads: UploadClient) -> UploadClient:
    """Segments and people that files speak of, and others that they do not."""
    await uploads.ask.create("Sales", code="sales")
    await uploads.ask.create("Other", code="other")
    await uploads.user("ann", email="ann@example.org", code="p-1", roles=["SITE_ADMIN"])
    await uploads.user("bob", email="bob@example.org")
    await uploads.user("eve", roles=["SITE_ADMIN"])
    await uploads.add("sales", "ann")
    return uploads
