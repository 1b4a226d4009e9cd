"""The files of the console: kept for ever, packed, and nothing else of this machine's."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request

from service.http.console.console import FOR_EVER
from service.http.console.static_files import BuiltFiles
from tests.service.http.console.conftest import BROTLI, GZIPPED, SCRIPT

pytestmark = pytest.mark.asyncio(loop_scope="module")

MAIN = "/assets/main-1a2b.js"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (MAIN, "text/javascript; charset=utf-8"),
        ("/assets/main-3c4d.css", "text/css; charset=utf-8"),
        ("/assets/icons-5e6f.woff2", "font/woff2"),
        ("/favicon.svg", "image/svg+xml"),
    ],
)
async def test_a_file_says_what_it_is(visitor: httpx2.AsyncClient, path: str, kind: str) -> None:
    """By its name, the same on every machine; a browser must not guess."""
    answer = await visitor.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_what_is_named_after_its_content_is_kept_for_ever(
    visitor: httpx2.AsyncClient,
) -> None:
    """What is not is asked for again."""
    assert (await visitor.get(MAIN)).headers["cache-control"] == FOR_EVER
    assert (await visitor.get("/favicon.svg")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accepted", "encoding", "content"),
    [
        pytest.param("gzip, deflate, br, zstd", "br", BROTLI, id="all"),
        pytest.param("gzip", "gzip", GZIPPED, id="gzip"),
        pytest.param("br;q=0, gzip;q=0.5", "gzip", GZIPPED, id="br refused"),
        pytest.param("BR;q=1.0", "br", BROTLI, id="br in capitals"),
        pytest.param("gzip;q=0.000", None, SCRIPT, id="gzip refused"),
        pytest.param("zstd", None, SCRIPT, id="unknown"),
        pytest.param("identity", None, SCRIPT, id="identity"),
        pytest.param("", None, SCRIPT, id="none named"),
    ],
)
async def test_files_come_packed_as_the_client_takes_them(
    visitor: httpx2.AsyncClient, accepted: str, encoding: str | None, content: bytes
) -> None:
    """The smallest that was built; caches are told what it depends on."""
    async with visitor.stream("GET", MAIN, headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert raw == content


async def test_a_packing_that_was_not_built_is_not_promised(visitor: httpx2.AsyncClient) -> None:
    """The next best is."""
    headers = {"Accept-Encoding": "br, gzip"}
    async with visitor.stream("GET", "/assets/main-3c4d.css", headers=headers) as answer:
        assert answer.headers["content-encoding"] == "gzip"


async def test_who_has_a_file_is_told_so(visitor: httpx2.AsyncClient) -> None:
    """304, per packing: each is another file."""
    plain = await visitor.get(MAIN, headers={"Accept-Encoding": "identity"})
    tag = {"If-None-Match": plain.headers["etag"]}
    again = await visitor.get(MAIN, headers={"Accept-Encoding": "identity", **tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == FOR_EVER
    packed = await visitor.head(MAIN, headers={"Accept-Encoding": "br", **tag})
    assert packed.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/assets/main-0000.js",
        "/assets/",
        "/assets//main-1a2b.js",
        "/assets/%2e%2e/index.html",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%5c..%5csecret.txt",
        "/assets/%00",
        pytest.param("/assets/" + "a" * 300, id="name too long"),
    ],
)
async def test_what_is_no_asset_is_not_there(visitor: httpx2.AsyncClient, path: str) -> None:
    """404, though a browser asks: neither a page in a script's place, nor another file."""
    answer = await visitor.get(httpx2.URL(f"http://segments{path}"))
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "assets/../../secret.txt", "/etc/passwd", "a\0b", "assets", "", ".", "link"],
    ids=[
        "parent",
        "parent of a folder within",
        "absolute",
        "NUL",
        "folder",
        "empty",
        "itself",
        "link",
    ],
)
async def test_nothing_outside_the_folder_is_found(built: Path, path: str) -> None:
    """However it is asked for, and whatever links lead there."""
    link = built / "link"
    link.unlink(missing_ok=True)
    link.symlink_to(built.parent / "secret.txt")
    scope = {"type": "http", "method": "GET", "headers": []}
    files = BuiltFiles(directory=built, check_dir=False)
    assert files.find(path) is None
    assert files.answer(path, Request(scope), FOR_EVER) is None
    link.unlink()
