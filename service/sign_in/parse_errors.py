"""Exceptions of parsing untrusted input."""

from __future__ import annotations

from joserfc.errors import JoseError, SecurityWarning

PARSE_ERRORS = (
    JoseError,
    SecurityWarning,  # an exception where warnings are errors
    ValueError,  # JSON, base64, text encodings, numbers that no key has
    TypeError,
    LookupError,
    AttributeError,  # a JSON value of another kind than was expected
    RecursionError,  # JSON that is nested too deeply
)
"""Exceptions that JSON, JOSE objects and keys of unknown make may raise while they are parsed."""
