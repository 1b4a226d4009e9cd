"""Files that will not do as a whole: one error for the file, and nothing recorded."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from tests.acceptance.uploads import lines
from tests.graph.client import error_codes
from tests.graph.uploads.upload_client import KINDS, MEMBERS, SEGMENTS, USERS, UploadClient, counts


def archive() -> bytes:
    """A zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        zipped.writestr("segments.csv", "name\nSales\n")
    return content.getvalue()


UNUSABLE = {
    "nothing": b"",
    "blank lines": b"\n\r\n\n",
    "an image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a zip": archive(),
    "UTF-16": "name,code\nSales,s-1\n".encode("utf-16"),
    "latin-1": "name,username\nCaf\xe9,a\n".encode("latin-1"),
    "NUL": b"name,segment,username\nSa\0les,a,b\n",
    "a quote that is never closed": b'name,segment,username\n"Sales,a,b\nStaff,c,d\n',
    "no column of use": b"this,that\n1,2\n",
}


@pytest.mark.parametrize("mode", ["DRY_RUN", "COMMIT"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE)
async def test_one_error_for_the_file(
    uploads: UploadClient, content: bytes, kind: str, mode: str
) -> None:
    """No counts, no plan, no row errors."""
    payload = await uploads.send(kind, content, mode=mode)
    assert error_codes(payload) == [("INVALID", ["file"])]
    assert (counts(payload), payload["rowErrors"], payload["planHash"]) == ({}, [], None)
    assert await uploads.ask.head() == 0


async def test_one_row_over_the_limit(uploads: UploadClient) -> None:
    """It is found when it is reached; what came before it is not recorded either."""
    rows = (f"Segment {n}" for n in range(100_001))
    payload = await uploads.send(SEGMENTS, lines("name", rows), mode="COMMIT", badRows="SKIP_ROWS")
    assert error_codes(payload) == [("INVALID", ["file"])]
    assert await uploads.ask.head() == 0


@pytest.mark.parametrize("kind", KINDS)
async def test_everything_that_is_wrong_with_the_input_is_told(
    uploads: UploadClient, kind: str
) -> None:
    """Not the first thing only."""
    given: dict[str, Any] = {
        "delimiter": "|",
        "encoding": "rot13",
        "commandId": "no good",
        "reason": "x" * 10_001,
    }
    payload = await uploads.send(kind, b"", **given)
    codes = sorted(error_codes(payload))
    assert codes == [
        ("INVALID", ["commandId"]),
        ("INVALID", ["delimiter"]),
        ("INVALID", ["encoding"]),
        ("INVALID", ["reason"]),
    ]


async def test_bad_rows_of_all_sorts_at_once(uploads: UploadClient) -> None:
    """A row of 10 MB, mixed line ends, a bidi override, codes that differ in form only, a formula:
    each is answered in its row.
    """
    content = (
        "name,code\r\n"
        "Sales,caf\u00e9\r"
        "Staff,CAFE\u0301\n"
        "Sa\u202eles,s-2\r\n"
        f"{'x' * 10_000_000},s-3\n"
        "=1+1,s-4\n"
    )
    payload, events = await uploads.both(SEGMENTS, content, badRows="SKIP_ROWS")
    found = [(e["row"], e["column"], e["code"]) for e in payload["rowErrors"]]
    assert found == [(3, "code", "CODE_TAKEN"), (4, "name", "INVALID"), (5, "name", "INVALID")]
    assert len(payload["rowErrors"][-1]["value"]) <= 100
    assert len(events) == 2


async def test_encodings_and_delimiters_by_name(uploads: UploadClient) -> None:
    """As somebody gave them."""
    content = "name;code\nCaf\xe9, large;s-1\n".encode("windows-1252")
    payload, _ = await uploads.both(SEGMENTS, content, encoding="Windows-1252", delimiter=";")
    assert payload["preview"][0]["name"] == "Café, large"
    content = "name\tcode\nStaff\ts-2\n".encode("utf-16")
    payload, _ = await uploads.both(SEGMENTS, content, encoding="UTF-16", delimiter="TAB")
    assert payload["created"] == 1


async def test_people_who_are_missing_a_column(uploads: UploadClient) -> None:
    """Where nobody is to be updated all four are needed."""
    payload = await uploads.send(USERS, "username\nann\n")
    assert error_codes(payload) == [("INVALID", ["file"])]
    payload = await uploads.send(MEMBERS, "username\nann\n")
    assert error_codes(payload) == [("INVALID", ["file"])]
