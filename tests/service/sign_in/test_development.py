"""Development tokens: the data directory's own."""

from __future__ import annotations

import multiprocessing
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import (
    NotSignedIn,
    SignInConfigured,
    issue_development_token,
    sign_in_for,
)
from service.sign_in.development import DevelopmentSignIn, issue, signing_key
from service.sign_in.remembered import Remembered
from service.sign_in.session import SignedIn

HOUR = timedelta(hours=1)


def made(data_dir: Path) -> bytes:
    """The key that a process ends up with."""
    return signing_key(data_dir).as_pem(private=True)


async def test_a_token_of_the_same_directory_signs_in(tmp_path: Path) -> None:
    """As the role's stand-in, or as the user that is named; ids never hold names."""
    settings = Settings(data_dir=tmp_path)
    sign_in = sign_in_for(settings, b"key")
    admin = await sign_in(issue_development_token(settings, [Role.SITE_ADMIN], None, HOUR))
    assert admin.principal.display_name == "Site Admin"
    assert admin.principal.roles == {Role.SITE_ADMIN}
    both = [Role.LEARNER, Role.AUDITOR]
    eve = await sign_in(issue_development_token(settings, both, "eve", HOUR))
    assert eve.principal.display_name == "eve"
    assert eve.principal.roles == set(both)
    assert "eve" not in eve.principal.id
    assert eve.principal.id != admin.principal.id


async def test_another_directory_s_token_does_not(tmp_path: Path) -> None:
    """Nor one that was changed, nor one that has expired."""
    here, elsewhere = Settings(data_dir=tmp_path / "a"), Settings(data_dir=tmp_path / "b")
    sign_in = sign_in_for(here, b"key")
    with pytest.raises(NotSignedIn):
        await sign_in(issue_development_token(elsewhere, [Role.AUDITOR], None, HOUR))
    good = issue_development_token(here, [Role.AUDITOR], None, HOUR)
    with pytest.raises(NotSignedIn):
        await sign_in(good[:-6] + "AAAAAA")
    old = issue(signing_key(tmp_path / "a"), [], None, HOUR, datetime.now(UTC) - 2 * HOUR)
    with pytest.raises(NotSignedIn, match="expired"):
        await sign_in(old)


def test_with_an_identity_provider_there_are_none(tmp_path: Path) -> None:
    """Its tokens are the only ones."""
    settings = Settings(data_dir=tmp_path, oidc_issuer="https://identity.example")
    with pytest.raises(SignInConfigured):
        issue_development_token(settings, [Role.SITE_ADMIN], None, HOUR)


def test_the_key_is_its_owner_s_alone(tmp_path: Path) -> None:
    """File and folder, both."""
    signing_key(tmp_path)
    file = tmp_path / "keys" / "token-signing.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [f.name for f in file.parent.iterdir()] == [file.name]


def test_processes_that_make_it_at_once_agree(tmp_path: Path) -> None:
    """One wins, and all use that one's."""
    with multiprocessing.get_context("spawn").Pool(4) as processes:
        keys = processes.map(made, [tmp_path] * 8, chunksize=1)
    assert len(set(keys)) == 1


async def test_a_token_is_remembered_until_its_end_and_no_longer(tmp_path: Path) -> None:
    """Checked once while it is good; after its end it is checked again, and refused."""
    now = [datetime.now(UTC)]
    asked = 0
    inner = DevelopmentSignIn(signing_key(tmp_path), b"key", clock=lambda: now[0])

    async def counted(token: str) -> SignedIn:
        nonlocal asked
        asked += 1
        return await inner(token)

    sign_in = Remembered(counted, clock=lambda: now[0])
    token = issue(signing_key(tmp_path), [Role.LEARNER], None, HOUR, now[0])
    await sign_in(token)
    await sign_in(token)
    assert asked == 1
    now[0] += HOUR + timedelta(minutes=1)
    with pytest.raises(NotSignedIn, match="expired"):
        await sign_in(token)
    assert asked == 2


async def test_only_so_many_tokens_are_remembered(tmp_path: Path) -> None:
    """The least recently used go first."""
    inner = DevelopmentSignIn(signing_key(tmp_path), b"key")
    sign_in = Remembered(inner, most=2)
    tokens = [
        issue(signing_key(tmp_path), [Role.LEARNER], f"user{n}", HOUR, datetime.now(UTC))
        for n in range(3)
    ]
    for token in tokens:
        await sign_in(token)
    assert len(sign_in._known) == 2
