"""Snapshots of the site: a command that begins at one decides as if it had folded everything."""

from __future__ import annotations

import random

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.boundary_reader import BoundaryReader
from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from domain.people.vault import Vault
from projections.engine.projector import Projector
from projections.snapshot.site import SiteSnapshots
from service.database.log_store.recorder import LogRecorder
from tests.domain.snapshots import StoodStill
from tests.forms import short_and_long
from tests.projections.histories import Histories

COMMANDS_AT_A_POSITION = 8


@short_and_long("lives", 6, 200)
def test_a_command_decides_as_if_it_had_folded_everything(
    recorder: LogRecorder,
    vault: Vault,
    snapshots: SiteSnapshots,
    site_projector: Projector,
    lives: int,
) -> None:
    """Whatever happened before the position that the read model has reached, and after it."""
    log = EventLog(recorder, EventMapper(CATALOGUE))
    whole = BoundaryReader(log, StoodStill(log, 0))
    restored = BoundaryReader(log, snapshots, few=0)
    compared = 0

    @settings(
        max_examples=lives,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(seed=st.integers(0, 2**32))
    def check(seed: int) -> None:
        nonlocal compared
        chance = random.Random(seed)
        histories = Histories(log, vault, chance)
        begun = log.read([]).head
        for position in range(begun, histories.live(25) + 1):
            site_projector.catch_up(position)
            for _ in range(COMMANDS_AT_A_POSITION):
                command = histories.command()
                expected = histories.decided(whole, command)
                assert histories.decided(restored, command) == expected
                compared += 1

    check()
    assert compared > lives * COMMANDS_AT_A_POSITION


def test_another_release_s_read_model_is_told(database_url: str, snapshots: SiteSnapshots) -> None:
    """Its tables may be others, and mean something else."""
    with snapshots.open() as snapshot:
        assert snapshot.is_of_this_release
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE read_model.progress SET version = version + 1")
    with snapshots.open() as snapshot:
        assert not snapshot.is_of_this_release
