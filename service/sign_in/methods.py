"""The methods of signing in on the console's page."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in.factory import issue_development_token
from service.sign_in.oidc.code_flow import CodeFlow, Session
from service.sign_in.session import SignIn

HOUR = timedelta(hours=1)


class DevelopmentLogin:
    """Sign-in for development: one person a role, who is asked for no password."""

    def __init__(self, settings: Settings, sign_in: SignIn) -> None:
        self.host = settings.host
        self._settings = settings
        self._sign_in = sign_in

    async def session(self, role: Role) -> Session:
        """Returns a session of an hour for the role's person."""
        token = await asyncio.to_thread(issue_development_token, self._settings, [role], None, HOUR)
        return Session(token, await self._sign_in(token))


SignInMethod = DevelopmentLogin | CodeFlow | None
"""None: tokens come from elsewhere."""


def sign_in_method_for(settings: Settings, sign_in: SignIn) -> SignInMethod:
    """Returns the method that the settings ask for."""
    if settings.oidc_issuer is None:
        is_development = settings.environment == "development"
        return DevelopmentLogin(settings, sign_in) if is_development else None
    if settings.oidc_client_id is None:
        return None
    return CodeFlow(
        settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, sign_in
    )
