"""Every path, asked by everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from service.settings import Settings
from tests.acceptance.uploads import upload
from tests.authorization.callers import Caller
from tests.authorization.paths import ROWS, Path
from tests.authorization.rows import Cells
from tests.authorization.seeded import seeded
from tests.authorization.site import Seeded
from tests.service.http.serving import client, running

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def app(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[ASGIApp]:
    """For clients at other addresses, too; whether or not the console has been built."""
    built = tmp_path_factory.mktemp("built")
    (built / "index.html").write_text("The console.")
    (built / "graphiql.html").write_text("GraphiQL.")
    async with running(settings, built) as app:
        yield app


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(app: ASGIApp, settings: Settings) -> AsyncIterator[Seeded]:
    """With rejected rows of the manager's."""
    async with client(app) as http:
        site = await seeded(http, settings)
    async with client(app, site.tokens[Caller.MANAGER]) as manager:
        payload = await upload(manager, "uploadUserSegments", b"name,code\n,none\n")
    site.ids["rejected"] = payload["rejectedRows"]
    yield site


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
async def test_each_gets_what_is_for_them(app: ASGIApp, site: Seeded, row: Path) -> None:
    """By status."""
    found: Cells = {}
    async with client(app, caller=row.caller) as http:
        for caller in Caller:
            found[caller] = await _status(http, site, row, caller)
    assert found == row.cells


async def _status(http: httpx2.AsyncClient, site: Seeded, row: Path, caller: Caller) -> str:
    path = row.path if "?" in row.path else row.path.format(**site.ids)
    headers = {**site.bearer(caller), "Accept": row.accept, "Host": row.host}
    method = row.route.partition(" ")[0]
    answer = await http.request(method, path, headers=headers, json=row.body)
    return str(answer.status_code)
