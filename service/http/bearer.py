"""Authentication of requests: the bearer token in the Authorization header."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

import psycopg
from starlette.requests import HTTPConnection
from starlette.responses import Response

from domain.kernel.read_model_behind import ReadModelBehind
from projections.sql.database import ASKED_BY
from service.http.responses import error_response
from service.sign_in import IdentityProviderUnavailable, NotSignedIn, SignedIn, SignIn

T = TypeVar("T")


async def authenticate(connection: HTTPConnection) -> SignedIn | Response:
    """Returns the bearer of the request's token, or the answer for a client that is not signed
    in.
    """
    return await or_refused(signed_in(connection))


async def or_refused(signing_in: Awaitable[T]) -> T | Response:
    """Returns the result of signing in, or the answer for a client that is not signed in."""
    try:
        return await signing_in
    except NotSignedIn as stranger:
        return _challenge(str(stranger))
    except IdentityProviderUnavailable:
        return unavailable()
    except (psycopg.OperationalError, psycopg.InterfaceError, ReadModelBehind):
        return error_response(503, "UNAVAILABLE", "The database does not answer. Try again.")


async def signed_in(connection: HTTPConnection) -> SignedIn:
    """Returns the bearer of the request's token. NotSignedIn without one, or with an invalid
    one.
    """
    sign_in: SignIn = connection.state.sign_in
    bearer = await sign_in(token_of(connection))
    ASKED_BY.set(bearer.principal.id)
    return bearer


def token_of(connection: HTTPConnection) -> str:
    """Returns the request's bearer token. NotSignedIn when there is none."""
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("a bearer token is needed")
    return token.strip()


def unavailable() -> Response:
    """Returns the answer while the identity provider is away."""
    message = "The identity provider cannot be reached."
    return error_response(503, "UNAVAILABLE", message, {"Retry-After": "5"})


def _challenge(reason: str) -> Response:
    headers = {"WWW-Authenticate": f'Bearer error="invalid_token", error_description="{reason}"'}
    return error_response(401, "UNAUTHENTICATED", f"Sign in first: {reason}.", headers)
