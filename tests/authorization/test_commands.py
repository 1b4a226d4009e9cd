"""Every command, given by everybody."""

from __future__ import annotations

import pytest
import pytest_asyncio

from tests.authorization.callers import GROUPS
from tests.authorization.commands import ROWS
from tests.authorization.row_check import check, found
from tests.authorization.rows import Row
from tests.authorization.site import Seeded

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(site: Seeded) -> Seeded:
    """With something to undo, delete and erase for each who may."""
    for caller in GROUPS["admins"]:
        name = f"spare-{caller}".replace("_", "-")
        email = f"{name}@example.org"
        given = {"username": name, "email": email, "firstName": "A", "lastName": "B"}
        await site.do("createUser", "CreateUserInput", **given)
        await site.do("createUserSegment", "CreateUserSegmentInput", name=name, code=name)
    for caller in GROUPS["admins"] + GROUPS["managers"]:
        for command in (f"{caller}-does", f"{caller}-did"):
            command_id = command.replace("_", "-")
            given = {"name": command, "commandId": command_id}
            held = site.tokens[caller]
            await site.done_by(held, "createUserSegment", "CreateUserSegmentInput", **given)
    await site.settle()
    return site


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_each_does_what_they_may(site: Seeded, row: Row) -> None:
    """Who may not has recorded nothing, and is in the access log."""
    check(await found(site, row, "mutation"), row)
