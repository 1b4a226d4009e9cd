"""Which way of signing in the settings ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from domain.kernel.clock import utc_now
from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in.development import DevelopmentSignIn, issue, signing_key
from service.sign_in.errors import SignInConfigured
from service.sign_in.oidc import ClaimNames, OidcSignIn
from service.sign_in.remembered import Remembered
from service.sign_in.session import SignIn


def sign_in_for(settings: Settings, identity_key: bytes) -> SignIn:
    """The identity provider's tokens when one is configured, else the data directory's."""
    if settings.oidc_issuer is None:
        return Remembered(DevelopmentSignIn(signing_key(settings.data_dir), identity_key))
    names = ClaimNames(
        audience=settings.oidc_audience or "",
        user=settings.oidc_user_claim,
        roles=settings.oidc_roles_claim,
        site_admin=settings.site_admin,
    )
    return Remembered(OidcSignIn(settings.oidc_issuer, names, identity_key))


def issue_development_token(
    settings: Settings, roles: Iterable[Role], user: str | None, ttl: timedelta
) -> str:
    """A token of the data directory's key. SignInConfigured when there is an identity provider."""
    if settings.oidc_issuer is not None:
        raise SignInConfigured(
            "An identity provider is configured (SEGMENTS_OIDC_ISSUER);"
            " its tokens are the only ones."
        )
    return issue(signing_key(settings.data_dir), roles, user, ttl, utc_now())
