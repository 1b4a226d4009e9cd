"""Somebody who asks for a list every 50 ms, in a process of their own: an attacker who is busy must
not make them slow.

python -m bench.attacks.list_asker URL TOKEN: prints `ready`; a line on its input ends it, and it
prints the seconds that each question took, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

import httpx2

PAUSE = 0.05
"""Seconds between two questions."""
LIST = {"query": "{ siteUserSegments(first: 10) { edges { node { id name } } } }"}
BEFORE = 20
"""Questions before it is ready, so that whatever is made at first is there."""
MIN_REQUESTS = 20
"""Questions that are asked in any case."""
TIMEOUT_S = 120.0
"""Seconds for which an answer is waited for."""


async def _ask(url: str, token: str) -> None:
    loop = asyncio.get_running_loop()
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx2.Limits(max_keepalive_connections=0)  # they may wait longer than one is kept
    async with httpx2.AsyncClient(
        base_url=url, headers=headers, limits=limits, timeout=TIMEOUT_S
    ) as http:
        for _ in range(BEFORE):
            await http.post("/graphql", json=LIST)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        end = loop.run_in_executor(None, sys.stdin.readline)
        waits: list[float] = []
        while not end.done() or len(waits) < MIN_REQUESTS:
            started = time.perf_counter()
            await http.post("/graphql", json=LIST)
            waits.append(time.perf_counter() - started)
            await asyncio.sleep(PAUSE)
    sys.stdout.write(json.dumps(waits))


if __name__ == "__main__":
    asyncio.run(_ask(*sys.argv[1:]))
