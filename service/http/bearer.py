"""Who is behind a request: the bearer token in its Authorization header."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from service.sign_in import NotSignedIn, SignedIn, SignIn


async def signed_in(connection: HTTPConnection) -> SignedIn:
    """The bearer of the request's token. NotSignedIn without one, or with one that does not do."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("a bearer token is needed")
    sign_in: SignIn = connection.state.sign_in
    return await sign_in(token.strip())
