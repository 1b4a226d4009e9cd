"""A real service that takes whatever files come, and what must hold of each."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import Any

import httpx2

from domain.catalogue import CATALOGUE
from domain.kernel.principal import Role
from domain.log import EventLog, EventMapper, RecordedEvent
from service.database.log_store.recorder import LogRecorder
from service.settings import Settings
from tests.acceptance.service import ask
from tests.acceptance.uploads import sent
from tests.fuzz.files import Sent
from tests.fuzz.initial_site import COMMANDS
from tests.graph.uploads.upload_client import COUNTS, TOLD, recorded
from tests.projections.rebuilt import differences, rebuild
from tests.service.http.serving import client, running, token

MAX_EVENTS = 1_000_000


class Fuzzed:
    """One service in this process, asked over HTTP, and its log."""

    def __init__(self, runner: asyncio.Runner, http: httpx2.AsyncClient, log: EventLog) -> None:
        self._runner = runner
        self._http = http
        self._log = log
        self.seen: Counter[str] = Counter()

    def take(self, file: Sent, meanwhile: Sent | None = None) -> None:
        """A dry run and a commit of its plan, perhaps with another file in between."""
        self._runner.run(self._take(file, meanwhile), context=copy_context())

    async def _take(self, file: Sent, meanwhile: Sent | None) -> None:
        before = self._head()
        dry = await self._upload(file)
        assert self._head() == before, "a dry run recorded something"
        if meanwhile is not None:
            await self._upload(meanwhile, mode="COMMIT")
        between = self._head()
        done = await self._upload(file, mode="COMMIT", planHash=dry["planHash"])
        events = self._events(between)
        self._count(file, done, events)
        if done["errors"]:
            assert events == []
            codes = [error["code"] for error in done["errors"]]
            assert dry["errors"] == done["errors"] or (codes == ["PLAN_STALE"] and between > before)
            return
        # A preview calls segments by their names; to be called something else changes no plan.
        alike = set(TOLD) if between == before else {*TOLD} - {"preview"}
        assert {name: done[name] for name in alike} == {name: dry[name] for name in alike}
        assert recorded(file.kind, events) == (done["created"], done["updated"])
        assert events == [] or done["position"] == events[-1].position
        await self._check_report(file, done)

    async def _upload(self, file: Sent, **input: str) -> dict[str, Any]:
        answer = await sent(self._http, file.kind, file.content, **file.options, **input)
        body = answer.json()
        assert answer.status_code == 200, body
        assert "errors" not in body, body
        payload: dict[str, Any] = body["data"]["result"]
        return payload

    async def _check_report(self, file: Sent, done: dict[str, Any]) -> None:
        read, accepted, rejected, created, updated, unchanged = (done[name] for name in COUNTS)
        assert read == accepted + rejected
        assert read > 0
        if rejected and file.options["badRows"] == "REJECT_FILE":
            assert (created, updated) == (0, 0)
        elif file.kind != "uploadSegmentMembers":
            assert accepted == created + updated + unchanged
        rows = [error["row"] for error in done["rowErrors"]]
        assert rows == sorted(rows)
        assert len(set(rows)) == rejected
        assert all(row > 1 for row in rows)
        assert all(len(error["value"] or "") <= 100 for error in done["rowErrors"])
        assert (done["rejectedRows"] is not None) == (rejected > 0)
        if rejected:
            await self._check_rejected_rows(file, done)

    async def _check_rejected_rows(self, file: Sent, done: dict[str, Any]) -> None:
        """All of them are in the file of rejected rows, which can be uploaded as it is."""
        answer = await self._http.get(done["rejectedRows"])
        assert answer.status_code == 200
        rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
        assert len(rows) == done["rowsRejected"] + 1
        again = Sent(file.kind, answer.content, {**file.options, "encoding": "utf-8"})
        await self._upload(Sent(again.kind, again.content, {**again.options, "delimiter": ","}))

    def _count(self, file: Sent, done: dict[str, Any], events: list[RecordedEvent]) -> None:
        outcome = "recorded" if events else "nothing to record"
        outcome = done["errors"][0]["code"] if done["errors"] else outcome
        self.seen["files"] += 1
        self.seen[f"{file.kind}: {outcome}"] += 1
        self.seen["rows read"] += done["rowsRead"]
        self.seen["rows rejected"] += done["rowsRejected"]
        self.seen["events recorded"] += len(events)

    def _head(self) -> int:
        return self._log.read([]).head

    def _events(self, after: int) -> list[RecordedEvent]:
        return list(self._log.follow(after, MAX_EVENTS))

    def prepare(self) -> None:
        """Brings what files can speak of onto the site."""
        self._runner.run(self._prepare(), context=copy_context())

    async def _prepare(self) -> None:
        for mutation, kind, given in COMMANDS:
            query = (
                f"mutation ($input: {kind}!) {{ result: {mutation}(input: $input)"
                " { errors { code message path } } }"
            )
            data = await ask(self._http, query, input=given)
            assert data["result"]["errors"] == []


@contextmanager
def fuzzed(database_url: str, data_dir: Path) -> Iterator[Fuzzed]:
    """A prepared service on a migrated database. In the end its read model is built anew from the
    log, and must not differ from the one that grew with the files.
    """
    settings = Settings(database_url=database_url, data_dir=data_dir)
    with asyncio.Runner() as runner, LogRecorder(database_url, 1) as recorder:
        stack = AsyncExitStack()
        try:
            http = runner.run(_opened(stack, settings))
            site = Fuzzed(runner, http, EventLog(recorder, EventMapper(CATALOGUE)))
            site.prepare()
            yield site
            runner.run(_caught_up(http), context=copy_context())
        finally:
            runner.run(stack.aclose())
    rebuild(database_url)
    assert differences(database_url) == []


async def _opened(stack: AsyncExitStack, settings: Settings) -> httpx2.AsyncClient:
    app = await stack.enter_async_context(running(settings))
    return await stack.enter_async_context(client(app, token(settings, Role.SITE_ADMIN)))


async def _caught_up(http: httpx2.AsyncClient) -> None:
    head = (await ask(http, "{ logStatus { head } }"))["logStatus"]["head"]
    read = "query ($p: LogPosition!) { siteUserSegments(minPosition: $p) { totalCount } }"
    await ask(http, read, p=head)
