"""The console's endpoints: pages with a nonce each, and the files that they load."""

from __future__ import annotations

import secrets
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from service.http.console import policy
from service.http.console.static_files import ENCODINGS, BuiltFiles
from service.http.responses import error_response

FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of files whose names change with their content."""
ASK_AGAIN = "no-cache"

NONCE = "__NONCE__"
"""The placeholder in a built page for its nonce."""

_NOT_FILES = (".html", *ENCODINGS.values())
"""Files that are not served as they are: pages are sent with a nonce and a policy only, packed
files under their own names.
"""


class Console:
    """The endpoints of the console built from `web/`. They read files: each is run in a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._built = BuiltFiles(directory=folder, check_dir=False)

    def page(self, _: Request) -> Response:
        """Answers with the console, whatever the path: its own script reads that."""
        return self._page("index.html", policy.console)

    def graphiql(self, _: Request) -> Response:
        """Answers with a page in which developers query the schema."""
        return self._page("graphiql.html", policy.graphiql)

    def asset(self, request: Request) -> Response:
        """Answers `/assets/…`: a file that never changes under its name."""
        path = f"assets/{request.path_params['path']}"
        return self._built.answer(path, request, FOR_EVER) or _nothing_there()

    def otherwise(self, request: Request, _: Exception) -> Response:
        """Answers requests for which there is no route: with a file beside the pages, or a page of
        the console.
        """
        if request.method not in ("GET", "HEAD") or _names_a_host(request.scope["path"]):
            return _nothing_there()
        return self._beside(request) or (
            self.page(request) if asks_for_a_page(request) else _nothing_there()
        )

    def _beside(self, request: Request) -> Response | None:
        name = request.url.path.removeprefix("/")
        if "/" in name or PurePosixPath(name).suffix in _NOT_FILES:
            return None
        return self._built.answer(name, request, ASK_AGAIN)

    def _page(self, name: str, allows: policy.Policy) -> Response:
        try:
            text = (self._folder / name).read_text()
        except FileNotFoundError:
            message = "The console has not been built: `make setup` builds it."
            return error_response(503, "UNAVAILABLE", message)
        nonce = secrets.token_urlsafe(18)
        return HTMLResponse(
            text.replace(NONCE, nonce),
            headers={
                **policy.HEADERS,
                "Cache-Control": ASK_AGAIN,
                "Content-Security-Policy": allows(nonce),
                "Vary": "Accept",
            },
        )


def asks_for_a_page(request: Request) -> bool:
    """Whether a browser asks for a page to show."""
    kinds = request.headers.get("accept", "").lower().split(",")
    return any(kind.partition(";")[0].strip() == "text/html" for kind in kinds)


def _names_a_host(path: str) -> bool:
    """Whether a browser that is redirected to this path would go to another site, as by
    `//other`.
    """
    return path.startswith(("//", "/\\"))


def _nothing_there() -> Response:
    return error_response(404, "NOT_FOUND", "There is nothing at this address.")
