"""The reference leaves nothing out, and its tables are as the code has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import typer
from starlette.routing import Route

from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Envelope
from domain.kernel.rejections import RejectionCode
from graph.objects.user_errors import ErrorCode
from graph.support.errors import QueryErrorCode
from service.cli import app
from service.http.app import application
from service.settings import PREFIX, Settings
from tests.docs.pages import name_of, text_of
from tests.docs.reference import FOLDER, PARTS, parts_of, written

SETTINGS = text_of("docs/reference/settings.md")
COMMAND_LINE = text_of("docs/reference/command-line.md")
EVENTS = text_of("docs/reference/events.md")
ERRORS = text_of("docs/reference/errors.md")
HTTP = text_of("docs/reference/http.md")

RENEW = "run `python -m tests.docs.reference` and commit what changed"


@pytest.mark.parametrize("page", sorted(FOLDER.glob("*.md")), ids=name_of)
def test_tables_are_as_the_code_has_them(page: Path) -> None:
    """To the letter."""
    text = page.read_text(encoding="utf-8")
    assert written(text) == text, RENEW


def test_every_table_that_the_code_can_write_stands_somewhere() -> None:
    """Once."""
    found = [name for page in FOLDER.glob("*.md") for name in parts_of(page.read_text())]
    assert sorted(found) == sorted(PARTS)


def test_an_outdated_table_is_written_anew() -> None:
    """What stands around it stays."""
    page = "Before.\n<!-- from the code: settings -->\nold\n<!-- end -->\nAfter.\n"
    renewed = written(page)
    assert "old" not in renewed
    assert renewed.startswith("Before.\n")
    assert renewed.endswith("\nAfter.\n")
    assert f"`{PREFIX}PORT`" in renewed


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_told(name: str) -> None:
    """By its variable, with what it is."""
    variable = f"`{PREFIX}{name.upper()}`"
    assert variable in SETTINGS
    assert Settings.model_fields[name].description


def commands(command: Any, path: str = "segments") -> Iterator[tuple[str, Any]]:
    """Every command that does something, by its words."""
    inner = getattr(command, "commands", {})
    if not inner:
        yield path, command
    for name, one in inner.items():
        yield from commands(one, f"{path} {name}")


EVERY_COMMAND = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", EVERY_COMMAND)
def test_every_command_is_told_with_its_options(path: str) -> None:
    """Each option under the command's own heading, with what it is."""
    parted = COMMAND_LINE.split(f"### `{path}`\n")
    assert len(parted) == 2, f"{path} is told {len(parted) - 1} times"
    section = parted[1].split("\n#")[0]
    for parameter in EVERY_COMMAND[path].params:
        assert parameter.help, f"{path} {parameter.name} has no help"
        for option in parameter.opts:
            assert f"`{option}`" in section or f"`{option.upper()}`" in section


@pytest.mark.parametrize("event", CATALOGUE.by_topic.values(), ids=lambda event: event.TOPIC)
def test_every_event_is_told_with_its_fields(event: Any) -> None:
    """Under its own heading, with its schema version."""
    parted = EVENTS.split(f"### `{event.TOPIC}`\n")
    assert len(parted) == 2
    section = parted[1].split("\n#")[0]
    assert f"Schema version {event.SCHEMA_VERSION}." in section
    for field in event.__struct_encode_fields__:
        assert f"| `{field}` |" in section


def test_the_envelope_is_told_and_shown() -> None:
    """The example of a stored event has every field."""
    shown = re.search(r"^\{\"envelope\":.*$", EVENTS, re.MULTILINE)
    assert shown is not None
    stored = msgspec.json.decode(shown[0])
    for field in Envelope.__struct_encode_fields__:
        assert f"| `{field}` |" in EVENTS
        assert field in stored["envelope"]


def test_the_example_of_a_stored_event_is_canonical() -> None:
    """As the log has it: sorted keys, no blanks, and an event of today's shape."""
    shown = re.search(r"^\{\"envelope\":.*$", EVENTS, re.MULTILINE)
    assert shown is not None
    stored = msgspec.json.decode(shown[0])
    assert msgspec.json.encode(stored, order="sorted").decode() == shown[0]
    event = msgspec.convert(stored["fact"], CATALOGUE.by_topic["segment.created"])
    envelope = msgspec.convert(stored["envelope"], Envelope)
    assert (event.TOPIC, envelope.schema_version) == ("segment.created", event.SCHEMA_VERSION)


@pytest.mark.parametrize("code", QueryErrorCode)
def test_every_code_of_a_query_is_told(code: QueryErrorCode) -> None:
    """In the table of questions that cannot be answered."""
    section = ERRORS.split("## Queries that cannot be answered")[1].split("\n## ")[0]
    assert f"| `{code.value}` |" in section


def test_every_code_of_a_refusal_is_told() -> None:
    """Those that commands answer with in the table, the schema's others as yet to come."""
    section = ERRORS.split("## Rejections")[1].split("\n## ")[0]
    tabled = set(re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE))
    later = set(re.findall(r"`([A-Z_]+)`", section.split("yet to come")[1]))
    assert tabled == {code.value for code in RejectionCode}
    assert later == {code.value for code in ErrorCode} - tabled


ROUTES = [route for route in application(Settings()).routes if isinstance(route, Route)]
PATHS = [re.sub(r":\w+}", "}", route.path) for route in ROUTES]


@pytest.mark.parametrize("path", PATHS)
def test_every_path_is_told(path: str) -> None:
    """With its method."""
    assert re.search(rf"^\| `(GET|POST) {re.escape(path)}` \|", HTTP, re.MULTILINE)
