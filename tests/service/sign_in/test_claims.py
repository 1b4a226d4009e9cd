"""Reading a token's claims."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Role
from service.sign_in.claims import LONGEST_NAME, claim_at, display_name, roles_in, username_in


@pytest.mark.parametrize(
    ("claim", "roles"),
    [
        (["auditor", "site-admin", "king", 7, None, []], {Role.AUDITOR, Role.SITE_ADMIN}),
        ("auditor learner", {Role.AUDITOR, Role.LEARNER}),
        ("training-manager", {Role.TRAINING_MANAGER}),
        ("not-a-site-admin", set()),
        (["SITE-ADMIN", "site_admin"], set()),
        ({"auditor": True}, set()),
        (True, set()),
        (None, set()),
    ],
)
def test_roles_are_a_list_or_words(claim: object, roles: set[Role]) -> None:
    """What is no role of ours is passed over, and what is neither list nor text names none."""
    assert roles_in(claim) == roles


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a", {"b": {"c": 1}}),
        ("a.b.c", 1),
        ("a.b", {"c": 1}),
        ("d.e", 2),
        ("a.c", None),
        ("a.b.c.d", None),
        ("", None),
        ("x", None),
    ],
)
def test_dots_lead_into_claims(path: str, found: object) -> None:
    """Unless a claim has that very name."""
    assert claim_at({"a": {"b": {"c": 1}}, "d.e": 2, "d": {"e": 3}}, path) == found


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ada Admin", "preferred_username": "ada"}, "Ada Admin"),
        ({"preferred_username": "ada", "email": "ada@example.org"}, "ada"),
        ({"email": "ada@example.org"}, "person_1"),
        ({"name": "", "preferred_username": " "}, "person_1"),
        ({"name": ["Ada"]}, "person_1"),
        ({"name": " Ada \r\n\t Admin\0 "}, "Ada Admin"),
        ({"name": "Ada\u202enimdA"}, "Ada nimdA"),
        ({"name": "\ud800Ada"}, "Ada"),
        ({"name": "نیما ‌خان"}, "نیما ‌خان"),
        ({"name": "A" * 5000}, "A" * LONGEST_NAME),
    ],
)
def test_a_display_name_can_be_shown_and_kept(claims: dict[str, object], name: str) -> None:
    """One line of characters that a database takes; without one, the id. No e-mail address."""
    assert display_name(claims, otherwise="person_1") == name


@pytest.mark.parametrize(
    ("path", "claims", "name"),
    [
        ("upn", {"upn": "ada"}, "ada"),
        ("ids.upn", {"ids": {"upn": "ada"}}, "ada"),
        ("upn", {"upn": ""}, None),
        ("upn", {"upn": ["ada"]}, None),
        ("upn", {}, None),
        ("email", {"email": "a@b.example"}, "a@b.example"),
        ("email", {"email": "a@b.example", "email_verified": True}, "a@b.example"),
        ("email", {"email": "a@b.example", "email_verified": False}, None),
        ("email", {"email": "a@b.example", "email_verified": "false"}, None),
    ],
)
def test_a_username_is_a_text(path: str, claims: dict[str, object], name: str | None) -> None:
    """And an e-mail address that a provider has not verified is nobody's."""
    assert username_in(claims, path) == name
