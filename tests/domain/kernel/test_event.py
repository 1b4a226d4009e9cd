"""Events and the catalogue that knows them by their stable names."""

from __future__ import annotations

import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.event import Catalogue
from domain.segments.events import SegmentArchived
from tests.domain.segments.events import A, archived, created


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


def test_an_event_does_not_change() -> None:
    """An event stays what it is."""
    with pytest.raises(AttributeError):
        archived(A, 2).version = 3  # type: ignore[misc]


def test_events_are_equal_when_they_say_the_same() -> None:
    """Whoever made them."""
    assert created(A) == created(A)
    assert created(A) != created(A, name="x")
