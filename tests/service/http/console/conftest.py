"""A console that was made up, as small as one can be, and a service that serves it."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from service.settings import Settings
from tests.service.http.serving import client, running

SCRIPT = b"console.log('whole');" * 20
GZIPPED = gzip.compress(SCRIPT, mtime=0)
BROTLI = b"as brotli"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make setup` would have made; a secret lies beside it."""
    folder = tmp_path_factory.mktemp("web") / "built"
    (folder / "assets").mkdir(parents=True)
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "index.html").write_text('<!doctype html><meta nonce="__NONCE__"><p>Console')
    (folder / "graphiql.html").write_text('<!doctype html><meta nonce="__NONCE__"><p>GraphiQL')
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "main-1a2b.js").write_bytes(SCRIPT)
    (folder / "assets" / "main-1a2b.js.br").write_bytes(BROTLI)
    (folder / "assets" / "main-1a2b.js.gz").write_bytes(GZIPPED)
    (folder / "assets" / "main-3c4d.css").write_text("p { color: red }")
    (folder / "assets" / "main-3c4d.css.gz").write_bytes(GZIPPED)
    (folder / "assets" / "icons-5e6f.woff2").write_bytes(b"font")
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def visitor(shared_settings: Settings, built: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser, more or less, whose person has not signed in."""
    async with running(shared_settings, built) as app, client(app) as http:
        http.headers["Accept"] = "text/html,application/xhtml+xml,*/*;q=0.8"
        yield http
