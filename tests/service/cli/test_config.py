"""`segments config`: every setting, its value and where it came from; secrets masked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from service.settings import MASK, Settings, env_example
from tests.service.cli.conftest import Segments

SECRETS = ("hunter2", "open-sesame")


def _rows(output: str) -> dict[str, list[str]]:
    return {name: rest for name, *rest in (line.split("\t") for line in output.splitlines())}


def test_every_setting_is_shown(segments: Segments) -> None:
    """With its default."""
    result = segments("config")
    assert result.exit_code == 0
    rows = _rows(result.stdout)
    assert list(rows) == [f"SEGMENTS_{name.upper()}" for name in Settings.model_fields]
    assert rows["SEGMENTS_PORT"] == ["8000", "default"]


def test_it_tells_where_each_came_from(
    segments: Segments, setting: Callable[[str, str], None], tmp_path: Path
) -> None:
    """The environment wins over the file."""
    (tmp_path / ".env").write_text("SEGMENTS_PORT=9000\nSEGMENTS_HOST=0.0.0.0\n")
    setting("PORT", "9001")
    rows = _rows(segments("config").stdout)
    assert rows["SEGMENTS_PORT"] == ["9001", "environment"]
    assert rows["SEGMENTS_HOST"] == ["0.0.0.0", ".env file"]


def test_secrets_are_masked(segments: Segments, setting: Callable[[str, str], None]) -> None:
    """Passwords in URLs, however they are written, and tokens."""
    setting("DATABASE_URL", "postgresql://ada:hunter2@db.example.org/segments")
    setting("READ_DATABASE_URL", "postgresql://db.example.org/segments?password=hunter2")
    setting("OWNER_DATABASE_URL", "host=db.example.org user=ada password='hunter2'")
    setting("METRICS_TOKEN", "open-sesame")
    output = segments("config").output
    assert [secret for secret in SECRETS if secret in output] == []
    rows = _rows(output)
    assert rows["SEGMENTS_DATABASE_URL"][0] == f"postgresql://ada:{MASK}@db.example.org/segments"
    assert rows["SEGMENTS_METRICS_TOKEN"][0] == MASK


def test_an_example_for_the_env_file(segments: Segments) -> None:
    """It can be used as it is."""
    result = segments("config", "--example")
    assert result.stdout == env_example()
    assert result.exit_code == 0
