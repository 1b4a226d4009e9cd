"""As much as pages may hold: what takes the event loop longest to answer."""

from __future__ import annotations

import httpx2

from bench.attacks.attack import Attack
from bench.attacks.http_client import asking
from bench.writes.upload import sent, until_seen
from domain.kernel.principal import Role

SEGMENTS = 100
MEMBERS = 100
"""Of each."""

ALL_OF_IT = "id name code description status createdAt updatedAt version memberCount source visible"
PAGES = " ".join(
    f"a{n}: siteUserSegments(first: 100) {{ nodes {{ {ALL_OF_IT} }} }}" for n in range(30)
)
NODE = "edges { node { id username firstName lastName } }"
ROSTERS = f"siteUserSegments(first: 100) {{ nodes {{ members(first: 100) {{ {NODE} }} }} }}"
MANAGER = Role.TRAINING_MANAGER


def fill(http: httpx2.Client) -> None:
    """The segments, and their members, who are in the directory as user-1 and so on."""
    rows = [f"Segment {n},seg-{n}" for n in range(SEGMENTS)]
    sent(http, "uploadUserSegments", _file("name,code", rows), mode="COMMIT")
    rows = [f"seg-{n},user-{m}" for n in range(SEGMENTS) for m in range(1, MEMBERS + 1)]
    done = sent(http, "uploadSegmentMembers", _file("segment,username", rows), mode="COMMIT")
    until_seen(http, int(done["position"]))


def _file(head: str, rows: list[str]) -> bytes:
    return "\n".join([head, *rows]).encode()


MAX_PAGES = (
    Attack("30 pages of 100 segments", asking(f"{{ {PAGES} }}", role=MANAGER)),
    Attack(
        "30 pages of 100 segments, 20 times, 16 at once",
        asking(f"{{ {PAGES} }}", 20, 16, MANAGER),
    ),
    Attack("100 pages of 100 members", asking(f"{{ {ROSTERS} }}", role=MANAGER)),
    Attack(
        "100 pages of 100 members, 16 times, 16 at once",
        asking(f"{{ {ROSTERS} }}", 16, 16, MANAGER),
    ),
)
