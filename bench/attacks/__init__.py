"""Attacks of one peer: what it is answered, and what everybody else notices meanwhile."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator

from bench.attacks.attack import Attack, Outcome, mounted
from bench.attacks.documents import DOCUMENTS
from bench.attacks.files import FILES
from bench.attacks.floods import FLOODS
from bench.attacks.markdown import MARKDOWN
from bench.attacks.pages import MAX_PAGES, MEMBERS, fill
from bench.attacks.strangers import STRANGERS
from bench.attacks.values import VALUES
from bench.attacks.variables import VARIABLES
from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import database, serving

ATTACKS: tuple[Attack, ...] = (
    *STRANGERS,
    *DOCUMENTS,
    *VARIABLES,
    *VALUES,
    *MAX_PAGES,
    *MARKDOWN,
    *FLOODS,
    *FILES,
)
MAX_P99_MS = 100.0
"""Milliseconds that a bystander's request may take, but for one in a hundred."""
FILES_OPEN = 4_096
"""A shell lets a process open 1,024, often; one of the attackers has a thousand connections."""
MAX_MEMORY = 60.0
"""MiB by which the service may grow while it lasts."""


def run() -> list[Measurement]:
    """Each attack on the same service, which is asked for a list every 50 ms meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, FILES_OPEN), hard), hard))
    with database() as (url, data_dir):
        fill_directory(url, MEMBERS)
        with serving(url, data_dir, is_bounded=True) as bench:
            with bench.session() as http:
                fill(http)
            return [
                figure
                for attack in ATTACKS
                for figure in _figures(attack.name, asyncio.run(mounted(attack, bench)))
            ]


def _figures(name: str, outcome: Outcome) -> Iterator[Measurement]:
    told = f"{name}: {outcome.told}, in {outcome.seconds:.1f} s; bystander's 99th percentile"
    yield Measurement(told, outcome.p99, "ms", "bound", MAX_P99_MS, less_is_better=True)
    yield Measurement(f"{name}: memory", outcome.memory, "MiB", "bound", MAX_MEMORY, True)
