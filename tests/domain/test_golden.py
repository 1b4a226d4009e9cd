"""Every event that was ever stored is read for ever: see golden/__init__.py."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.envelope import Envelope
from domain.kernel.event import Event
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.memberships.resolved_users import ResolvedUsers
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.state import User, user_of
from domain.people.state import evolve as evolve_user
from domain.segments.state import Segment, evolve, segment_of
from tests.domain.golden import lines
from tests.domain.golden.__main__ import main
from tests.domain.golden.examples import examples
from tests.domain.golden.lines import MAPPER, Golden, golden_of
from tests.domain.golden.shapes import shape_of
from tests.domain.segments.events import A, archived

LINES = [line.golden for line in lines.read()]
NUMBERED = [pytest.param(golden, id=f"line {n}") for n, golden in enumerate(LINES, start=1)]
TODAY = [
    pytest.param(*example, id=f"example {n} {example[0].TOPIC}")
    for n, example in enumerate(examples(), start=1)
]
EVENTS = [pytest.param(event, id=topic) for topic, event in CATALOGUE.by_topic.items()]

HOW_TO_ADD = (
    "Put an example into tests/domain/golden/examples.py, run `python -m tests.domain.golden --add`"
    " and commit the new lines. When fields of an event that is stored already have changed, first"
    " raise its SCHEMA_VERSION and bring an upcaster."
)


def _recorded(golden: Golden, position: int = 1) -> RecordedEvent:
    return MAPPER.to_recorded(golden.topic, golden.stored.encode(), golden.tags, position)


@pytest.mark.parametrize("golden", NUMBERED)
def test_every_line_can_still_be_read(golden: Golden) -> None:
    """Whatever the version at which it was stored, it is an event of today's class now."""
    recorded = _recorded(golden)
    assert type(recorded.event) is CATALOGUE.by_topic[golden.topic]
    assert recorded.envelope.schema_version == golden.schema_version


def test_every_line_still_folds() -> None:
    """The file is a log: each event is one more version of the segment or user that it is about, or
    changes who is in a segment.
    """
    things: dict[str, Segment | User | None] = {}
    known = ResolvedUsers(UserKey.ID, IdentifierHasher(b"key"))
    for position, golden in enumerate(LINES, start=1):
        event = _recorded(golden, position).event
        if isinstance(event, MembersAdded | MembersRemoved):
            known.apply(event, lambda _: False)
            is_in = isinstance(event, MembersAdded)
            assert all((user in known.members) is is_in for user in event.user_ids)
            continue
        key = user_of(event) or segment_of(event)
        after = things[key] = _after(things.get(key), event)
        assert after is not None, f"line {position}: no fold takes {golden.topic}"
        assert after.version == getattr(event, "version", None), f"line {position}"


def _after(thing: Segment | User | None, event: Event) -> Segment | User | None:
    if user_of(event):
        return evolve_user(thing if isinstance(thing, User) else None, event)
    return evolve(thing if isinstance(thing, Segment) else None, event)


@pytest.mark.parametrize("golden", NUMBERED)
def test_what_is_read_is_stored_as_the_same_bytes(golden: Golden) -> None:
    """Proofs are about bytes. (Of an older shape there are no writers any more.)"""
    recorded = _recorded(golden)
    today = golden_of(recorded.event, recorded.envelope, list(recorded.tags))
    old = (today.schema_version, today.envelope) != (golden.schema_version, golden.envelope)
    assert old or today == golden


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_in_the_file_as_it_is_today(event: type[Event]) -> None:
    """Its TOPIC, version and fields: whoever changes one of them meets this."""
    today = (event.TOPIC, event.SCHEMA_VERSION, shape_of(event))
    assert today in [(g.topic, g.schema_version, g.fact) for g in LINES], HOW_TO_ADD


@pytest.mark.parametrize("event", EVENTS)
def test_every_version_is_in_the_file_in_one_shape(event: type[Event]) -> None:
    """A change of the fields is a new version, and no version is ever forgotten."""
    shapes = [(g.schema_version, g.fact) for g in LINES if g.topic == event.TOPIC]
    versions = [version for n, (version, _) in enumerate(shapes) if shapes.index(shapes[n]) == n]
    assert sorted(versions) == list(range(1, event.SCHEMA_VERSION + 1)), HOW_TO_ADD


def test_the_envelope_is_in_the_file_as_it_is_today() -> None:
    """With every event: its names are as lasting as those of the facts."""
    today = [golden.topic for golden in LINES if golden.envelope == shape_of(Envelope)]
    assert set(today) == set(CATALOGUE.topics()), HOW_TO_ADD


@pytest.mark.parametrize(("event", "envelope", "tags"), TODAY)
def test_every_example_is_in_the_file(event: Event, envelope: Envelope, tags: list[str]) -> None:
    """What today's code stores of it is what stands there, to the byte."""
    assert golden_of(event, envelope, tags) in LINES, HOW_TO_ADD


def test_every_topic_of_the_file_is_known() -> None:
    """An event that was stored once cannot leave the catalogue."""
    assert {golden.topic for golden in LINES} <= set(CATALOGUE.topics())


# ---------------------------------------------------------------- the file itself


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the golden file, for trying things."""
    copy = tmp_path / "events.jsonl"
    copy.write_bytes(lines.FILE.read_bytes())
    monkeypatch.setattr(lines, "FILE", copy)
    return copy


def test_no_line_was_changed_or_taken_out() -> None:
    """Each line holds the digest of the one before."""
    assert lines.broken_links() == []


def test_a_changed_line_shows(file: Path) -> None:
    """At the line after it; so does one that was taken out."""
    text = file.read_text()
    file.write_text(text.replace("command-2", "command-0", 1))
    assert lines.broken_links() == [3]
    file.write_text("".join(line for n, line in enumerate(text.splitlines(True)) if n != 1))
    assert lines.broken_links() == [2]


def test_adding_only_ever_adds(file: Path) -> None:
    """What is new goes to the end, linked to what was there; a second time there is nothing."""
    before = file.read_bytes()
    envelope = msgspec.structs.replace(examples()[0][1], command_id="new")
    new = golden_of(archived(A, 2), envelope, [f"segment:{A}"])
    assert lines.add([LINES[0], new]) == 1
    assert lines.add([LINES[0], new]) == 0
    assert file.read_bytes().startswith(before)
    assert lines.read()[-1].golden == new
    assert lines.broken_links() == []


def test_a_file_can_be_begun(file: Path) -> None:
    """All examples, from nothing, are the file as it was begun."""
    file.unlink()
    assert main(["--add"]) is None
    assert [line.golden for line in lines.read()] == [golden_of(*e) for e in examples()]
    assert lines.broken_links() == []


def test_other_fields_need_another_version(file: Path) -> None:
    """Adding refuses, and leaves the file as it was."""
    before = file.read_bytes()
    changed = msgspec.structs.replace(LINES[0], fact={**LINES[0].fact, "colour": "str"})
    with pytest.raises(ValueError, match="raise its SCHEMA_VERSION"):
        lines.add([changed])
    assert file.read_bytes() == before


def test_nothing_is_added_by_accident(file: Path) -> None:
    """Only --add adds."""
    before = file.read_bytes()
    assert "--add" in (main([]) or "")
    assert file.read_bytes() == before


def test_a_shape_is_told_in_a_few_words() -> None:
    """Names as in JSON; what may be null; the choices of an enumeration; what is inside."""
    assert shape_of(CATALOGUE.by_topic["segment.edited"])["code"] == (
        "{before: str | none, after: str | none} | none"
    )
    assert shape_of(CATALOGUE.by_topic["segment.created"])["source"] == (
        "one of manual rule sync upload"
    )
    assert shape_of(Envelope)["actor"] == (
        "{id: str, kind: one of service system user,"
        " roles: [one of auditor learner site-admin training-manager]}"
    )
