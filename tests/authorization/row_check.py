"""A whole row: each caller's cell, and what the access log says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.authorization.callers import Caller
from tests.authorization.outcomes import compared, told
from tests.authorization.rows import ANSWERED, FORBIDDEN, NOT_LET_IN, Cells, Row
from tests.authorization.seen import too_much
from tests.authorization.site import Seeded

REFUSALS = (NOT_LET_IN, FORBIDDEN)
_SIGNS = re.compile(r"\W+")
NOTED = "{ accessLog(last: 50) { nodes { requestId outcome } } }"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one row: what each was told, who is in the access log for it, and whether
    something was recorded by the time that only those had asked who may not.
    """

    cells: Cells
    noted: dict[str, set[Caller]]
    has_recorded: bool = False


async def found(site: Seeded, row: Row, kind: str) -> Found:
    """Everybody asks, one after the other; those first who may not."""
    requests = {f"{_SIGNS.sub('_', row.name)}-{caller}": caller for caller in Caller}
    refused = {of: who for of, who in requests.items() if row.cells[who] in REFUSALS}
    others = {of: who for of, who in requests.items() if of not in refused}
    before = await site.head()
    cells = await _asked(site, row, kind, refused)
    has_recorded = await site.head() != before
    cells |= await _asked(site, row, kind, others)
    return Found(cells, await _noted(site, row, requests), has_recorded)


async def _asked(site: Seeded, row: Row, kind: str, requests: dict[str, Caller]) -> Cells:
    cells: Cells = {}
    for request, caller in requests.items():
        answer = await site.asked(row, kind, caller, request)
        assert too_much(kind, row, caller, answer.json()) == [], caller
        cells[caller] = compared(told(answer, site.names), row.cells[caller])
    return cells


def check(found: Found, row: Row) -> None:
    """It is as the row says."""
    assert found.cells == row.cells
    noted = {outcome: _told(row, outcome) for outcome in _to_note(row)}
    assert found.noted == {outcome: who for outcome, who in noted.items() if who}
    assert not found.has_recorded


def _to_note(row: Row) -> set[str]:
    return {FORBIDDEN, ANSWERED} if row.is_noted else {FORBIDDEN}


def _told(row: Row, outcome: str) -> set[Caller]:
    """Whatever is shown is an answer."""
    return {
        caller
        for caller, expected in row.cells.items()
        if expected == outcome or (outcome == ANSWERED and isinstance(expected, tuple))
    }


async def _noted(site: Seeded, row: Row, requests: dict[str, Caller]) -> dict[str, set[Caller]]:
    if not row.is_noted and FORBIDDEN not in row.cells.values():
        return {}
    entries = (await site.root(NOTED))["accessLog"]["nodes"]
    found: dict[str, set[Caller]] = {}
    for entry in entries:
        outcome = ANSWERED if entry["outcome"] == "ALLOWED" else entry["outcome"]
        caller = requests.get(entry["requestId"])
        if caller is not None and outcome in _to_note(row) and caller in _told(row, outcome):
            found.setdefault(outcome, set()).add(caller)
    return found
