"""What a provider says of itself: asked for once in a while, by one for all."""

from __future__ import annotations

import asyncio

import pytest

from service.sign_in import IdentityProviderUnavailable
from service.sign_in.oidc.discovery import MAX_AGE_S, RETRY_DELAY_S, Discovery
from tests.service.sign_in.conftest import Watch
from tests.service.sign_in.issuer import Issuer


@pytest.fixture
def discovery(issuer: Issuer, watch: Watch) -> Discovery:
    """The issuer's, not asked for yet."""
    return Discovery(issuer.url, watch)


async def test_it_is_asked_for_when_needed_and_kept(
    discovery: Discovery, issuer: Issuer, watch: Watch
) -> None:
    """For ten minutes, however many want it."""
    assert issuer.fetches() == 0
    documents = await asyncio.gather(*(discovery.document() for _ in range(5)))
    assert {document["issuer"] for document in documents} == {issuer.url}
    watch.now = MAX_AGE_S - 1
    await discovery.document()
    assert issuer.fetches() == 1
    watch.now = MAX_AGE_S
    await discovery.document()
    assert issuer.fetches() == 2


async def test_a_provider_that_is_away_is_asked_again_after_a_while(
    discovery: Discovery, issuer: Issuer, watch: Watch
) -> None:
    """A flood of visitors is no flood of questions; once it is back, all is well."""
    issuer.is_away = True
    for _ in range(3):
        with pytest.raises(IdentityProviderUnavailable, match="503"):
            await discovery.document()
    assert issuer.fetches() == 1
    issuer.is_away = False
    watch.now = RETRY_DELAY_S
    assert (await discovery.document())["issuer"] == issuer.url


async def test_what_was_said_is_good_while_the_provider_is_away(
    discovery: Discovery, issuer: Issuer, watch: Watch
) -> None:
    """Addresses change less often than providers fail."""
    before = await discovery.document()
    issuer.is_away = True
    watch.now = MAX_AGE_S
    assert await discovery.document() == before
    assert issuer.fetches() == 2
