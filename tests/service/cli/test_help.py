"""The command line as a whole: what there is, and how it ends."""

from __future__ import annotations

import subprocess

import pytest

from tests.acceptance.service import SEGMENTS
from tests.service.cli.conftest import Segments

COMMANDS = [
    "serve",
    "migrate",
    "rebuild",
    "token",
    "upload",
    "history",
    "export",
    "verify",
    "status",
    "schema",
    "demo",
    "config",
]
WORDS = [[], *([command] for command in COMMANDS), ["schema", "export"], ["schema", "diff"]]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_each_command_has_help(segments: Segments, words: list[str]) -> None:
    """It says how it is used, and ends well."""
    result = segments(*words, "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.stdout
    assert " ".join(words) in result.stdout


def test_help_lists_every_command_and_what_exit_codes_mean(segments: Segments) -> None:
    """So does calling it without a word."""
    told = segments("--help").stdout
    assert [command for command in COMMANDS if f" {command} " not in told] == []
    assert "Exit codes: 0 done, 1 it could not be done" in told
    assert "Usage: " in segments().output


@pytest.mark.parametrize(
    "words",
    [["unknown"], ["status", "--unknown"], ["schema", "unknown"], ["history"]],
    ids=" ".join,
)
def test_wrong_words_end_with_two(segments: Segments, words: list[str]) -> None:
    """On standard error."""
    result = segments(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: " in result.stderr


def test_a_setting_that_cannot_be_is_told_by_its_name(
    segments: Segments, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each that is wrong, without what it was set to."""
    monkeypatch.setenv("SEGMENTS_PORT", "secret-1")
    monkeypatch.setenv("SEGMENTS_ENVIRONMENT", "secret-2")
    result = segments("config")
    assert result.exit_code == 1
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "SEGMENTS_PORT",
        "SEGMENTS_ENVIRONMENT",
    ]
    assert "secret" not in result.output


@pytest.mark.parametrize("command", ["migrate", "status", "history x", "demo", "serve"])
def test_a_database_that_is_not_there_is_told_in_a_sentence(
    segments: Segments, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """By every command that needs it; it ends with one."""
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    monkeypatch.setenv("SEGMENTS_DATABASE_URL", url)
    result = segments(*command.split())
    assert result.exit_code == 1
    assert "127.0.0.1" in result.stderr
    assert result.stdout == ""


def test_in_a_pipe_there_is_no_colour(database_url: str) -> None:
    """Nor a table; the executable ends with the command's own code."""
    environment = {"SEGMENTS_DATABASE_URL": database_url, "TERM": "xterm-256color"}
    words = [str(SEGMENTS), "status"]
    result = subprocess.run(words, capture_output=True, text=True, env=environment, check=True)
    assert result.stdout.splitlines()[0] == "migrations\tup to date"
    assert "\x1b" not in result.stdout
