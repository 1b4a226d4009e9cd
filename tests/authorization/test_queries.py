"""Every query, asked by everybody."""

from __future__ import annotations

import pytest

from tests.authorization.queries import ROWS
from tests.authorization.row_check import check, found
from tests.authorization.rows import Row
from tests.authorization.site import Seeded

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_each_is_told_what_they_may_know(site: Seeded, row: Row) -> None:
    """And the access log knows who was refused, and who read the log."""
    check(await found(site, row, "query"), row)
