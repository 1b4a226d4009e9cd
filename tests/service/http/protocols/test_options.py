"""What is fixed of how uvicorn speaks."""

from __future__ import annotations

from uvicorn import Config

from service.http.app import application
from service.http.protocols.options import OPTIONS

MAX_ELSEWHERE_LENGTH = 60
"""Seconds for which nginx and the load balancers of clouds keep an idle connection."""


def test_who_keeps_a_connection_for_another_request_finds_it_open() -> None:
    """It is they who close it: if both sides did at once, a command would be sent into the void."""
    assert Config(application, **OPTIONS).timeout_keep_alive > MAX_ELSEWHERE_LENGTH
