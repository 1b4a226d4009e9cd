"""`segments serve`: what it refuses before it serves."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service.cli.serve import OTHER_FILES, _allow_connections, _greet
from service.http.protocols.http import MAX_CONNECTIONS
from service.settings import NEEDED_IN_PRODUCTION, Settings
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


def test_development_is_refused_on_an_address_that_others_reach(
    segments: Segments, tmp_path: Path
) -> None:
    """Before anything is made; it names the address, and the settings that change it."""
    result = segments("serve", "--host", "0.0.0.0", "--data", str(tmp_path / "data"))
    assert result.exit_code == 1
    assert "'0.0.0.0'" in result.stderr
    assert "SEGMENTS_ENVIRONMENT=production" in result.stderr
    assert "SEGMENTS_ALLOW_REMOTE_DEVELOPMENT=true" in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "words",
    [["--port", "http"], ["--workers", "0"], ["--workers", "two"], ["--demo", "yes"]],
    ids=" ".join,
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


@pytest.mark.parametrize(
    ("host", "address", "warned"),
    [
        ("127.0.0.1", "http://127.0.0.1:8001/", False),
        ("localhost", "http://localhost:8001/", False),
        ("::1", "http://[::1]:8001/", False),
        ("0.0.0.0", "http://0.0.0.0:8001/", True),
        ("segments.example", "http://segments.example:8001/", True),
    ],
)
def test_it_says_where_to_go_and_how_to_sign_in(
    host: str, address: str, warned: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """And warns who lets others reach a service on which everybody is whom they like."""
    _greet(Settings(host=host, port=8001, data_dir=Path("elsewhere")))
    told = capsys.readouterr().err
    assert f"serves on {address}\n" in told
    assert "as one of four people" in told
    assert "segments token --role site-admin --data elsewhere" in told
    assert ("everybody who reaches this port" in told) is warned


def test_with_a_provider_people_sign_in_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is offered a token that would be refused."""
    _greet(Settings(host="0.0.0.0", oidc_issuer="https://identity.example"))
    told = capsys.readouterr().err
    assert "with the identity provider" in told
    assert "segments token" not in told
    assert "everybody" not in told


@pytest.mark.parametrize(
    ("hard", "wanted"),
    [(1_000_000, MAX_CONNECTIONS + OTHER_FILES), (2_000, 2_000), (-1, 5_000)],
    ids=["enough", "less", "no-limit"],
)
def test_there_are_files_for_all_connections(
    monkeypatch: pytest.MonkeyPatch, hard: int, wanted: int
) -> None:
    """As many as the system lets it have; a limit that is high enough stays."""
    limits = [(1_024, hard)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, said: limits.append(said))
    for _ in range(2):
        _allow_connections()
        assert limits == [(1_024, hard), (wanted, hard)]
