"""`/sign-in/…`: the methods of signing in, and their endpoints."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from domain.kernel.principal import Role
from service.http.bearer import unavailable
from service.http.responses import Json, error_response
from service.http.sign_in.request_body import (
    comes_from_elsewhere,
    is_local_name,
    of_another_site,
    read_json,
)
from service.http.sign_in.responses import COOKIE, session_answer, without_cookie
from service.sign_in import IdentityProviderUnavailable
from service.sign_in.development import STAND_INS
from service.sign_in.methods import DevelopmentLogin, SignInMethod
from service.sign_in.oidc.code_flow import SCOPE, CodeFlow


async def ways(request: Request) -> Response:
    """Answers `GET /sign-in/ways`: the methods that the page offers."""
    way: SignInMethod = request.state.way
    if isinstance(way, DevelopmentLogin):
        people = [{"role": role.name, "name": name} for role, name in STAND_INS.items()]
        return Json({"kind": "development", "people": people})
    if way is None:
        return Json({"kind": "none"})
    try:
        endpoint = await way.authorization_endpoint()
    except IdentityProviderUnavailable:
        return unavailable()
    provider = {"authorizationEndpoint": endpoint, "clientId": way.client_id, "scope": SCOPE}
    # Another tab's session: this one may continue it. A failed request would be an error in the
    # browser.
    renewable = COOKIE in request.cookies
    return Json({"kind": "oidc", **provider, "renewable": renewable})


async def development(request: Request) -> Response:
    """Answers `POST /sign-in/development`: a session of an hour as the person of a role."""
    way: SignInMethod = request.state.way
    if not isinstance(way, DevelopmentLogin):
        return _no_such_way()
    if not is_local_name(request, way.host):
        message = "Open the console as localhost, or by the address that the service listens on."
        return error_response(403, "FORBIDDEN", message)
    said = await read_json(request, ["role"])
    if isinstance(said, Response):
        return said
    role = Role.__members__.get(said["role"])
    if role is None:
        return error_response(400, "INVALID", f"role must be one of {', '.join(Role.__members__)}.")
    return await session_answer(request, way.session(role))


async def code(request: Request) -> Response:
    """Answers `POST /sign-in/code`: a session for the code that the provider gave."""
    way: SignInMethod = request.state.way
    if not isinstance(way, CodeFlow):
        return _no_such_way()
    said = await read_json(request, ["code", "codeVerifier", "redirectUri"])
    if isinstance(said, Response):
        return said
    opening = way.exchanged(said["code"], said["codeVerifier"], said["redirectUri"])
    return await session_answer(request, opening)


async def refresh(request: Request) -> Response:
    """Answers `POST /sign-in/refresh`: the session of the cookie, prolonged."""
    way: SignInMethod = request.state.way
    if not isinstance(way, CodeFlow):
        return _no_such_way()
    if comes_from_elsewhere(request):
        return of_another_site()
    held = request.cookies.get(COOKIE)
    if held is None:
        return error_response(401, "UNAUTHENTICATED", "Sign in first: there is no session.")
    return await session_answer(request, way.refreshed(held))


async def out(request: Request) -> Response:
    """Answers `POST /sign-in/out`: the session ends, here and at the provider."""
    way: SignInMethod = request.state.way
    if comes_from_elsewhere(request):
        return of_another_site()
    held = request.cookies.get(COOKIE)
    if held is not None and isinstance(way, CodeFlow):
        await way.revoke(held)
    return without_cookie(Response(status_code=204))


def _no_such_way() -> Response:
    return error_response(404, "NOT_FOUND", "This method of signing in is not configured.")
