"""The console's sign-in with an identity provider: a code for a token (RFC 6749, 4.1; RFC 7636).

The page sends people to the provider and brings back a code; the service exchanges it for the
token, so that a page sends requests to nobody else.
"""

from __future__ import annotations

import contextlib
from base64 import b64encode
from typing import Any, NamedTuple
from urllib.parse import quote_plus

import httpx2
import structlog
from pydantic import SecretStr

from service.sign_in.errors import IdentityProviderUnavailable, NotSignedIn
from service.sign_in.oidc.discovery import Discovery
from service.sign_in.oidc.provider import Document, address_in, answered, asking
from service.sign_in.session import SignedIn, SignIn

SCOPE = "openid profile email"
MAX_ERROR_LENGTH = 100
"""Characters of a provider's error message about a request of ours."""

_logger = structlog.get_logger("sign_in")


class Session(NamedTuple):
    """A token that is valid here, and the refresh token for the next one."""

    token: str
    bearer: SignedIn
    refresh_token: str | None = None


class CodeFlow:
    """Sends requests to one issuer, as one client."""

    def __init__(
        self, issuer: str, client_id: str, client_secret: SecretStr | None, sign_in: SignIn
    ) -> None:
        self.client_id = client_id
        self._issuer = issuer
        self._secret = client_secret
        self._sign_in = sign_in
        self._discovery = Discovery(issuer)

    async def authorization_endpoint(self) -> str:
        """Returns the address where people sign in. IdentityProviderUnavailable when it cannot be
        known.
        """
        return await self._address("authorization_endpoint")

    async def exchanged(self, code: str, code_verifier: str, redirect_uri: str) -> Session:
        """Exchanges a code for a session. NotSignedIn, IdentityProviderUnavailable."""
        return await self._session(
            grant_type="authorization_code",
            code=code,
            code_verifier=code_verifier,
            redirect_uri=redirect_uri,
        )

    async def refreshed(self, refresh_token: str) -> Session:
        """Prolongs the session. NotSignedIn when it has ended, IdentityProviderUnavailable."""
        session = await self._session(grant_type="refresh_token", refresh_token=refresh_token)
        return session._replace(refresh_token=session.refresh_token or refresh_token)

    async def revoke(self, refresh_token: str) -> None:
        """Ends the session at the provider, too, if it supports that (RFC 7009)."""
        with contextlib.suppress(IdentityProviderUnavailable, NotSignedIn):  # it ends by itself
            if "revocation_endpoint" in await self._discovery.document():
                await self._posted("revocation_endpoint", token=refresh_token)

    async def _session(self, **form: str) -> Session:
        said = await self._posted("token_endpoint", **form)
        token, bearer = await self._accepted(said)
        refresh = said.get("refresh_token")
        return Session(token, bearer, refresh if isinstance(refresh, str) else None)

    async def _accepted(self, said: dict[str, Any]) -> tuple[str, SignedIn]:
        """Returns the access token, or else the id token, whichever is for this service: some
        providers give access tokens that only they can read.
        """
        refusals = []
        for name in ("access_token", "id_token"):
            try:
                token = said.get(name)
                if isinstance(token, str):
                    return token, await self._sign_in(token)
            except NotSignedIn as refused:
                refusals.append(refused)
        raise refusals[0] if refusals else NotSignedIn("the identity provider gave no token")

    async def _posted(self, endpoint: str, **form: str) -> dict[str, Any]:
        try:
            document = await self._discovery.document()
            async with asking(self._issuer) as client:
                request = self._request(client, document, address_in(document, endpoint), form)
                status, said = await answered(client, request, refusals=(400,))
                if status == 400 and said["error"] != "invalid_grant":
                    raise ValueError(f"the answer was {said['error'][:MAX_ERROR_LENGTH]!r}")
        except IdentityProviderUnavailable as failure:
            _logger.warning("identity provider unavailable", endpoint=endpoint, reason=str(failure))
            raise
        if status == 400:
            raise NotSignedIn("the identity provider has ended the session")
        return said

    def _request(
        self, client: httpx2.AsyncClient, document: Document, place: str, form: dict[str, str]
    ) -> httpx2.Request:
        """Adds the client's name, and its secret when it has one: in the header, as every provider
        must take it, but one that says otherwise (RFC 6749, 2.3.1).
        """
        named = form | {"client_id": self.client_id}
        if self._secret is None:
            return client.build_request("POST", place, data=named)
        secret = self._secret.get_secret_value()
        methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" not in methods:
            return client.build_request("POST", place, data=named | {"client_secret": secret})
        basic = b64encode(f"{quote_plus(self.client_id)}:{quote_plus(secret)}".encode()).decode()
        return client.build_request(
            "POST", place, data=form, headers={"Authorization": f"Basic {basic}"}
        )

    async def _address(self, name: str) -> str:
        document = await self._discovery.document()
        try:
            return address_in(document, name)
        except (LookupError, TypeError, ValueError, AttributeError) as failure:
            raise IdentityProviderUnavailable(f"{name}: {failure}") from failure
