"""Numbers: a set, whatever is put into it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.int_set import IntSet

NUMBERS = st.one_of(st.integers(-200_000, 200_000), st.integers(65_000, 66_000))


@given(added=st.lists(NUMBERS, max_size=50), many=st.booleans(), asked=st.lists(NUMBERS))
def test_it_holds_what_was_added(added: list[int], many: bool, asked: list[int]) -> None:
    """And nothing else: close together or far apart, below 0 or above."""
    numbers = IntSet()
    expected = {*added, *(range(65_300, 65_700) if many else ())}
    for number in expected:
        numbers.add(number)
        numbers.add(number)
    for number in {*expected, *asked, 65_299, 65_700}:
        assert (number in numbers) == (number in expected)
