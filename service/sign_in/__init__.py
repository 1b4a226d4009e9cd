"""Signing in: from a bearer token to a principal."""

from service.sign_in.errors import (
    AudienceMissing,
    IdentityProviderUnavailable,
    InProduction,
    NotSignedIn,
    SignInConfigured,
)
from service.sign_in.factory import audience_for, issue_development_token, sign_in_for
from service.sign_in.session import SignedIn, SignIn

__all__ = [
    "AudienceMissing",
    "IdentityProviderUnavailable",
    "InProduction",
    "NotSignedIn",
    "SignIn",
    "SignInConfigured",
    "SignedIn",
    "audience_for",
    "issue_development_token",
    "sign_in_for",
]
