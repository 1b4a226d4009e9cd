"""Who is let in, and as what."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.kernel.principal import ActorKind, Principal, Role
from service.sign_in import NotSignedIn
from service.sign_in.authorization import Admitted, FirstAdmin
from service.sign_in.session import SignedIn
from service.sign_in.token_cache import TokenCache


def bearer(username: str | None, *roles: Role) -> SignedIn:
    """Somebody whose token calls them that."""
    principal = Principal("person_1", ActorKind.USER, frozenset(roles), "Ada")
    return SignedIn(principal, datetime(2999, 1, 1, tzinfo=UTC), username)


@pytest.mark.parametrize(
    ("setting", "username", "is_admin"),
    [
        ("ada", "ada", True),
        ("ADA", "Ada", True),
        ("straße", "STRASSE", True),
        ("ada", "adam", False),
        ("ada", " ada", False),
        ("ada", None, False),
        ("", "", False),
        ("", None, False),
        (None, "ada", False),
        (None, None, False),
    ],
)
async def test_the_first_admin(setting: str | None, username: str | None, is_admin: bool) -> None:
    """Has that role beside what the token says, in any case of letters; nobody else gets it."""
    admitted = await FirstAdmin(setting)(bearer(username, Role.LEARNER))
    expected = {Role.LEARNER, Role.SITE_ADMIN} if is_admin else {Role.LEARNER}
    assert admitted.principal.roles == expected
    assert admitted.principal.id == "person_1"


async def test_admission_is_asked_each_time() -> None:
    """Though the token is remembered: who was let in a moment ago may not be now."""
    is_welcome = True

    async def checked(token: str) -> SignedIn:
        return bearer("ada")

    async def admission(bearer: SignedIn) -> SignedIn:
        if not is_welcome:
            raise NotSignedIn("suspended")
        return bearer

    sign_in = Admitted(TokenCache(checked), admission)
    assert (await sign_in("token")).name == "ada"
    is_welcome = False
    with pytest.raises(NotSignedIn, match="suspended"):
        await sign_in("token")
