"""Asking over HTTP as somebody of a role, and counting the answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

import httpx2

from bench.support.site import Bench
from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import issue_development_token

Mount = Callable[[Bench], Awaitable[str]]

TIMEOUT_S = 120.0
"""Seconds for which an answer is waited for."""
JSON = {"Content-Type": "application/json"}


_PEOPLE = count()


def token(bench: Bench, role: Role) -> str:
    """Of somebody who has that role and no other, and has not asked for anything yet."""
    settings = Settings(data_dir=bench.data_dir)
    name = f"attacker-{next(_PEOPLE)}"
    return issue_development_token(settings, [role], name, timedelta(hours=1))


@asynccontextmanager
async def client(bench: Bench, role: Role) -> AsyncIterator[httpx2.AsyncClient]:
    """Theirs."""
    headers = {"Authorization": f"Bearer {token(bench, role)}"}
    limits = httpx2.Limits(max_connections=64)
    async with httpx2.AsyncClient(
        base_url=bench.url, headers=headers, limits=limits, timeout=TIMEOUT_S
    ) as http:
        yield http


def asking(
    query: str, times: int = 1, at_once: int = 1, role: Role = Role.LEARNER, **variables: Any
) -> Mount:
    """An operation, so many times."""
    return posting([{"query": query, "variables": variables}] * times, at_once, role)


def posting(
    operations: Iterable[dict[str, Any]], at_once: int = 1, role: Role = Role.LEARNER
) -> Mount:
    """Operations, so many at a time."""

    async def mount(bench: Bench) -> str:
        async with client(bench, role) as http:
            requests = (partial(http.post, "/graphql", json=one) for one in operations)
            return await counted(requests, at_once)

    return mount


async def counted(
    requests: Iterable[Callable[[], Awaitable[httpx2.Response]]], at_once: int
) -> str:
    """How many were answered how."""
    pending = iter(requests)
    answers: Counter[str] = Counter()

    async def send() -> None:
        for request in pending:
            try:
                answers[told_of(await request())] += 1
            except httpx2.TransportError as error:
                answers[type(error).__name__] += 1

    await asyncio.gather(*(send() for _ in range(at_once)))
    return ", ".join(f"{count:,} x {one}" for one, count in answers.most_common())


def told_of(answer: httpx2.Response) -> str:
    """The status, and the code of the first error, if there is one."""
    try:
        said = answer.json()
    except ValueError:
        return str(answer.status_code)
    errors = said.get("errors") if isinstance(said, dict) else None
    if not errors:
        return str(answer.status_code)
    return f"{answer.status_code} {errors[0]['extensions']['code']}"
