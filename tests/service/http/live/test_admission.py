"""For how long somebody may follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.kernel.principal import Principal, Role
from service.http.live import admission
from service.http.live.admission import until_it_ends
from service.sign_in import IdentityProviderUnavailable, NotSignedIn, SignedIn
from tests.graph.principals import AUDITOR, person

SOON = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits here."""
    monkeypatch.setattr(admission, "LOOK_AGAIN", 0.001)


def bearer(principal: Principal = AUDITOR, until: datetime = SOON) -> SignedIn:
    return SignedIn(principal, until)


class Looks:
    """What signing in comes to, look by look."""

    def __init__(self, *outcomes: SignedIn | Exception) -> None:
        self._outcomes: Iterator[SignedIn | Exception] = iter(outcomes)

    async def __call__(self, token: str) -> SignedIn:
        outcome = next(self._outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def test_it_ends_when_the_token_does() -> None:
    """Without another look."""
    over = bearer(until=datetime.now(UTC))
    assert await until_it_ends(Looks(), "token", over) == "the token has expired"


async def test_it_ends_when_somebody_is_no_longer_let_in() -> None:
    """And says why."""
    looks = Looks(bearer(), NotSignedIn("the user is suspended"))
    assert await until_it_ends(looks, "token", bearer()) == "the user is suspended"


@pytest.mark.parametrize(
    "other",
    [person(Role.LEARNER, name="auditor"), person(Role.AUDITOR)],
    ids=["other roles", "somebody else"],
)
async def test_it_ends_when_somebody_is_another(other: Principal) -> None:
    """By their roles, or by who they are."""
    bob = bearer(person(Role.AUDITOR, name="bob"))
    assert await until_it_ends(Looks(bob, bearer(other)), "t", bob) == "the roles have changed"


async def test_a_provider_that_does_not_answer_ends_nothing() -> None:
    """It is asked again."""
    looks = Looks(IdentityProviderUnavailable(), bearer(), NotSignedIn("gone"))
    assert await until_it_ends(looks, "token", bearer()) == "gone"
