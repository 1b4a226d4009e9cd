"""Reasons for which a client is not signed in.

NotSignedIn                 the token is missing, or does not do: 401
IdentityProviderUnavailable the token could not be checked: 503
SignInConfigured            development tokens are off, because an identity provider is set
InProduction                development tokens are off, because this is production
AudienceMissing             an identity provider is set, but not its tokens' audience
"""

from __future__ import annotations


class NotSignedIn(Exception):
    """A safe message for the client: a fixed phrase in ASCII, which never holds any of the
    token.
    """


class IdentityProviderUnavailable(Exception):
    """The identity provider gave no keys that can be used. The message is for operators."""


class SignInConfigured(Exception):
    """An identity provider is configured; its tokens are the only ones."""


class InProduction(Exception):
    """There are no development tokens in production."""


class AudienceMissing(Exception):
    """Raised when no audience is set: a provider's tokens for any other service would be valid
    here, too.
    """
