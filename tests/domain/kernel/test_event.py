"""Events and the catalogue that knows them by their stable names."""

from __future__ import annotations

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.event import Catalogue, Event
from domain.segments.events import SegmentArchived
from tests.domain.segments.facts import A, archived, created


class Listener:
    """Takes every fact into account by remembering it."""

    def __init__(self) -> None:
        self.heard: list[Event] = []

    def fold(self, event: Event) -> None:
        self.heard.append(event)


def test_no_two_events_have_one_name() -> None:
    """Else one of the two could not be read again."""
    with pytest.raises(ValueError, match=r"segment\.archived"):
        Catalogue([SegmentArchived, SegmentArchived])


def test_the_catalogue_lists_every_name_once_and_sorted() -> None:
    """For documents and checks that go through all of them."""
    assert CATALOGUE.topics() == sorted(set(CATALOGUE.topics()))
    assert CATALOGUE.topics()[:2] == ["members.added", "members.removed"]


def test_a_name_tells_the_thing_and_what_happened() -> None:
    """`segment.archived`: never a module path, so that code can be moved. A class leaves out the
    thing where that is clear without it."""
    assert CATALOGUE.by_topic
    for topic, event in CATALOGUE.by_topic.items():
        thing, happened = topic.split(".")
        assert f"{thing}{happened}".replace("_", "").endswith(event.__name__.lower())


def test_an_event_folds_into_whatever_takes_facts() -> None:
    """As the library's repository asks events to do it."""
    listener = Listener()
    assert archived(A, 2).mutate(listener) is listener
    assert listener.heard == [archived(A, 2)]


def test_the_fields_are_told_by_their_python_names() -> None:
    """As the library's own events tell theirs."""
    assert archived(A, 2).as_dict() == {"segment_id": A, "version": 2}


def test_an_event_does_not_change() -> None:
    """A fact stays what it is."""
    with pytest.raises(AttributeError):
        archived(A, 2).version = 3  # type: ignore[misc]


def test_facts_are_equal_when_they_say_the_same() -> None:
    """Whoever made them."""
    assert created(A) == created(A)
    assert created(A) != created(A, name="x")
