"""An identity provider on loopback, and this service's side of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from service.sign_in.oidc.key_ring import KeyRing
from service.sign_in.oidc.login import ClaimNames, OidcSignIn
from tests.service.sign_in.issuer import AUDIENCE, NOW, Issuer, Provider, running_provider


@dataclass
class Watch:
    """A monotonic clock that stands still unless it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def at_now() -> datetime:
    """A clock that stands still where the tokens' times begin."""
    return datetime.fromtimestamp(NOW, UTC)


@pytest.fixture(scope="session")
def provider() -> Iterator[Provider]:
    """The server, for as long as the test run."""
    with running_provider() as provider:
        yield provider


@pytest.fixture
def issuer(provider: Provider) -> Issuer:
    """An issuer of the test's own."""
    return provider.new_issuer()


@pytest.fixture
def watch() -> Watch:
    """The clock that fetches are limited by."""
    return Watch()


@pytest.fixture
def ring(issuer: Issuer, watch: Watch) -> KeyRing:
    """The issuer's keys, not asked for yet."""
    return KeyRing(issuer.url, watch)


@pytest.fixture
def sign_in(issuer: Issuer, ring: KeyRing) -> OidcSignIn:
    """Signing in with the issuer's tokens."""
    return OidcSignIn(ring, issuer.url, AUDIENCE, ClaimNames(), b"key", at_now)


@pytest.fixture(scope="module")
def settled(provider: Provider) -> Issuer:
    """An issuer for tests that change nothing about it."""
    return provider.new_issuer()


@pytest.fixture(scope="module")
def settled_sign_in(settled: Issuer) -> OidcSignIn:
    """Signing in with its tokens; its keys are fetched once."""
    ring = KeyRing(settled.url, Watch())
    return OidcSignIn(ring, settled.url, AUDIENCE, ClaimNames(), b"key", at_now)
