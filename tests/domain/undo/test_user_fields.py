"""Undoing edits of people field by field; a name that is another's by now stays theirs."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from domain.kernel.event import Event
from domain.people.person import Person
from tests.domain.given import Given
from tests.domain.people.events import ANN, BO, added, altered, erased, person
from tests.domain.undo.commands import did, undo

WAS, OTHER = person("ann", code="a-1"), person("bo", code="b-1")
EMAIL = "ann@example.test"

AGAIN = {
    "username": (("ann", "anna", "hanna"), "It changed the username again."),
    "email": ((EMAIL, "b@x.test", "c@x.test"), "It changed the e-mail address again."),
    "first_name": (("Ann", "Anna", "Hanna"), "It changed the first name again."),
    "last_name": (("Smith", "Jones", "Miller"), "It changed the last name again."),
    "code": (("a-1", "a-2", None), "It changed the code again."),
}

TAKEN = {
    "username": (("ann", "anna"), "It took the username that they had: it is another's."),
    "email": ((EMAIL, "b@x.test"), "It took the email that they had: it is another's."),
    "code": (("a-1", None), "It took the code that they had: it is another's."),
}


@pytest.mark.parametrize("field", AGAIN)
def test_what_was_changed_again_stays(given: Given, field: str) -> None:
    """What nobody has touched since is as it was."""
    (first, second, third), reason = AGAIN[field]
    other, pair = (
        ("code", ("a-1", "b-1")) if field == "first_name" else ("first_name", ("Ann", "A"))
    )
    changed = _be(WAS, **{field: second, other: pair[1]})
    story = did(given(added(ANN, WAS)), altered(ANN, 2, WAS, **{field: second, other: pair[1]}))
    again = altered(ANN, 3, changed, **{field: third})
    now = _be(WAS, **{field: third, other: pair[1]})
    undone = undo(story.and_then(again)).with_conflicts((again, reason))
    undone.then(altered(ANN, 4, now, **{other: pair[0]}))
    assert first == getattr(WAS, field)


@pytest.mark.parametrize("field", TAKEN)
@pytest.mark.parametrize("by", ["a creation", "an edit"])
def test_what_is_anothers_by_now_stays_theirs(given: Given, field: str, by: str) -> None:
    """The event by which it was taken is told; the other fields are undone."""
    (had, gave), reason = TAKEN[field]
    edit = altered(ANN, 2, WAS, **{field: gave, "last_name": "Jones"})
    story = did(given(added(ANN, WAS)), edit)
    ways: dict[str, list[Event]] = {
        "a creation": [added(BO, _be(OTHER, **{field: had}))],
        "an edit": [added(BO, OTHER), altered(BO, 2, OTHER, **{field: had})],
    }
    taking = ways[by][-1]
    story.and_then(*ways[by])
    now = _be(WAS, **{field: gave, "last_name": "Jones"})
    undone = undo(story).with_conflicts((taking, reason))
    undone.then(altered(ANN, 3, now, last_name="Smith"))


@pytest.mark.parametrize("field", TAKEN)
def test_what_came_and_went_is_taken_back(given: Given, field: str) -> None:
    """Who had it in between was erased."""
    (had, gave), _ = TAKEN[field]
    between = _be(OTHER, **{field: had})
    story = did(given(added(ANN, WAS)), altered(ANN, 2, WAS, **{field: gave}))
    story.and_then(added(BO, between), erased(BO, 2, between))
    now = _be(WAS, **{field: gave})
    undo(story).then(altered(ANN, 3, now, **{field: had}))


def _be(who: Person, **fields: Any) -> Person:
    """Somebody after an edit."""
    return msgspec.structs.replace(who, **fields)
