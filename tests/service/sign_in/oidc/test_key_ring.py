"""Keys of a provider that rotates them, is slow, or is away."""

from __future__ import annotations

import asyncio

import pytest

from service.sign_in import IdentityProviderUnavailable, NotSignedIn
from service.sign_in.oidc.key_ring import MAX_AGE_S, MIN_INTERVAL_S, RETRY_DELAY_S, KeyRing
from service.sign_in.oidc.login import OidcSignIn
from tests.service.sign_in.conftest import Watch
from tests.service.sign_in.issuer import Issuer, ec_key, rsa_key

ALGORITHM = "ES256"


async def fetched(ring: KeyRing) -> None:
    """Until no fetch is under way."""
    if ring._fetching is not None:
        await asyncio.wait_for(asyncio.wait([ring._fetching]), 10)


async def has_arrived(issuer: Issuer) -> None:
    """Until somebody has asked the issuer."""
    assert await asyncio.to_thread(issuer.arrived.wait, 10)


async def test_a_rotated_key_is_picked_up(
    issuer: Issuer, sign_in: OidcSignIn, watch: Watch
) -> None:
    """An unknown key leads to one fetch, not before its time; the old one's tokens are over."""
    old = issuer.token()
    await sign_in(old)
    issuer.keys = [ec_key()]
    watch.now += MIN_INTERVAL_S - 1
    with pytest.raises(NotSignedIn, match="not known"):
        await sign_in(issuer.token())
    assert issuer.fetches() == 1
    watch.now += 1
    await sign_in(issuer.token())
    assert issuer.fetches() == 2
    with pytest.raises(NotSignedIn, match="not known"):
        await sign_in(old)


async def test_both_keys_are_good_while_a_provider_changes_over(
    issuer: Issuer, sign_in: OidcSignIn, watch: Watch
) -> None:
    """The usual rotation: the new key is published beside the old one."""
    old = issuer.token()
    issuer.keys = [ec_key(), *issuer.keys]
    await sign_in(old)
    await sign_in(issuer.token())
    assert issuer.fetches() == 1


async def test_a_flood_of_unknown_keys_is_one_fetch(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """All who wait share it, and those who come later make no other."""
    tokens = [issuer.token({"kid": f"unknown-{number}"}) for number in range(20)]
    for _ in range(2):
        results = await asyncio.gather(*map(sign_in, tokens), return_exceptions=True)
        assert all(isinstance(result, NotSignedIn) for result in results)
    assert issuer.fetches() == 1


async def test_a_key_without_an_id_is_found_by_its_kind(issuer: Issuer, ring: KeyRing) -> None:
    """As long as there is one only that the algorithm could be used with."""
    issuer.keys = [rsa_key(), ec_key()]
    found = await ring.find(None, "ES256")
    assert found is not None
    assert found.kid == issuer.keys[1].kid


async def test_of_two_keys_none_is_guessed(issuer: Issuer, ring: KeyRing) -> None:
    """A token must say which."""
    issuer.keys = [ec_key(), ec_key()]
    assert await ring.find(None, ALGORITHM) is None


async def test_one_id_may_stand_for_keys_of_two_kinds(issuer: Issuer, ring: KeyRing) -> None:
    """RFC 7517 (4.5) allows it."""
    jwks = [{**key.as_dict(private=False), "kid": "one"} for key in (rsa_key(), ec_key())]
    issuer.key_set = lambda *_: {"keys": jwks}  # type: ignore[method-assign]
    for algorithm, kind in (("RS256", "RSA"), ("ES256", "EC")):
        found = await ring.find("one", algorithm)
        assert found is not None
        assert found.key_type == kind


async def test_a_withdrawn_key_is_dropped_in_time(
    issuer: Issuer, ring: KeyRing, watch: Watch
) -> None:
    """Without anybody asking for a new one; and nobody waits for that fetch."""
    stolen = issuer.keys[0].kid
    assert await ring.find(stolen, ALGORITHM) is not None
    issuer.keys = [ec_key()]
    watch.now += MAX_AGE_S - 1
    await ring.find(stolen, ALGORITHM)
    await fetched(ring)
    assert issuer.fetches() == 1
    watch.now += 1
    issuer.gate.clear()
    assert await ring.find(stolen, ALGORITHM) is not None
    issuer.gate.set()
    await fetched(ring)
    assert issuer.fetches() == 2
    assert await ring.find(stolen, ALGORITHM) is None


async def test_without_an_identity_provider_nobody_can_tell(
    issuer: Issuer, sign_in: OidcSignIn, watch: Watch
) -> None:
    """503, not 401, for the token may be good; soon after the provider is back, it is."""
    issuer.is_away = True
    with pytest.raises(IdentityProviderUnavailable, match="503"):
        await sign_in(issuer.token())
    issuer.is_away = False
    watch.now += RETRY_DELAY_S
    await sign_in(issuer.token())


async def test_known_keys_stay_good_while_the_provider_is_away(
    issuer: Issuer, sign_in: OidcSignIn, ring: KeyRing, watch: Watch
) -> None:
    """For as long as it takes."""
    await sign_in(issuer.token())
    issuer.is_away = True
    for _ in range(3):
        watch.now += MAX_AGE_S
        await sign_in(issuer.token())
        await fetched(ring)
    assert issuer.fetches() == 4


async def test_a_new_key_cannot_be_told_from_a_wrong_one_while_the_provider_is_away(
    issuer: Issuer, sign_in: OidcSignIn, watch: Watch
) -> None:
    """So that it is 503 too; and when the provider is back, either is told."""
    await sign_in(issuer.token())
    issuer.is_away = True
    issuer.keys = [ec_key()]
    watch.now += MIN_INTERVAL_S
    for _ in range(2):
        with pytest.raises(IdentityProviderUnavailable):
            await sign_in(issuer.token())
    issuer.is_away = False
    watch.now += RETRY_DELAY_S
    await sign_in(issuer.token())
    with pytest.raises(NotSignedIn, match="not known"):
        await sign_in(issuer.token({"kid": "wrong"}))


async def test_a_provider_that_is_away_is_not_flooded(
    issuer: Issuer, sign_in: OidcSignIn, watch: Watch
) -> None:
    """All who wait share the failure, and for a while so do those who come later."""
    issuer.is_away = True
    for _ in range(2):
        tokens = [issuer.token()] * 20
        results = await asyncio.gather(*map(sign_in, tokens), return_exceptions=True)
        assert all(isinstance(result, IdentityProviderUnavailable) for result in results)
        watch.now += RETRY_DELAY_S - 1
    assert issuer.fetches() == 1


async def test_a_request_that_is_given_up_takes_no_fetch_with_it(
    issuer: Issuer, sign_in: OidcSignIn
) -> None:
    """Others wait for the same one."""
    issuer.gate.clear()
    given_up, waiting = (asyncio.create_task(sign_in(issuer.token())) for _ in range(2))
    await has_arrived(issuer)
    given_up.cancel()
    issuer.gate.set()
    assert (await asyncio.wait_for(waiting, 10)).name == "ada"
    assert given_up.cancelled()
    assert issuer.fetches() == 1


async def test_the_only_request_may_be_given_up(issuer: Issuer, sign_in: OidcSignIn) -> None:
    """The next one finds the keys that it had asked for, not a closed door."""
    issuer.gate.clear()
    given_up = asyncio.create_task(sign_in(issuer.token()))
    await has_arrived(issuer)
    given_up.cancel()
    await asyncio.wait([given_up])
    issuer.gate.set()
    await sign_in(issuer.token())
    assert issuer.fetches() == 1
