"""`segments token`: a development token, signed with the data directory's own key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from domain.kernel.clock import utc_now
from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import SignedIn, sign_in_for
from tests.service.cli.conftest import Segments


async def _signed_in(data_dir: Path, token: str) -> SignedIn:
    return await sign_in_for(Settings(data_dir=data_dir), b"key")(token.strip())


async def test_its_token_signs_in(segments: Segments, tmp_path: Path) -> None:
    """With those roles, for an hour, as the first role's stand-in."""
    roles = ["--role", "auditor", "--role", "training-manager"]
    result = segments("token", *roles, "--data", str(tmp_path / "data"))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    signed_in = await _signed_in(tmp_path / "data", result.stdout)
    assert signed_in.principal.roles == {Role.AUDITOR, Role.TRAINING_MANAGER}
    assert signed_in.principal.display_name == "Training Manager"
    left = signed_in.expires_at - utc_now()
    assert timedelta(minutes=59) < left <= timedelta(hours=1)


async def test_it_is_somebodys_for_as_long_as_told(segments: Segments, tmp_path: Path) -> None:
    """In the data directory of the settings, unless told otherwise."""
    words = ["--role", "learner", "--user", "ada", "--ttl", "90s"]
    signed_in = await _signed_in(tmp_path / ".data", segments("token", *words).stdout)
    assert signed_in.principal.display_name == "ada"
    assert signed_in.expires_at - utc_now() <= timedelta(seconds=90)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="no role"),
        pytest.param(["--role", "site_admin"], id="unknown role"),
        pytest.param(["--role", "auditor", "--ttl", "1"], id="time to live without unit"),
        pytest.param(["--role", "auditor", "--ttl", "0h"], id="no time to live"),
        pytest.param(["--role", "auditor", "--ttl", "-1h"], id="negative time to live"),
        pytest.param(["--role", "auditor", "--ttl", "soon"], id="time to live in words"),
    ],
)
def test_wrong_words_end_with_two(segments: Segments, words: list[str]) -> None:
    """No token is printed."""
    result = segments("token", *words)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_it_is_refused_when_an_identity_provider_is_configured(
    segments: Segments, setting: Callable[[str, str], None], tmp_path: Path
) -> None:
    """Its tokens are the only ones; no key is made."""
    setting("OIDC_ISSUER", "https://login.example.org")
    result = segments("token", "--role", "site-admin")
    assert result.exit_code == 1
    assert "identity provider" in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_it_is_refused_in_production(
    segments: Segments, setting: Callable[[str, str], None], tmp_path: Path
) -> None:
    """Nothing is served there without a provider, whose tokens are good alone; no key is made."""
    setting("ENVIRONMENT", "production")
    result = segments("token", "--role", "site-admin")
    assert result.exit_code == 1
    assert "SEGMENTS_OIDC_ISSUER" in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []
