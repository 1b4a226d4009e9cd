"""Whoever the directory knows acts as who they are there; who left it does not act at all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.principal import ActorKind, Principal, Role
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.person import Person
from domain.people.values import Username, UserStatus
from projections.people.views import UserView
from projections.sql.database import ASKED_BY
from service.sign_in import NotSignedIn
from service.sign_in.directory_roles import BATCH_SIZE, MAX_REMEMBERED, DirectoryRoles
from service.sign_in.oidc.key_ring import KeyRing
from service.sign_in.oidc.login import ClaimNames, OidcSignIn
from service.sign_in.session import SignedIn
from tests.service.sign_in.conftest import at_now
from tests.service.sign_in.issuer import AUDIENCE, Issuer

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HASHES = IdentifierHasher(b"the key of tags")
ADA = Person(
    username="ada", email="Ada@Example.org", first_name="Ada", last_name="Lovelace", code="P 7"
)


def view(
    person: Person = ADA,
    number: int = 1,
    status: UserStatus = UserStatus.ACTIVE,
    roles: Iterable[Role] = (),
) -> UserView:
    """Somebody of the directory."""
    return UserView(
        number=number,
        uuid=UUID(int=number),
        username=person.username,
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        code=person.code,
        status=status,
        roles=frozenset(roles),
        version=1,
        created_at=NOW,
        updated_at=NOW,
    )


class People:
    """A directory in memory; `asked` counts who was asked for, `queries` how often that was, and
    `shares` says whose share of the connections it took.
    """

    def __init__(self, *known: tuple[Person, UserView]) -> None:
        self.known = list(known)
        self.asked = 0
        self.queries = 0
        self.shares: list[str | None] = []
        self.version = 1

    async def current(self) -> int:
        return self.version

    async def by_hash(self, by: UserKey, hashes: Sequence[str]) -> list[UserView | None]:
        self.asked += len(hashes)
        self.queries += 1
        self.shares.append(ASKED_BY.get())
        return [self._holder(by, wanted) for wanted in hashes]

    def _holder(self, by: UserKey, wanted: str) -> UserView | None:
        holders = (u for person, u in self.known if getattr(HASHES.of(person), by.value) == wanted)
        return next(holders, None)


def admission(people: People) -> DirectoryRoles:
    """The admission that is tested."""
    return DirectoryRoles(people, HASHES, people.current)


def bearer(
    name: str | None, *roles: Role, by: UserKey = UserKey.USERNAME, **principal: Any
) -> SignedIn:
    """Somebody whose token calls them so."""
    outsider = Principal("person_1", ActorKind.USER, frozenset(roles), "By the token")
    return SignedIn(replace(outsider, **principal), NOW + timedelta(hours=1), name, by)


async def test_whoever_is_known_acts_as_the_user() -> None:
    """With their id and name; roles are those of the token and those of the directory."""
    known = view(roles=[Role.AUDITOR, Role.LEARNER])
    let_in = await admission(People((ADA, known)))(bearer("ada", Role.TRAINING_MANAGER))
    assert let_in.principal == Principal(
        id=f"user_{1:032x}",
        kind=ActorKind.USER,
        roles=frozenset({Role.AUDITOR, Role.LEARNER, Role.TRAINING_MANAGER}),
        display_name="Ada Lovelace",
    )
    assert let_in.expires_at == NOW + timedelta(hours=1)


async def test_who_comes_with_others_takes_nobodys_share() -> None:
    """Several are looked up at once: they would all wait for the first of them."""
    people = People((ADA, view()))
    ASKED_BY.set("person_1")
    let_in = admission(people)
    await asyncio.gather(let_in(bearer("ada")), let_in(bearer("bob")))
    assert people.shares == [None]


NAMES = {UserKey.USERNAME: " ADA ", UserKey.EMAIL: "ada@EXAMPLE.org", UserKey.CODE: "p ７"}


@pytest.mark.parametrize("named_by", NAMES)
@pytest.mark.parametrize("by", NAMES)
async def test_people_are_known_by_what_the_claim_is_and_by_nothing_else(
    named_by: UserKey, by: UserKey
) -> None:
    """In any spelling. Where people choose their own username, one could be another's address."""
    let_in = await admission(People((ADA, view())))(bearer(NAMES[by], by=named_by))
    assert (let_in.principal.id == f"user_{1:032x}") is (by is named_by)


async def test_who_left_is_not_let_in_as_somebody_else() -> None:
    """Whose code or address is what the other's username was."""
    other = Person(username="b", email="b@x.example", first_name="B", last_name="B", code="ada")
    people = People((ADA, view(status=UserStatus.ERASED)), (other, view(other, 2)))
    with pytest.raises(NotSignedIn, match="erased"):
        await admission(people)(bearer("ada"))


@pytest.mark.parametrize(
    "name",
    ["bob", "no user name", "", "x" * 500, "nul\0"],
    ids=["username", "no username", "empty", "too long", "with NUL"],
)
async def test_whom_the_directory_does_not_know_stays_who_they_are(name: str) -> None:
    """With the hashes of what the token calls them: by these their name can be forgotten."""
    before = bearer(name, Role.AUDITOR)
    after = await admission(People((ADA, view())))(before)
    assert replace(after.principal, identifiers=()) == before.principal
    assert (after.expires_at, after.name) == (before.expires_at, before.name)
    bob = HASHES.username(Username("bob"))
    assert (bob in after.principal.identifiers) is (name == "bob")
    assert name not in after.principal.identifiers


async def test_a_token_that_names_nobody_is_nobody_s() -> None:
    """Nothing is looked up for it."""
    people = People((ADA, view()))
    before = bearer(None, Role.SITE_ADMIN)
    assert await admission(people)(before) == before
    assert people.asked == 0


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (UserStatus.SUSPENDED, "suspended"),
        (UserStatus.ERASED, "erased"),
        (UserStatus.REMOVED, "removed"),
    ],
)
async def test_who_is_not_active_is_not_let_in(status: UserStatus, reason: str) -> None:
    """Whatever roles the token gives, and whoever acts for them."""
    people = People((ADA, view(status=status, roles=[Role.SITE_ADMIN])))
    acting: dict[str, Any] = {"on_behalf_of": "person_2", "kind": ActorKind.SERVICE}
    for principal in ({}, acting):
        with pytest.raises(NotSignedIn, match=reason):
            await admission(people)(bearer("ada", Role.SITE_ADMIN, **principal))


async def test_it_is_noticed_when_the_directory_changes() -> None:
    """And remembered until then."""
    people = People((ADA, view()))
    admitted = admission(people)
    for _ in range(3):
        await admitted(bearer("ada"))
    await admitted(bearer("bob"))
    await admitted(bearer("bob"))
    assert people.asked == 2
    people.known = [(ADA, view(status=UserStatus.SUSPENDED))]
    people.version += 1
    with pytest.raises(NotSignedIn, match="suspended"):
        await admitted(bearer("ada"))
    people.known = [(ADA, view(roles=[Role.AUDITOR]))]
    people.version += 1
    assert (await admitted(bearer("ada"))).principal.roles == {Role.AUDITOR}
    assert people.asked == 4


async def test_a_directory_that_goes_back_is_asked_anew() -> None:
    """It may come to the same version another way; who is not looked up meanwhile, too."""
    people = People((ADA, view(status=UserStatus.SUSPENDED)))
    people.version = 9
    admitted = admission(people)
    with pytest.raises(NotSignedIn, match="suspended"):
        await admitted(bearer("ada"))
    people.known, people.version = [(ADA, view())], 8
    await admitted(bearer("bob"))
    people.version = 9
    assert (await admitted(bearer("ada"))).principal.id == view().id


async def test_what_is_remembered_is_of_when_it_was_asked() -> None:
    """What changes while it is looked up is looked up again."""

    class Slow(People):
        async def by_hash(self, by: UserKey, hashes: Sequence[str]) -> list[UserView | None]:
            found = await super().by_hash(by, hashes)
            self.known = [(ADA, view(status=UserStatus.SUSPENDED))]
            self.version += 1
            return found

    slow = Slow((ADA, view()))
    admitted = admission(slow)
    await admitted(bearer("ada"))
    with pytest.raises(NotSignedIn):
        await admitted(bearer("ada"))


async def test_all_who_come_at_once_are_looked_up_at_once() -> None:
    """Each name once; one who goes away takes it from nobody; so many and no more in a query."""
    people = People((ADA, view(roles=[Role.AUDITOR])))
    admitted = admission(people)
    names = ["ada", "bob"] * 20 + [f"n-{number}" for number in range(BATCH_SIZE - 40)]
    coming = [asyncio.ensure_future(admitted(bearer(name))) for name in names]
    await asyncio.sleep(0)
    coming[0].cancel()
    let_in = await asyncio.gather(*coming[1:])
    assert [len(found.principal.roles) for found in let_in[:3]] == [0, 1, 0]
    assert (people.queries, people.asked) == (1, BATCH_SIZE - 38)
    people.version += 1
    await asyncio.gather(*(admitted(bearer(f"n-{number}")) for number in range(BATCH_SIZE + 1)))
    assert people.queries == 3


async def test_only_so_many_are_remembered() -> None:
    """The oldest goes."""
    people = People()
    admitted = admission(people)
    for number in range(MAX_REMEMBERED + 1):
        await admitted(bearer(f"n-{number}"))
    await admitted(bearer(f"n-{MAX_REMEMBERED}"))
    assert people.asked == MAX_REMEMBERED + 1
    await admitted(bearer("n-0"))
    assert people.asked == MAX_REMEMBERED + 2


async def test_who_acts_for_somebody_stays_who_they_are() -> None:
    """With the roles of the token alone; on behalf of the directory's user."""
    people = People((ADA, view(roles=[Role.SITE_ADMIN])))
    acting: dict[str, Any] = {"on_behalf_of": "person_2", "kind": ActorKind.SERVICE}
    before = bearer("ada", Role.LEARNER, display_name="sync", **acting)
    after = await admission(people)(before)
    assert after.principal == replace(before.principal, on_behalf_of=f"user_{1:032x}")


async def test_who_acts_for_an_outsider_is_not_forgotten_with_them() -> None:
    """The token's name is that of the one for whom is acted."""
    before = bearer("bob", on_behalf_of="person_2", kind=ActorKind.SERVICE)
    after = await admission(People())(before)
    assert after.principal == before.principal


@pytest.fixture(scope="module")
def by_address(settled: Issuer) -> OidcSignIn:
    """Signing in with an issuer's tokens, people known by the address in them."""
    names = ClaimNames(user="email", user_is=UserKey.EMAIL)
    return OidcSignIn(KeyRing(settled.url), settled.url, AUDIENCE, names, b"key", at_now)


@pytest.mark.parametrize(
    "claims",
    [{"email_verified": True}, {"email_verified": "true"}],
    ids=["verified", "verified, as text"],
)
async def test_a_provider_s_address_is_a_user_s(
    settled: Issuer, by_address: OidcSignIn, claims: dict[str, Any]
) -> None:
    """In any case of letters; roles of both."""
    token = settled.token(email="ADA@example.org", roles=["learner"], **claims)
    known = view(roles=[Role.AUDITOR])
    let_in = await admission(People((ADA, known)))(await by_address(token))
    assert (let_in.principal.id, let_in.principal.display_name) == (known.id, "Ada Lovelace")
    assert let_in.principal.roles == {Role.LEARNER, Role.AUDITOR}


@pytest.mark.parametrize(
    "claims",
    [{}, {"email_verified": False}, {"email_verified": None}, {"email_verified": "no"}],
    ids=["nothing said", "not verified", "null", "no"],
)
async def test_an_address_that_is_not_verified_is_nobody_s(
    settled: Issuer, by_address: OidcSignIn, claims: dict[str, Any]
) -> None:
    """Anybody could have entered it: they act as an outsider, with the token's roles."""
    token = settled.token(email="ada@example.org", roles=["learner"], **claims)
    people = People((ADA, view(roles=[Role.SITE_ADMIN])))
    let_in = await admission(people)(await by_address(token))
    assert let_in.principal.id.startswith("person_")
    assert let_in.principal.roles == {Role.LEARNER}
    assert people.asked == 0


async def test_a_provider_s_code_is_a_user_s(settled: Issuer) -> None:
    """From whichever claim it comes."""
    names = ClaimNames(user="staff.number", user_is=UserKey.CODE)
    sign_in = OidcSignIn(KeyRing(settled.url), settled.url, AUDIENCE, names, b"key", at_now)
    token = settled.token(staff={"number": "P 7"}, roles=None)
    let_in = await admission(People((ADA, view(roles=[Role.AUDITOR]))))(await sign_in(token))
    assert let_in.principal.id == view().id
    assert let_in.principal.roles == {Role.AUDITOR}


async def test_a_provider_s_delegate_has_the_token_s_roles(
    settled: Issuer, settled_sign_in: OidcSignIn
) -> None:
    """RFC 8693's `act`: it does not become the user."""
    token = settled.token(act={"sub": "nightly-sync"}, roles=["learner"])
    people = People((ADA, view(roles=[Role.SITE_ADMIN])))
    let_in = (await admission(people)(await settled_sign_in(token))).principal
    assert (let_in.kind, let_in.display_name) == (ActorKind.SERVICE, "nightly-sync")
    assert let_in.on_behalf_of == view().id
    assert let_in.roles == {Role.LEARNER}
    assert let_in.id.startswith("person_")
