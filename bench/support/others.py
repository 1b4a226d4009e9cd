"""Others who change rosters all the time, in a process of their own: what measures is not what they
wait for.

python -m bench.support.others URL TOKEN CLIENTS CHANGES_A_SECOND: prints `ready`; a line on its
input ends it, and it prints how many changes were made, in how many seconds. Each client has a
person and a segment of its own, and sends what is due as soon as it has the answer to the last.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bench.support.load import Connection, connected, sent_on

MOVE = "mutation ($input: SegmentMembersInput!) { result: %s(input: $input) { errors { code } } }"
FIRST_PERSON = 15_010
"""They move user-15010 and so on in and out of m-0 and so on; nobody else may touch these."""


@dataclass
class Others:
    """What they did; 0 until they have ended."""

    changes: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Changes a second."""
        return self.changes / self.seconds


@asynccontextmanager
async def others(
    url: str, token: str, clients: int, changes_a_second: float
) -> AsyncIterator[Others]:
    """Change rosters while the block runs; what they did is there after it. RuntimeError when
    something was refused.
    """
    words = [url, token, str(clients), str(changes_a_second)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.support.others", *words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    done = Others()
    try:
        yield done
    finally:
        told, _ = await process.communicate(b"end\n")
        if process.returncode:
            raise RuntimeError("a change of others was refused")
        done.changes, done.seconds = json.loads(told)


def move(place: int, turn: int) -> dict[str, Any]:
    """The change that the client at a place makes at its nth turn: in, out, in …"""
    mutation = "removeUsersFromSegment" if turn % 2 else "addUsersToSegment"
    users = {"usernames": [f"user-{FIRST_PERSON + place}"]}
    given = {"segment": {"code": f"m-{place}"}, "users": users}
    return {"query": MOVE % mutation, "variables": {"input": given}}


async def _change(url: str, token: str, clients: int, changes_a_second: float) -> None:
    connections = await connected(url, clients)
    for place, connection in enumerate(connections):
        await sent_on(connection, token, move(place, 0))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    end = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    began = time.perf_counter()

    async def changes(place: int, connection: Connection) -> int:
        turn = 0
        while not end.done():
            due = began + (turn * clients + place) / changes_a_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            turn += 1
            await sent_on(connection, token, move(place, turn))
        return turn

    made = await asyncio.gather(*(changes(n, own) for n, own in enumerate(connections)))
    sys.stdout.write(json.dumps([sum(made), time.perf_counter() - began]))


if __name__ == "__main__":
    address, bearer, how_many, how_often = sys.argv[1:]
    asyncio.run(_change(address, bearer, int(how_many), float(how_often)))
