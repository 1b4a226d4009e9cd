"""Of any number of simultaneous creations with one code exactly one wins."""

from __future__ import annotations

import asyncio

from tests.acceptance.service import Service, ask, client, create
from tests.forms import short_and_long

RIVALS = 100


def spellings(code: str) -> list[str]:
    """One code in as many cases as there are rivals."""
    return [
        "".join(c.upper() if number >> place & 1 else c for place, c in enumerate(code))
        for number in range(RIVALS)
    ]


@short_and_long("rounds", 2, 20)
async def test_of_100_creations_with_one_code_one_wins_and_99_are_told_who(
    service: Service, admin: str, rounds: int
) -> None:
    """Several times over, spelled in different cases: one segment, 99 CODE_TAKEN that name it."""
    async with client(service.url, admin) as http:
        for round_number in range(rounds):
            code = f"rivalry-{'abcdefghijklmnopqrst'[round_number]}"
            codes = spellings(code)
            assert len(set(codes)) > RIVALS // 2
            payloads = await asyncio.gather(*(create(http, name="Rival", code=c) for c in codes))
            winners = [payload for payload in payloads if not payload["errors"]]
            assert len(winners) == 1
            winner = winners[0]["segment"]["id"]
            rejections = [payload["errors"] for payload in payloads if payload["errors"]]
            assert len(rejections) == RIVALS - 1
            expected = [{"code": "CODE_TAKEN", "path": ["code"], "heldBy": {"id": winner}}]
            assert all(rejection == expected for rejection in rejections)
        data = await ask(http, "{ siteUserSegments { totalCount } }")
    assert data["siteUserSegments"]["totalCount"] == rounds
