"""Makes the sign-in that the settings ask for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from domain.kernel.clock import utc_now
from domain.kernel.principal import Role
from domain.people.identifiers.lookup import UserKey
from service.settings import Settings
from service.sign_in.authorization import Admission, Admitted, AuthorizationChain, FirstAdmin
from service.sign_in.development import DevelopmentSignIn, issue
from service.sign_in.errors import AudienceMissing, InProduction, SignInConfigured
from service.sign_in.oidc.key_ring import KeyRing
from service.sign_in.oidc.login import ClaimNames, OidcSignIn
from service.sign_in.session import SignIn
from service.sign_in.signing_key import signing_key
from service.sign_in.token_cache import TokenCache


def sign_in_for(
    settings: Settings, identity_key: bytes, directory: Admission | None = None
) -> Admitted:
    """Returns the sign-in by the identity provider's tokens when one is configured, else by the
    data directory's; then by the directory's roles.

    AudienceMissing, or ValueError for a provider on plain http, when the settings cannot be right.
    """
    checked = TokenCache(_checked(settings, identity_key))
    first_admin = FirstAdmin(settings.site_admin)
    return Admitted(
        checked, AuthorizationChain(first_admin, directory) if directory else first_admin
    )


def _checked(settings: Settings, identity_key: bytes) -> SignIn:
    issuer = settings.oidc_issuer
    if issuer is None:
        return DevelopmentSignIn(signing_key(settings.data_dir), identity_key)
    audience = audience_for(settings)
    names = ClaimNames(
        user=settings.oidc_user_claim,
        user_is=UserKey(settings.oidc_user_claim_is),
        roles=settings.oidc_roles_claim,
    )
    return OidcSignIn(KeyRing(issuer), issuer, audience, names, identity_key)


def audience_for(settings: Settings) -> str:
    """Returns the audience that tokens must have; AudienceMissing when a provider is set, but not
    this.
    """
    if settings.oidc_issuer is not None and not settings.oidc_audience:
        raise AudienceMissing(
            "With SEGMENTS_OIDC_ISSUER goes SEGMENTS_OIDC_AUDIENCE:"
            " the audience that the provider's tokens must name."
        )
    return settings.oidc_audience or ""


def issue_development_token(
    settings: Settings, roles: Iterable[Role], user: str | None, ttl: timedelta
) -> str:
    """Returns a token of the data directory's key. SignInConfigured when there is an identity
    provider, InProduction when that is the environment: no key is made then, either.
    """
    if settings.oidc_issuer is not None:
        raise SignInConfigured(
            "An identity provider is configured (SEGMENTS_OIDC_ISSUER);"
            " its tokens are the only ones."
        )
    if settings.environment == "production":
        raise InProduction(
            "In production (SEGMENTS_ENVIRONMENT) there are no development tokens:"
            " set SEGMENTS_OIDC_ISSUER and take those of an identity provider."
        )
    return issue(signing_key(settings.data_dir), roles, user, ttl, utc_now())
