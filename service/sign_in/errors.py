"""Why somebody is not signed in.

NotSignedIn                 the token is missing, or does not do: 401
IdentityProviderUnavailable the token could not be checked: 503
SignInConfigured            development tokens are off, because an identity provider is set
"""

from __future__ import annotations


class NotSignedIn(Exception):
    """The message is safe to show: it never holds any of the token."""


class IdentityProviderUnavailable(Exception):
    """The identity provider did not answer, and its keys are not known yet."""


class SignInConfigured(Exception):
    """An identity provider is configured; its tokens are the only ones."""
