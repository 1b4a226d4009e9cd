"""A served site with somebody to write to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import httpx2
import pytest

from tests.service.http.live.talking import TIMEOUT_S


@pytest.fixture
async def writer(host: str, sign: Callable[..., str]) -> AsyncIterator[httpx2.AsyncClient]:
    """A site admin who writes."""
    headers = {"Authorization": f"Bearer {sign()}"}
    async with httpx2.AsyncClient(
        base_url=f"http://{host}", headers=headers, timeout=TIMEOUT_S
    ) as http:
        yield http
