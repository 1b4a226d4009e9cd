"""A seeded site, over HTTP, and all who ask it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx2

from domain.kernel.principal import Role
from service.settings import Settings
from tests.acceptance.uploads import PREFLIGHT
from tests.authorization.callers import Caller
from tests.authorization.rows import Row
from tests.service.http.serving import token

NOT_THERE = {"none": f"segment_{'0' * 31}1", "noUser": f"user_{'0' * 31}1", "noEvent": "event_9999"}
NOT_THERE["noCommand"] = "command_nobody-s"


@dataclass
class Seeded:
    """The site, over HTTP. `ids` are those of what was seeded, by name; `own` each caller's."""

    http: httpx2.AsyncClient
    settings: Settings
    tokens: dict[Caller, str | None]
    ids: dict[str, Any] = field(default_factory=lambda: dict(NOT_THERE))
    own: dict[Caller, str] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """By ids."""
        return {value: f"${name}" for name, value in self.ids.items() if isinstance(value, str)}

    @property
    def host(self) -> str:
        """And port, of one that is served."""
        return self.http.base_url.netloc.decode()

    async def asked(
        self, row: Row, kind: str, caller: Caller, request: str = "seeded"
    ) -> httpx2.Response:
        """The answer to one cell, a request of that id."""
        headers = {**self.bearer(caller), "X-Request-ID": request}
        return await self.http.send(self.request(row, kind, caller, headers))

    def request(
        self, row: Row, kind: str, caller: Caller, headers: dict[str, str], path: str = "/graphql"
    ) -> httpx2.Request:
        """One cell's, not sent yet."""
        operation = {"query": row.document(kind, caller), "variables": self.given(row, caller)}
        if row.file is None:
            return self.http.build_request("POST", path, json=operation, headers=headers)
        content = row.file.replace("CALLER", caller.replace("_", "-")).encode()
        fields = {"operations": json.dumps(operation), "map": '{"0": ["variables.file"]}'}
        files = {"0": ("upload.csv", content, "text/csv")}
        sent = {**headers, **PREFLIGHT}
        return self.http.build_request("POST", path, data=fields, files=files, headers=sent)

    def bearer(self, caller: Caller) -> dict[str, str]:
        """The header by which they sign in, if any."""
        held = self.tokens[caller]
        return {} if held is None else {"Authorization": f"Bearer {held}"}

    def given(self, row: Row, caller: Caller) -> dict[str, Any]:
        """The values of the row's variables."""
        known = {**self.ids, "me": self.own.get(caller, NOT_THERE["noUser"]), "file": None}
        return {name: known[name] for name in sorted(row.variables)}

    async def root(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation by a site admin who is none of the callers."""
        held = token(self.settings, Role.SITE_ADMIN, user="root")
        return await self.data(held, query, **variables)

    async def data(self, held: str | None, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation that is not refused."""
        body = {"query": query, "variables": variables}
        headers = {"Authorization": f"Bearer {held}"}
        answer = (await self.http.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    async def do(self, command: str, kind: str, /, **given: Any) -> None:
        """A command by the site admin."""
        held = token(self.settings, Role.SITE_ADMIN, user="root")
        await self.done_by(held, command, kind, **given)

    async def done_by(self, held: str | None, command: str, kind: str, /, **given: Any) -> None:
        """A command by who has that token."""
        done = "commandId position errors { code path message }"
        query = f"mutation ($input: {kind}!) {{ {command}(input: $input) {{ {done} }} }}"
        payload = (await self.data(held, query, input=given))[command]
        assert payload["errors"] == [], payload

    async def settle(self) -> None:
        """Returns once reads see all of it."""
        await self.root(f"{{ users(first: 1, minPosition: {await self.head()}) {{ totalCount }} }}")

    async def head(self) -> int:
        """Where the log stands."""
        status = (await self.root("{ logStatus { head } }"))["logStatus"]
        return int(status["head"])
