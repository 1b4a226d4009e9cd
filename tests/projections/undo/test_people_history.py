"""What an undo about people comes to is what it would by folding the whole log."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from domain.snapshot import Snapshots
from domain.undo import undo_command
from domain.undo.plan import UndoPlan
from projections.engine.projector import Projector
from projections.snapshot.site import SiteSnapshots
from service.database.log_store.recorder import LogRecorder
from service.database.pools import priming_pool, vault_pool
from service.database.vault import PersonVault
from tests.forms import short_and_long
from tests.projections.rebuilt import differences, rebuild
from tests.projections.undo.folded import FoldedSnapshots
from tests.projections.undo.lives import Lives

TURNS, STEPS = 4, 8
"""After so many steps plans are compared, so often."""
RECENT = 5
"""Commands that are taken back each time; in the end all are."""


@short_and_long("lives", 3, 40)
def test_a_plan_is_what_folding_the_log_would_make(
    database_url: str,
    recorder: LogRecorder,
    site_projector: Projector,
    monkeypatch: pytest.MonkeyPatch,
    lives: int,
) -> None:
    """Whatever happened, undos and files included, and however many events are looked at at once.
    What it is made on is the same when the read model is built anew.
    """
    mapper = EventMapper(CATALOGUE)
    log = EventLog(recorder, mapper)
    told: Counter[str] = Counter()
    with priming_pool(database_url, 2) as primes, vault_pool(database_url) as keys:
        site, folded = SiteSnapshots(primes, mapper), FoldedSnapshots(primes, log, mapper)

        @settings(
            max_examples=lives,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture],
        )
        @given(seed=st.integers(0, 2**32))
        def check(seed: int) -> None:
            chance = random.Random(seed)
            life = Lives(log, PersonVault(keys), chance, site, site_projector)
            for turn in range(1, TURNS + 1):
                life.live(STEPS)
                monkeypatch.setattr(undo_command, "BATCH_SIZE", chance.choice([1, 3, 500]))
                for command in life.commands()[: RECENT if turn < TURNS else None]:
                    plan = _plan(life, command, site)
                    assert _told(life, plan) == _told(life, _plan(life, command, folded))
                    told.update(proposed.event.TOPIC for proposed in plan.proposed)
                    told.update(conflict.reason for conflict in plan.conflicts)

        check()
    rebuild(database_url, batch=7)
    assert differences(database_url) == []
    assert len(told) > 5


def _plan(life: Lives, command: str, snapshots: Snapshots) -> UndoPlan:
    undo = life.undo_of(command)
    with snapshots.open() as snapshot:
        undo.make_plan(snapshot)
    return undo.plan


def _told(life: Lives, plan: UndoPlan) -> dict[str, Any]:
    """All that a plan says; what it seals, opened."""
    conflicts = [(conflict.recorded.position, conflict.reason) for conflict in plan.conflicts]
    events = [(life.opened(proposed.event), proposed.tags) for proposed in plan.proposed]
    watched = (plan.watched_tags, plan.watched_rosters)
    users = (plan.users_added, plan.users_removed, plan.users_restored, plan.users_kept)
    told = {"watched": watched, "users": users, "position": plan.position}
    admins = plan.admins._admins - plan.admins._suspended
    return told | {"facts": events, "conflicts": conflicts, "admins": admins}
