"""Every kind of event is undone by its opposite, and that by the event again."""

from __future__ import annotations

import pytest

from domain.catalogue import CATALOGUE
from domain.undo.opposites import OPPOSITES, Irreversible
from tests.domain.given import Given
from tests.domain.undo.cases import CASES, Case
from tests.domain.undo.commands import did, site_of, undo

ROUNDS = ("undo-1", "undo-2", "undo-3", "undo-4")
REVERSIBLE = [case for case in CASES if case.opposite]


def topic(case: Case) -> str:
    """What the case is called."""
    return case.done.TOPIC


def test_there_is_a_case_of_every_event() -> None:
    """A new event gets its own in cases.py."""
    assert sorted(map(topic, CASES)) == CATALOGUE.topics()
    refused = [kind for kind, opposite in OPPOSITES.items() if isinstance(opposite, Irreversible)]
    assert [type(case.done) for case in CASES if not case.opposite] == refused


@pytest.mark.parametrize("case", REVERSIBLE, ids=topic)
def test_its_opposite_is_recorded(given: Given, case: Case) -> None:
    """And nothing else; versions count on."""
    story = did(given(*case.before), case.done)
    undo(story).then(*case.opposite)
    assert type(case.opposite[0]) is OPPOSITES[type(case.done)]


@pytest.mark.parametrize("case", REVERSIBLE, ids=topic)
def test_the_site_is_as_it_was_and_as_it_was_before_that(given: Given, case: Case) -> None:
    """After an undo, after the undo of that, and so on."""
    story = given(*case.before)
    before = site_of(story)
    after = site_of(did(story, case.done))
    assert after != before
    done, seen = "done-1", []
    for undoing in ROUNDS:
        undone = undo(story, done, command_id=undoing)
        assert undone.conflicts == []
        seen.append(site_of(story))
        done = undoing
    assert seen == [before, after, before, after]


@pytest.mark.parametrize("case", [case for case in CASES if not case.opposite], ids=topic)
def test_what_is_irreversible_is_told_with_a_sentence(given: Given, case: Case) -> None:
    """And stays as it is."""
    rejection = OPPOSITES[type(case.done)]
    assert isinstance(rejection, Irreversible)
    story = did(given(*case.before), case.done)
    undo(story).with_conflicts((case.done, rejection.reason)).then_nothing()
