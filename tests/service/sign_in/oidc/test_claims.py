"""Reading a token's claims."""

from __future__ import annotations

import pytest

from domain.kernel.principal import Role
from domain.people.identifiers.lookup import UserKey
from service.sign_in.oidc.claims import MAX_NAME_LENGTH, claim_at, display_name, name_in, roles_in


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
        pytest.param({"name": "A" * 5000}, "A" * MAX_NAME_LENGTH, id="too long"),
    ],
)
def test_a_display_name_can_be_shown_and_kept(claims: dict[str, object], name: str) -> None:
    """One line of characters that a database takes; without one, the id. No e-mail address."""
    assert display_name(claims, otherwise="person_1") == name


ADDRESS = {"email": "a@b.example"}
DEEPER = {"email_verified": True, "user": ADDRESS}


@pytest.mark.parametrize(
    ("path", "claims", "name"),
    [
        pytest.param("upn", {"upn": "ada"}, "ada", id="claim"),
        pytest.param("ids.upn", {"ids": {"upn": "ada"}}, "ada", id="claim within"),
        pytest.param("upn", {"upn": ""}, None, id="empty"),
        pytest.param("upn", {"upn": ["ada"]}, None, id="list"),
        pytest.param("upn", {}, None, id="missing"),
        pytest.param("upn", {"upn": "a@b.example"}, "a@b.example", id="looks like an address"),
        pytest.param("xemail", {"xemail": "a"}, "a", id="called nearly so"),
        pytest.param("email", ADDRESS, None, id="address"),
        pytest.param("user.email", DEEPER, None, id="address within"),
        pytest.param("https://x.example/email", {"https://x.example/email": "a"}, None, id="URL"),
        pytest.param(
            "user.email",
            {"user": {**ADDRESS, "email_verified": True}},
            "a@b.example",
            id="address within, verified",
        ),
    ],
)
def test_a_name_is_a_text(path: str, claims: dict[str, object], name: str | None) -> None:
    """And what is called an e-mail address must be verified, though it is used as a username."""
    assert name_in(claims, path, UserKey.USERNAME) == name


@pytest.mark.parametrize(
    ("verified", "counts"),
    [
        (True, True),
        ("true", True),
        (False, False),
        ("false", False),
        (None, False),
        ("no", False),
        ("", False),
        (1, False),
        ([True], False),
    ],
    ids=["true", "text", "false", "text false", "null", "no", "empty", "one", "list"],
)
@pytest.mark.parametrize("path", ["email", "mail"])
def test_only_a_verified_address_is_anybody_s(path: str, verified: object, counts: bool) -> None:
    """Nothing but a plain yes will do, whatever the claim is called."""
    claims = {path: "a@b.example", "email_verified": verified}
    assert name_in(claims, path, UserKey.EMAIL) == ("a@b.example" if counts else None)
    assert name_in({path: "a@b.example"}, path, UserKey.EMAIL) is None
