"""A site for undos."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.database.log_store.recorder import LogRecorder
from service.database.pools import priming_pool, vault_pool
from service.database.vault import PersonVault
from tests.projections.undo.site import Site


@pytest.fixture
def site(database_url: str, recorder: LogRecorder) -> Iterator[Site]:
    """With a read model that each test brings up to date."""
    with priming_pool(database_url, 2) as primes, vault_pool(database_url) as vaults:
        yield Site(recorder, primes, PersonVault(vaults))
