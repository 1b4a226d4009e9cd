"""`segments serve`: what it refuses before it serves."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator

import pytest

from service.settings import NEEDED_IN_PRODUCTION
from tests.service.cli.conftest import Segments


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """The command takes SIGTERM for itself."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_in_production_it_refuses_development_defaults(
    segments: Segments, setting: Callable[[str, str], None]
) -> None:
    """It names every setting that must be given."""
    setting("ENVIRONMENT", "production")
    result = segments("serve")
    assert result.exit_code == 1
    needed = [f"SEGMENTS_{name.upper()}" for name in NEEDED_IN_PRODUCTION]
    assert [name for name in needed if name not in result.stderr] == []


@pytest.mark.parametrize(
    "words", [["--port", "http"], ["--workers", "0"], ["--workers", "two"], ["--demo", "yes"]]
)
def test_wrong_words_end_with_two(segments: Segments, words: list[str]) -> None:
    """Nothing is started."""
    assert segments("serve", *words).exit_code == 2


def test_a_port_that_cannot_be_is_refused(segments: Segments) -> None:
    """By the setting's name."""
    result = segments("serve", "--port", "70000")
    assert result.exit_code == 1
    assert "SEGMENTS_PORT" in result.stderr


def test_an_identity_provider_without_an_audience_is_refused(
    segments: Segments, setting: Callable[[str, str], None]
) -> None:
    """Else every token would be, and nobody would know why."""
    setting("OIDC_ISSUER", "https://identity.example")
    result = segments("serve")
    assert result.exit_code == 1
    assert "SEGMENTS_OIDC_AUDIENCE" in result.stderr
