"""`segments rebuild`: builds the read model beside the one that is read, and switches to it."""

from __future__ import annotations

import os
import re
import subprocess

import psycopg
import pytest

from projections.version import VERSION
from tests.acceptance.service import SEGMENTS
from tests.projections.rebuilt import projector
from tests.service.cli.conftest import Segments

SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read_model%' ORDER BY 1"


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as owner:
        return owner.execute(query.encode()).fetchall()


def change(url: str, statement: str) -> None:
    with psycopg.connect(url) as owner:
        owner.execute(statement.encode())


@pytest.fixture
def filled(on_site: Segments, database_url: str) -> Segments:
    """Commands on a site with content that somebody projected."""
    assert on_site("demo").exit_code == 0
    with projector(database_url) as live:
        live.catch_up()
    return on_site


def test_it_builds_compares_and_switches(filled: Segments, database_url: str) -> None:
    """Each table is named with its rows; how fast it was is told; the old one is kept."""
    result = filled("rebuild")
    assert result.exit_code == 0
    ((events,),) = rows(database_url, "SELECT count(*) FROM log.events_tt_main")
    lines = result.stdout.splitlines()
    assert re.fullmatch(rf"built from {events} events in [\d.]+ s: [\d,]+ events/s", lines[0])
    assert f"recorded_events\t{events}\t0" in lines
    assert all(line.endswith("\t0") for line in lines if "\t" in line)
    assert lines[-1] == f"switched, at position {events}"
    assert f"at position {events} of {events}" in result.stderr
    assert rows(database_url, SCHEMAS) == [("read_model",), ("read_model_previous",)]


def test_it_switches_back(filled: Segments, database_url: str) -> None:
    """To the very tables, and there again: as often as one likes."""
    oid = "SELECT 'read_model.segments'::regclass::oid"
    before = rows(database_url, oid)
    assert filled("rebuild").exit_code == 0
    between = rows(database_url, oid)
    result = filled("rebuild", "--back")
    assert result.exit_code == 0
    assert "switched back" in result.stdout
    assert rows(database_url, oid) == before
    assert filled("rebuild", "--back").exit_code == 0
    assert rows(database_url, oid) == between != before


def test_on_a_terminal_there_is_a_bar(filled: Segments, database_url: str) -> None:
    """Where in a pipe there are lines."""
    ours, theirs = os.openpty()
    environment = {"SEGMENTS_DATABASE_URL": database_url, "TERM": "xterm-256color"}
    words = [str(SEGMENTS), "rebuild"]
    subprocess.run(words, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "events" in shown
    assert "100%" in shown
    assert "at position" not in shown


def test_it_may_build_without_switching(filled: Segments, database_url: str) -> None:
    """What was built waits beside."""
    result = filled("rebuild", "--no-switch")
    assert result.exit_code == 0
    assert f"version {VERSION} is ready" in result.stdout
    assert rows(database_url, SCHEMAS) == [("read_model",), ("read_model_next",)]


def test_rows_that_differ_are_told_and_not_switched_to(filled: Segments, database_url: str) -> None:
    """Which, and in what, but not what is in them; one who knows better may switch all the same."""
    change(database_url, "UPDATE read_model.users SET first_name = 'Mallory' WHERE number = 1")
    change(database_url, "DELETE FROM read_model.recorded_events WHERE position = 2")
    result = filled("rebuild", "--switch")
    assert result.exit_code == 1
    assert "users: number 1: other first_name" in result.stderr
    assert "recorded_events: position 2: only in the new one" in result.stderr
    assert "Not switched" in result.stderr
    assert "Mallory" not in result.output
    assert rows(database_url, SCHEMAS) == [("read_model",), ("read_model_next",)]
    assert filled("rebuild", "--despite-differences").exit_code == 0
    assert rows(database_url, "SELECT * FROM read_model.users WHERE first_name = 'Mallory'") == []


def test_another_releases_read_model_is_switched_only_when_told(
    filled: Segments, database_url: str
) -> None:
    """It may be read by processes of that release."""
    change(database_url, "UPDATE read_model.progress SET version = version - 1")
    change(database_url, "ALTER TABLE read_model.recorded_types RENAME COLUMN topic TO kind")
    result = filled("rebuild")
    assert result.exit_code == 0
    assert "not switched" in result.stdout
    assert "recorded_types: other columns: without kind, with topic" in result.stderr
    version = "SELECT version FROM read_model.progress"
    assert rows(database_url, version) == [(VERSION - 1,)]
    assert filled("rebuild", "--switch").exit_code == 0
    assert rows(database_url, version) == [(VERSION,)]


def test_migrating_switches_to_what_was_built_beside(filled: Segments, database_url: str) -> None:
    """So the next release begins with lists that are complete."""
    ((count,),) = rows(database_url, "SELECT count(*) FROM read_model.segments")
    change(database_url, "UPDATE read_model.progress SET version = version - 1")
    assert filled("rebuild", "--no-switch").exit_code == 0
    assert filled("migrate").exit_code == 0
    assert rows(database_url, "SELECT count(*) FROM read_model.segments") == [(count,)]
    assert rows(database_url, "SELECT version, indexed FROM read_model.progress") == [
        (VERSION, True)
    ]
    assert rows(database_url, SCHEMAS) == [("read_model",), ("read_model_previous",)]


@pytest.mark.parametrize("built", ["version - 1", "version"])
def test_migrating_makes_an_empty_one_when_there_is_none_to_switch_to(
    filled: Segments, database_url: str, built: str
) -> None:
    """Neither to one of a third release, nor to one that is ahead of what is read."""
    change(database_url, "UPDATE read_model.progress SET version = version - 1")
    assert filled("rebuild", "--no-switch").exit_code == 0
    change(database_url, f"UPDATE read_model_next.progress SET version = {built}")
    change(database_url, "UPDATE read_model.progress SET position = 1")
    assert filled("migrate").exit_code == 0
    assert rows(database_url, "SELECT version, position FROM read_model.progress") == [(VERSION, 0)]


def test_one_cannot_switch_back_to_another_releases(filled: Segments, database_url: str) -> None:
    """Its own code can."""
    assert filled("rebuild").exit_code == 0
    change(database_url, "UPDATE read_model_previous.progress SET version = version - 1")
    result = filled("rebuild", "--back")
    assert result.exit_code == 1
    assert f"of version {VERSION - 1}, and this release reads version {VERSION}" in result.stderr


def test_one_cannot_switch_back_to_nothing(on_site: Segments) -> None:
    """It says so."""
    result = on_site("rebuild", "--back")
    assert result.exit_code == 1
    assert "no read_model_previous" in result.stderr


def test_a_site_that_nobody_projects_is_brought_up_to_date(
    on_site: Segments, database_url: str
) -> None:
    """What is read is compared with the whole log."""
    assert on_site("demo").exit_code == 0
    assert on_site("rebuild").exit_code == 0
    ((head,),) = rows(database_url, "SELECT max(id) FROM log.events_tt_main")
    assert rows(database_url, "SELECT position FROM read_model.progress") == [(head,)]


def test_an_empty_database_has_an_empty_read_model_rebuilt(on_empty: Segments) -> None:
    """Pending steps are taken first."""
    result = on_empty("rebuild")
    assert result.exit_code == 0
    assert "switched, at position 0" in result.stdout


def test_a_projection_that_there_is_not_is_refused(on_site: Segments) -> None:
    """With the names of those that there are."""
    result = on_site("rebuild", "--projection", "proofs")
    assert result.exit_code == 2
    assert "'site'" in result.stderr
