"""Which way of signing in the settings ask for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import (
    AudienceMissing,
    NotSignedIn,
    SignInConfigured,
    issue_development_token,
    sign_in_for,
)
from tests.service.sign_in.issuer import AUDIENCE, Issuer

HOUR = timedelta(hours=1)


def settings(data_dir: Path, **others: str) -> Settings:
    """Settings that no environment has a part in, for what is asked about here."""
    nothing = {"oidc_issuer": None, "oidc_audience": None, "site_admin": None}
    return Settings(data_dir=data_dir, **{**nothing, **others})  # type: ignore[arg-type]


async def test_without_an_identity_provider_the_directory_s_tokens_are_good(
    tmp_path: Path,
) -> None:
    """Of this directory, and of no other."""
    here, elsewhere = settings(tmp_path / "a"), settings(tmp_path / "b")
    sign_in = sign_in_for(here, b"key")
    token = issue_development_token(here, [Role.AUDITOR], None, HOUR)
    assert (await sign_in(token)).principal.roles == {Role.AUDITOR}
    with pytest.raises(NotSignedIn):
        await sign_in(issue_development_token(elsewhere, [Role.AUDITOR], None, HOUR))


async def test_with_an_identity_provider_only_its_tokens_are(
    tmp_path: Path, settled: Issuer
) -> None:
    """Those of the data directory are neither issued nor taken any more."""
    development = issue_development_token(settings(tmp_path), [Role.SITE_ADMIN], None, HOUR)
    provided = settings(tmp_path, oidc_issuer=settled.url, oidc_audience=AUDIENCE)
    sign_in = sign_in_for(provided, b"key")
    assert (await sign_in(settled.token())).principal.display_name == "Ada Admin"
    with pytest.raises(NotSignedIn):
        await sign_in(development)
    with pytest.raises(SignInConfigured, match="SEGMENTS_OIDC_ISSUER"):
        issue_development_token(provided, [Role.SITE_ADMIN], None, HOUR)


async def test_the_settings_name_the_claims(tmp_path: Path, settled: Issuer) -> None:
    """And the first admin, by the one that says who somebody is."""
    provided = settings(
        tmp_path,
        oidc_issuer=settled.url,
        oidc_audience=AUDIENCE,
        oidc_roles_claim="realm_access.roles",
        oidc_user_claim="upn",
        oidc_user_claim_is="code",
        site_admin="ADA@example.org",
    )
    sign_in = sign_in_for(provided, b"key")
    nested = {"roles": ["auditor"]}
    ada = await sign_in(settled.token(upn="ada@example.org", realm_access=nested))
    assert ada.principal.roles == {Role.AUDITOR, Role.SITE_ADMIN}
    bob = await sign_in(settled.token(upn="bob@example.org", realm_access=nested))
    assert bob.principal.roles == {Role.AUDITOR}


async def test_the_first_admin_is_one_in_development_too(tmp_path: Path) -> None:
    """Whatever the token says."""
    first = settings(tmp_path, site_admin="ada")
    sign_in = sign_in_for(first, b"key")
    ada = await sign_in(issue_development_token(first, [Role.LEARNER], "Ada", HOUR))
    assert ada.principal.roles == {Role.LEARNER, Role.SITE_ADMIN}
    bob = await sign_in(issue_development_token(first, [Role.LEARNER], "bob", HOUR))
    assert bob.principal.roles == {Role.LEARNER}


def test_a_provider_without_an_audience_is_refused(tmp_path: Path) -> None:
    """Rather than every token later, or none."""
    with pytest.raises(AudienceMissing, match="SEGMENTS_OIDC_AUDIENCE"):
        sign_in_for(settings(tmp_path, oidc_issuer="https://identity.example"), b"key")


def test_a_provider_on_plain_http_is_refused(tmp_path: Path) -> None:
    """At the start, not at the first token."""
    plain = settings(tmp_path, oidc_issuer="http://identity.example", oidc_audience=AUDIENCE)
    with pytest.raises(ValueError, match="https"):
        sign_in_for(plain, b"key")
