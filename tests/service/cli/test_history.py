"""`segments history`: one segment's story, or its state at a moment."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from projections.engine.position import ReadModelPosition
from projections.engine.schema import READ_MODEL
from service.cli import history
from service.settings import Settings
from service.site import open_site
from tests.graph.client import GraphClient, TickingClock
from tests.graph.principals import TRAINER
from tests.service.cli.conftest import Segments


@pytest.fixture
def segment(database_url: str, tmp_path: Path) -> str:
    """The id of one that was created, renamed and deleted; its code is another's now."""

    async def tell() -> str:
        settings = Settings(data_dir=tmp_path, command_threads=2, read_pool=2)
        async with open_site(settings, database_url, clock=TickingClock()) as site:
            ask = GraphClient(site)
            created = await ask.create("Sales", code="sales", description="Zwölf\nBoxkämpfer")
            ref = {"segment": {"id": created["id"]}}
            await ask.done("updateUserSegment", {**ref, "name": "Sales Team"}, by=TRAINER)
            await ask.done("deleteUserSegment", {**ref, "reason": "Closed."})
            await ask.create("Other", code="SALES")
            return str(created["id"])

    return asyncio.run(tell())


def _objects(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_the_story_is_a_line_for_each_event(on_site: Segments, segment: str) -> None:
    """Position, time, a sentence, and the reason when one was given."""
    result = on_site("history", segment)
    assert result.exit_code == 0
    lines = [line.split(maxsplit=2) for line in result.stdout.splitlines()]
    assert [(position, told) for position, _, told in lines] == [
        ("1", "Site Admin created the segment “Sales” with the ID “sales”."),
        ("2", "Training Manager renamed the segment from “Sales” to “Sales Team”."),
        ("3", "Site Admin deleted the segment “Sales Team”.  Reason: Closed."),
    ]
    times = [time for _, time, _ in lines]
    assert times == sorted(times)
    assert all(time.startswith("2026-03-01T12:00:") for time in times)


def test_as_json_lines_each_event_is_whole(
    on_site: Segments, segment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its envelope and its own fields, readable; page by page to the end."""
    monkeypatch.setattr(history, "PAGE", 2)
    result = on_site("history", segment, "--format", "jsonl")
    events = _objects(result.stdout)
    assert [event["id"] for event in events] == ["event_1", "event_2", "event_3"]
    assert [event["type"] for event in events] == [
        "segment.created",
        "segment.edited",
        "segment.deleted",
    ]
    assert events[0]["data"]["description"] == "Zwölf\nBoxkämpfer"
    assert events[1]["envelope"]["actor"]["id"] == TRAINER.id
    assert events[2]["envelope"]["reason"] == "Closed."
    assert "Zwölf" in result.stdout


def test_a_code_is_its_present_holders(on_site: Segments, segment: str) -> None:
    """In any spelling; at a moment it was its holder's then."""
    (event,) = _objects(on_site("history", " Sales ", "--format", "jsonl").stdout)
    assert event["data"]["name"] == "Other"
    then = on_site("history", "sales", "--at", "2", "--format", "jsonl")
    assert _objects(then.stdout)[0]["id"] == segment


def test_the_state_at_a_position(on_site: Segments, segment: str) -> None:
    """All its fields, a line each, or one JSON object."""
    (state,) = _objects(on_site("history", segment, "--at", "2", "--format", "jsonl").stdout)
    assert state["id"] == segment
    assert (state["name"], state["version"], state["status"]) == ("Sales Team", 2, "active")
    assert (state["position"], state["memberCount"]) == (2, 0)
    lines = on_site("history", segment, "--at", "1").stdout
    assert f"id           {segment}" in lines
    assert "name         Sales\n" in lines


def test_the_state_at_a_time(on_site: Segments, segment: str) -> None:
    """At the last position up to it."""
    events = _objects(on_site("history", segment, "--format", "jsonl").stdout)
    at = events[1]["envelope"]["recordedAt"]
    (state,) = _objects(on_site("history", segment, "--at", at, "--format", "jsonl").stdout)
    assert (state["position"], state["name"]) == (2, "Sales Team")
    offset = at.replace("Z", "+00:00")
    (same,) = _objects(on_site("history", segment, "--at", offset, "--format", "jsonl").stdout)
    assert same == state


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["unknown"], "no such segment", id="unknown code"),
        pytest.param(
            ["segment_019ca9450de877e0bc6b8398cda33856"], "no such segment", id="unknown id"
        ),
        pytest.param(["nul\0"], "no such segment", id="code with NUL"),
        pytest.param(
            ["sales", "--at", "0"],
            "At position 0 there was no such segment",
            id="at the start of the log",
        ),
        pytest.param(
            ["sales", "--at", "3"], "At position 3 there was no such segment", id="at its deletion"
        ),
        pytest.param(
            ["sales", "--at", "2020-01-01T00:00:00Z"],
            "At position 0 there was no such segment",
            id="before the log began",
        ),
        pytest.param(
            ["sales", "--at", "5"], "The log ends at position 4", id="after the end of the log"
        ),
        pytest.param(
            ["sales", "--at", "9" * 30], "The log ends at position 4", id="position too large"
        ),
    ],
)
def test_what_is_not_there_ends_with_one(
    on_site: Segments, segment: str, words: list[str], told: str
) -> None:
    """It says what is missing."""
    assert segment
    result = on_site("history", *words)
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("at", ["yesterday", "2026-03-01", "-1", "1.5", "٣x"])
def test_a_moment_that_is_none_ends_with_two(on_site: Segments, at: str) -> None:
    """It says what one looks like."""
    result = on_site("history", "sales", "--at", at)
    assert result.exit_code == 2
    assert "2026-03-01T12:00:00Z" in result.stderr


@pytest.fixture
def idle_projector(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One that holds the lock and does nothing; and nobody waits long for it."""
    monkeypatch.setattr(ReadModelPosition.wait_for, "__defaults__", (0.05,))
    with psycopg.connect(database_url, autocommit=True) as holder:
        lock = "SELECT pg_advisory_lock(hashtext('user segments'), hashtext(%s))"
        holder.execute(lock, [READ_MODEL])
        holder.execute("UPDATE read_model.progress SET position = 0")
        yield


@pytest.mark.usefixtures("segment", "idle_projector")
def test_a_late_read_model_is_told(on_site: Segments) -> None:
    """It does not print half a story."""
    result = on_site("history", "sales")
    assert result.exit_code == 1
    assert "The read model is at position 0, not yet at 4." in result.stderr
    assert result.stdout == ""


def test_reading_it_is_noted(on_site: Segments, segment: str, database_url: str) -> None:
    """As the system's doing: who has a shell on the machine does not sign in. Whatever names the
    segment, its id is kept.
    """
    assert on_site("history", segment).exit_code == 0
    story = on_site("history", "sales", "--format", "jsonl")
    (created,) = _objects(story.stdout)
    with psycopg.connect(database_url) as connection:
        query = "SELECT actor, operation, about, channel, outcome FROM access.entries"
        rows = connection.execute(query).fetchall()
    assert rows == [
        ("system", "history", {"segment": identifier}, "CLI", "ALLOWED")
        for identifier in (segment, created["data"]["segmentId"])
    ]
