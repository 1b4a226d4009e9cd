"""Any commands, undos and files among them, on a read model that is late: it is as the log says."""

from __future__ import annotations

from collections import defaultdict

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.projector import Projector
from service.database.log_store.recorder import LogRecorder
from service.database.pools import priming_pool, vault_pool
from service.database.vault import PersonVault
from tests.forms import short_and_long
from tests.projections.any_commands import Chances
from tests.projections.memberships.lives import rosters_at
from tests.projections.memberships.test_fold import rows
from tests.projections.memberships.test_reads import everything
from tests.projections.rebuilt import differences, rebuild

ROSTERS = """
    SELECT 'segment_' || replace(s.id::text, '-', ''), 'user_' || replace(u.id::text, '-', ''),
        m.from_position
    FROM read_model.members m JOIN read_model.users u ON u.number = m.member
    JOIN read_model.segment_numbers s ON s.number = m.segment
"""
TIMES, STEPS = 3, 50


@short_and_long("times", TIMES, 20 * TIMES)
def test_what_any_commands_record_is_projected(
    database_url: str, recorder: LogRecorder, site_projector: Projector, times: int
) -> None:
    """Nothing that cannot be, like a removal of who is not in; and the same when built anew."""
    log = EventLog(recorder, EventMapper(CATALOGUE))
    with priming_pool(database_url, 2) as primes, vault_pool(database_url) as keys:
        chances = Chances(log, primes, PersonVault(keys), site_projector, seed=times)
        for _ in range(times):
            chances.live(STEPS)
            head = site_projector.catch_up()
            found: defaultdict[str, dict[str, int]] = defaultdict(dict)
            for segment, user, since in rows(database_url, ROSTERS):
                found[str(segment)][str(user)] = int(str(since))
            expected = rosters_at(everything(recorder), head)
            assert found == {segment: roster for segment, roster in expected.items() if roster}
    rebuild(database_url, batch=7)
    assert differences(database_url) == []
    assert len(chances.recorded) > 5
    assert chances.recorded["undoCommand"] > times
