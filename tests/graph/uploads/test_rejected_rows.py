"""The rejected rows, kept for whoever sent them: to be mended, and uploaded again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest

from domain.segments.events import SegmentCreated
from tests.graph.principals import TRAINER
from tests.graph.uploads.upload_client import MEMBERS, SEGMENTS, UploadClient

CONTENT = 'name;password;code;visible\nSales;p4ss;s-1;maybe\n"A;B";p4ss;s-2;\nToo;few\n'


class Shelf:
    """Where a site under test keeps them."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str]] = []

    async def store(self, whose: str, pieces: Iterable[bytes]) -> str:
        """See TemporaryFiles."""
        self.kept.append((whose, b"".join(pieces).decode()))
        return f"/files/rejected/{len(self.kept)}"


@pytest.fixture
def shelf() -> Shelf:
    """Empty at first."""
    return Shelf()


@pytest.fixture
def prepared(uploads: UploadClient, shelf: Shelf) -> UploadClient:
    """Keeps them on the shelf."""
    return UploadClient(uploads.ask.on(rejected_rows=shelf), uploads.log)


@pytest.mark.parametrize("mode", ["DRY_RUN", "COMMIT"])
async def test_they_are_kept_for_whoever_sent_them(
    prepared: UploadClient, shelf: Shelf, mode: str
) -> None:
    """Each with its reason; nothing of the columns that were ignored, not even by moving cells."""
    payload = await prepared.send(SEGMENTS, CONTENT, by=TRAINER, mode=mode)
    assert payload["rejectedRows"] == "/files/rejected/1"
    [(whose, text)] = shelf.kept
    assert whose == TRAINER.id
    first, second = csv.DictReader(io.StringIO(text))
    assert (first["name"], first["code"], first["visible"]) == ("Sales", "s-1", "maybe")
    assert first["reason"].startswith("visible: Must be yes or no")
    assert (second["name"], second["code"], second["visible"]) == ("", "", "")
    assert "p4ss" not in text


async def test_nothing_is_kept_when_no_row_is_bad(prepared: UploadClient, shelf: Shelf) -> None:
    """Nor of a file that is refused as a whole."""
    for content in ("name\nSales\n", "code\ns-1\n", ""):
        payload = await prepared.send(SEGMENTS, content)
        assert payload["rejectedRows"] is None
    assert shelf.kept == []


async def test_what_was_mended_goes_in(prepared: UploadClient, shelf: Shelf) -> None:
    """The column of reasons is ignored."""
    await prepared.commit(SEGMENTS, CONTENT, badRows="SKIP_ROWS")
    lines = shelf.kept[0][1].replace("maybe", "yes").splitlines()[:2]
    _, recorded_events = await prepared.both(SEGMENTS, "\n".join(lines))
    (created,) = (recorded.event for recorded in recorded_events)
    assert isinstance(created, SegmentCreated)
    assert (created.name, created.code, created.visible) == ("Sales", "s-1", True)


async def test_they_are_as_they_were(prepared: UploadClient, shelf: Shelf) -> None:
    """Though nothing in the file makes a spreadsheet calculate: mended, they go in as typed."""
    content = "name,code,visible\n=1+1,@x,maybe\n\"'quoted'\",-1,maybe\n"
    await prepared.send(SEGMENTS, content)
    text = shelf.kept[0][1]
    assert [line for line in text.splitlines() if line.startswith(("=", "@"))] == []
    _, recorded_events = await prepared.both(SEGMENTS, text.replace("maybe", "yes"))
    events = [recorded.event for recorded in recorded_events]
    named = [(e.name, e.code) for e in events if isinstance(e, SegmentCreated)]
    assert named == [("=1+1", "@x"), ("'quoted'", "-1")]


async def test_all_of_them_are_kept(prepared: UploadClient, shelf: Shelf) -> None:
    """More than there are errors told; those that only the site knew to be bad, too."""
    await prepared.ask.create("Sales", code="sales")
    rows = "".join(f"sales,nobody-{n}\n" for n in range(1_500))
    payload = await prepared.send(MEMBERS, f"segment,username\n{rows}")
    assert len(payload["rowErrors"]) == 1_000
    lines = shelf.kept[0][1].splitlines()
    assert len(lines) == 1_501
    assert lines[-1].startswith('"sales","nobody-1499",')
    assert "no such user" in lines[-1]
