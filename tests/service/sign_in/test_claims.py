"""Reading a token's claims."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Role
from service.sign_in.claims import LONGEST_NAME, claim_at, display_name, roles_in, username_in


@pytest.mark.parametrize(
    ("claim", "roles"),
    [
        pytest.param(
            ["auditor", "site-admin", "king", 7, None, []],
            {Role.AUDITOR, Role.SITE_ADMIN},
            id="list",
        ),
        pytest.param("auditor learner", {Role.AUDITOR, Role.LEARNER}, id="words"),
        pytest.param("training-manager", {Role.TRAINING_MANAGER}, id="word"),
        pytest.param("not-a-site-admin", set(), id="longer word"),
        pytest.param(["SITE-ADMIN", "site_admin"], set(), id="other spellings"),
        pytest.param({"auditor": True}, set(), id="object"),
        pytest.param(True, set(), id="boolean"),
        pytest.param(None, set(), id="null"),
    ],
)
def test_roles_are_a_list_or_words(claim: object, roles: set[Role]) -> None:
    """What is no role of ours is passed over, and what is neither list nor text names none."""
    assert roles_in(claim) == roles


@pytest.mark.parametrize(
    ("path", "found"),
    [
        pytest.param("a", {"b": {"c": 1}}, id="claim"),
        pytest.param("a.b.c", 1, id="claim two deep"),
        pytest.param("a.b", {"c": 1}, id="claim within"),
        pytest.param("d.e", 2, id="claim with a dot"),
        pytest.param("a.c", None, id="missing within"),
        pytest.param("a.b.c.d", None, id="below a number"),
        pytest.param("", None, id="empty"),
        pytest.param("x", None, id="missing"),
    ],
)
def test_dots_lead_into_claims(path: str, found: object) -> None:
    """Unless a claim has that very name."""
    assert claim_at({"a": {"b": {"c": 1}}, "d.e": 2, "d": {"e": 3}}, path) == found


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        pytest.param({"name": "Ada Admin", "preferred_username": "ada"}, "Ada Admin", id="name"),
        pytest.param(
            {"preferred_username": "ada", "email": "ada@example.org"}, "ada", id="username"
        ),
        pytest.param({"email": "ada@example.org"}, "person_1", id="address alone"),
        pytest.param({"name": "", "preferred_username": " "}, "person_1", id="both blank"),
        pytest.param({"name": ["Ada"]}, "person_1", id="name a list"),
        pytest.param({"name": " Ada \r\n\t Admin\0 "}, "Ada Admin", id="control characters"),
        pytest.param({"name": "Ada\u202enimdA"}, "Ada nimdA", id="direction mark"),
        pytest.param({"name": "\ud800Ada"}, "Ada", id="lone surrogate"),
        pytest.param({"name": "نیما ‌خان"}, "نیما ‌خان", id="zero-width non-joiner"),
        pytest.param({"name": "A" * 5000}, "A" * LONGEST_NAME, id="too long"),
    ],
)
def test_a_display_name_can_be_shown_and_kept(claims: dict[str, object], name: str) -> None:
    """One line of characters that a database takes; without one, the id. No e-mail address."""
    assert display_name(claims, otherwise="person_1") == name


@pytest.mark.parametrize(
    ("path", "claims", "name"),
    [
        pytest.param("upn", {"upn": "ada"}, "ada", id="claim"),
        pytest.param("ids.upn", {"ids": {"upn": "ada"}}, "ada", id="claim within"),
        pytest.param("upn", {"upn": ""}, None, id="empty"),
        pytest.param("upn", {"upn": ["ada"]}, None, id="list"),
        pytest.param("upn", {}, None, id="missing"),
        pytest.param("email", {"email": "a@b.example"}, "a@b.example", id="address"),
        pytest.param(
            "email",
            {"email": "a@b.example", "email_verified": True},
            "a@b.example",
            id="address verified",
        ),
        pytest.param(
            "email",
            {"email": "a@b.example", "email_verified": False},
            None,
            id="address not verified",
        ),
        pytest.param(
            "email",
            {"email": "a@b.example", "email_verified": "false"},
            None,
            id="address not verified, as text",
        ),
    ],
)
def test_a_username_is_a_text(path: str, claims: dict[str, object], name: str | None) -> None:
    """And an e-mail address that a provider has not verified is nobody's."""
    assert username_in(claims, path) == name
