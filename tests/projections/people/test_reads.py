"""The directory, asked: whom it lists in which order, and whom it finds by what."""

from __future__ import annotations

import asyncio
import random
from itertools import product

import pytest

from domain.kernel.ids import USER, uuid_in
from domain.kernel.principal import Role
from domain.people.identifiers.lookup import UserKey
from domain.people.values import UserStatus, email_key
from projections.engine.projector import Projector
from projections.people.query import UserQuery
from projections.people.reads import UserReads
from projections.people.views import UserView
from projections.sql import listing
from projections.sql.paging import PageRequest
from projections.text.sort_key import sort_key
from tests.projections.paging import walked_through
from tests.projections.story import Story

ALL = PageRequest(1_000)
FORMS = [(1_000, 5_000), (3, 5_000), (3, 7), (0, 1)]
"""Of FEW and NEAR: each makes other steps of listing.py answer."""


async def names(users: UserReads, query: UserQuery) -> list[str]:
    """Who is listed, in the list's order."""
    page = await users.page(query, ALL)
    assert await users.count(query) == len(page.rows)
    return [view.display_name for view, _ in page.rows]


async def seen(users: UserReads, user: str) -> UserView:
    """Somebody by their id."""
    uuid = uuid_in(user, USER)
    assert uuid is not None
    return (await users.by_uuid([uuid]))[uuid]


async def test_people_are_ordered_by_last_name_then_first_name(
    story: Story, site_projector: Projector, users: UserReads
) -> None:
    """As people expect names: numbers by value, accents by their letters."""
    people = [
        ("Zoë", "Berg"),
        ("Ann", "Berger"),
        ("Ann", "Team 10"),
        ("Bo", "Team 2"),
        ("Émile", "Berg"),
        ("Eva", "Berg"),
        ("Ann", "Ångström"),
        ("Zed", "Andersson"),
    ]
    for first, last in people:
        story.user(first, last)
    await asyncio.to_thread(site_projector.catch_up)
    assert await names(users, UserQuery()) == [
        "Zed Andersson",
        "Ann Ångström",
        "Émile Berg",
        "Eva Berg",
        "Zoë Berg",
        "Ann Berger",
        "Bo Team 2",
        "Ann Team 10",
    ]


@pytest.mark.parametrize(
    ("term", "found"),
    [
        pytest.param("ann smith", ["Ann Smith"], id="first and last name"),
        pytest.param("Smith Ann", ["Ann Smith"], id="last and first name"),
        pytest.param("  SMITH ", ["Ann Smith"], id="trimmed"),
        pytest.param("angstrom", ["Zoë Ångström"], id="last name without accents"),
        pytest.param("zoe", ["Zoë Ångström"], id="first name without accents"),
        pytest.param("user-2", ["Zoë Ångström"], id="username"),
        pytest.param("USER.2@example", ["Zoë Ångström"], id="address"),
        pytest.param("staff-7", ["Zoë Ångström"], id="code"),
        pytest.param("@example.org", ["Zoë Ångström", "Ann Smith"], id="domain"),
        pytest.param("s", ["Zoë Ångström", "Ann Smith"], id="letter"),
        pytest.param("%", [], id="percent sign"),
        pytest.param("_", [], id="underscore"),
        pytest.param("smithuser", [], id="name and username run together"),
    ],
)
async def test_a_search_looks_at_names_username_address_and_code(
    story: Story, site_projector: Projector, users: UserReads, term: str, found: list[str]
) -> None:
    """Each for itself, first and last name in either order, whatever case and accents."""
    story.user("Ann", "Smith")
    story.user("Zoë", "Ångström", code="Staff-7")
    await asyncio.to_thread(site_projector.catch_up)
    assert await names(users, UserQuery(search=term)) == found


async def test_an_edit_is_seen_in_every_field(
    story: Story, site_projector: Projector, users: UserReads
) -> None:
    """And found by its new values alone."""
    user = story.user("Ann", "Smith", code="A1")
    created = story.position
    await asyncio.to_thread(site_projector.catch_up)
    before = await seen(users, user)
    story.edit(user, username="bo", email="Bo@New.example", first_name="Bo", last_name="Berg")
    story.edit(user, code=None)
    await asyncio.to_thread(site_projector.catch_up)
    view = await seen(users, user)
    assert (view.username, view.email, view.first_name) == ("bo", "Bo@New.example", "Bo")
    assert (view.last_name, view.code, view.version) == ("Berg", None, 3)
    assert view.created_at == before.created_at < view.updated_at
    assert view.id == user
    assert created == 1
    assert await users.by_username([before.username]) == {}
    assert await users.by_username(["bo"]) == {"bo": view}
    assert await users.by_email_key([email_key("BO@new.example")]) == {"bo@new.example": view}
    assert await users.by_code_key(["a1"]) == {}
    assert await names(users, UserQuery(search="smith")) == []


async def test_lists_show_the_active_and_the_suspended_and_nobody_else(
    story: Story, site_projector: Projector, users: UserReads
) -> None:
    """Whatever statuses are asked for; an erased user is found by id, as nobody."""
    story.user("Ann", "Smith")
    suspended, erased = story.user("Bo", "Berg"), story.user("Cy", "Chen", code="C1")
    story.edit(suspended, UserStatus.SUSPENDED)
    username = story.people[erased].username
    story.erase(erased)
    await asyncio.to_thread(site_projector.catch_up)
    for statuses, expected in (
        (None, ["Bo Berg", "Ann Smith"]),
        ({UserStatus.ACTIVE}, ["Ann Smith"]),
        ({UserStatus.SUSPENDED}, ["Bo Berg"]),
        ({UserStatus.ERASED, UserStatus.SUSPENDED}, ["Bo Berg"]),
        ({UserStatus.ERASED, UserStatus.REMOVED}, []),
        (set(), []),
    ):
        kept = None if statuses is None else frozenset(statuses)
        assert await names(users, UserQuery(statuses=kept)) == expected
    view = await seen(users, erased)
    assert (view.status, view.display_name, view.username) == (
        UserStatus.ERASED,
        "Erased user",
        "",
    )
    assert await users.by_username([username, ""]) == {}
    assert await users.by_code_key(["c1", ""]) == {}
    assert await users.by_email_key([""]) == {}
    assert await users.names([suspended, erased, "user_nobody", "system"]) == {
        suspended: "Bo Berg",
        erased: "Erased user",
    }


async def test_roles_are_those_last_assigned(
    story: Story, site_projector: Projector, users: UserReads
) -> None:
    """And people are found by one of them."""
    user = story.user("Ann", "Smith", roles=[Role.AUDITOR, Role.LEARNER])
    story.user("Bo", "Berg", roles=[Role.LEARNER])
    story.give(user, [Role.AUDITOR, Role.LEARNER], [Role.AUDITOR, Role.SITE_ADMIN])
    await asyncio.to_thread(site_projector.catch_up)
    assert (await seen(users, user)).roles == {Role.AUDITOR, Role.SITE_ADMIN}
    assert await names(users, UserQuery(role=Role.SITE_ADMIN)) == ["Ann Smith"]
    assert await names(users, UserQuery(role=Role.LEARNER)) == ["Bo Berg"]
    assert await names(users, UserQuery(role=Role.TRAINING_MANAGER)) == []


async def test_only_keeps_to_one_user(
    story: Story, site_projector: Projector, users: UserReads
) -> None:
    """All else that is asked must hold of them, too."""
    story.user("Ann", "Smith")
    story.user("Bo", "Berg")
    await asyncio.to_thread(site_projector.catch_up)
    assert await names(users, UserQuery(only=2)) == ["Bo Berg"]
    assert await names(users, UserQuery(only=2, search="smith")) == []
    assert await names(users, UserQuery(only=-1)) == []


async def test_sign_in_finds_who_holds_it_now_before_who_held_it_and_was_erased(
    story: Story, site_projector: Projector, users: UserReads
) -> None:
    """By the key that is named, and by no other; nobody for hashes that nobody held."""
    ann, bo = story.user("Ann", "Smith", code="same"), story.user("Bo", "Berg")
    ann_held, bo_held = story.held(ann), story.held(bo)
    code = ann_held.code or ""
    story.erase(ann)
    await asyncio.to_thread(site_projector.catch_up)
    for by, hashed in (
        (UserKey.USERNAME, ann_held.username),
        (UserKey.EMAIL, ann_held.email),
        (UserKey.CODE, code),
    ):
        (gone,) = await users.by_hash(by, [hashed])
        assert (gone and gone.id, gone and gone.status) == (ann, UserStatus.ERASED)
    cy = story.user("Cy", "Chen", code="same")
    await asyncio.to_thread(site_projector.catch_up)
    found = await users.by_hash(UserKey.CODE, [code, "nobody", ann_held.username, code])
    assert [user and user.id for user in found] == [cy, None, None, cy]
    names = [bo_held.username, ann_held.username, code]
    found = await users.by_hash(UserKey.USERNAME, names)
    assert [user and user.id for user in found] == [bo, ann, None]
    assert await users.by_hash(UserKey.EMAIL, []) == []


@pytest.mark.parametrize(("few", "near"), FORMS)
async def test_a_filtered_list_pages_through_what_it_keeps(
    story: Story,
    site_projector: Projector,
    users: UserReads,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    near: int,
) -> None:
    """Forwards and backwards, whichever question answers; members, others, roles, search."""
    chance = random.Random(few + near)
    people = [
        story.user(
            chance.choice(["Ann", "Bo", "Zoë"]),
            chance.choice(["Smith", "Berg", "Team"]),
            roles=[Role.AUDITOR] if number % 4 == 0 else [],
        )
        for number in range(40)
    ]
    segment, inside = story.segment("Sales"), set(chance.sample(people, 18))
    story.add(segment, *inside)
    story.edit(people[0], UserStatus.SUSPENDED)
    await asyncio.to_thread(site_projector.catch_up)
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(listing, "NEAR", near)
    for term, belonging, role, backward in product(
        ("", "smith", "bo", "nobody"), (None, True, False), (None, Role.AUDITOR), (False, True)
    ):
        query = UserQuery(
            search=term,
            role=role,
            in_segment=1 if belonging is True else None,
            not_in_segment=1 if belonging is False else None,
        )
        found = await walked_through(users, query, 4, backward=backward)
        expected = [
            user
            for number, user in enumerate(people)
            if belonging in (None, user in inside)
            and (role is None or number % 4 == 0)
            and term in story.people[user].display_name.lower()
        ]
        assert [view.id for view in found] == sorted(expected, key=lambda u: place(story, u))
        assert await users.count(query) == len(expected)


def place(story: Story, user: str) -> tuple[bytes, bytes, str]:
    """Where somebody stands among people."""
    person = story.people[user]
    return sort_key(person.last_name), sort_key(person.first_name), user


async def test_how_many_are_in_a_segment_and_outside_is_known(
    story: Story,
    site_projector: Projector,
    users: UserReads,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody is looked up for it, lest a million are: suspended or not, while the erased are in
    nothing.
    """
    ann, bo, _, eve = [story.user(name, "Smith") for name in ("Ann", "Bo", "Cy", "Eve")]
    segment = story.segment("Sales")
    story.add(segment, ann, bo)
    story.edit(bo, UserStatus.SUSPENDED)
    story.erase(eve)
    await asyncio.to_thread(site_projector.catch_up)

    async def looked_up(*_: object) -> int:
        raise AssertionError("people are looked up")

    monkeypatch.setattr("projections.people.reads.count_rows", looked_up)
    assert await users.count(UserQuery(in_segment=1)) == 2
    assert await users.count(UserQuery(not_in_segment=1)) == 1
    assert await users.count(UserQuery(not_in_segment=2)) == 3
    active = frozenset({UserStatus.ACTIVE})
    for query in (
        UserQuery(in_segment=1, statuses=active),
        UserQuery(in_segment=1, not_in_segment=1),
        UserQuery(not_in_segment=1, search="smith"),
    ):
        with pytest.raises(AssertionError, match="looked up"):
            await users.count(query)
