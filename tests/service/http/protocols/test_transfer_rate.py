"""How slowly an answer may be taken."""

from __future__ import annotations

import pytest

from service.http.protocols.transfer_rate import (
    MAX_LATENESS_S,
    MIN_BYTES_PER_S,
    MIN_CHECK_INTERVAL_S,
    Taking,
)

MUCH = 1024 * 1024


@pytest.fixture
def taking() -> Taking:
    """Of somebody for whom something waits since 0."""
    taking = Taking()
    assert taking.waits(0, 0) == MAX_LATENESS_S
    return taking


def test_who_takes_nothing_is_given_half_a_minute(taking: Taking) -> None:
    assert taking.looks(0, MAX_LATENESS_S - 0.5) == MIN_CHECK_INTERVAL_S
    assert taking.looks(0, MAX_LATENESS_S) is None


def test_who_takes_a_little_now_and_then_is_not_given_more(taking: Taking) -> None:
    """A byte a second: it is over after a second more than half a minute."""
    looks = [taking.looks(second, second) for second in range(1, 40)]
    assert looks.index(None) == MAX_LATENESS_S


def test_who_takes_it_at_the_slowest_rate_gets_all_of_it(taking: Taking) -> None:
    """And is looked after as seldom as if they had just begun."""
    step = 25
    looks = [
        taking.looks(at * MIN_BYTES_PER_S, at)
        for at in range(step, MUCH // MIN_BYTES_PER_S + 1, step)
    ]
    assert set(looks) == {MAX_LATENESS_S}
    assert len(looks) == MUCH // MIN_BYTES_PER_S // step


def test_pauses_add_up(taking: Taking) -> None:
    """As long as something waits: whoever takes a buffer each time that it is about to be over."""
    small = MIN_BYTES_PER_S
    assert taking.looks(small, 20) == MAX_LATENESS_S - 19
    assert taking.waits(small, 20) == MAX_LATENESS_S - 19
    assert taking.looks(small, 31) is None


def test_what_was_taken_at_once_counts(taking: Taking) -> None:
    """The system asks for more in lumps: what it took while nothing waited makes up for a pause."""
    lump = 29 * MIN_BYTES_PER_S
    assert taking.looks(0, 29) == MIN_CHECK_INTERVAL_S
    assert taking.waits(lump, 29) == MAX_LATENESS_S
    assert taking.looks(lump, 58) == MIN_CHECK_INTERVAL_S
    assert taking.looks(lump, 59) is None


def test_time_in_which_nothing_waits_makes_up_for_it(taking: Taking) -> None:
    """Whoever follows for hours may be late a few times."""
    assert taking.looks(0, 24) == MAX_LATENESS_S - 24
    assert taking.waits(0, 34) == MAX_LATENESS_S - 14
    assert taking.waits(0, 48) == MAX_LATENESS_S
