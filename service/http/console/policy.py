"""Content security policies of the pages: they allow nothing but what a page needs."""

from __future__ import annotations

from collections.abc import Callable

Policy = Callable[[str], str]
"""A Content-Security-Policy for a page whose style elements carry this nonce."""

_ALWAYS = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; manifest-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Scripts are files of ours. 'self' covers WebSockets to the same host (CSP 3)."""

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(),"
    " payment=(), usb=()",
    "Referrer-Policy": "same-origin",
}


def console(nonce: str) -> str:
    """Returns the console's policy. Styles are files, or elements made by scripts that know the
    nonce.
    """
    return f"{_ALWAYS}; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'"


def graphiql(_: str) -> str:
    """Returns GraphiQL's policy. Its editor makes style elements and attributes without a nonce,
    carries fonts in its styles, and runs its language services in workers, which are files.
    """
    return (
        f"{_ALWAYS}; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " font-src 'self' data:; worker-src 'self'"
    )
