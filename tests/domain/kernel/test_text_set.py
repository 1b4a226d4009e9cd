"""Sets of texts in few bytes: they hold what sets hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.text_set import TextSet

texts = st.sampled_from([f"user_{number:032x}" for number in range(20)])


@given(st.lists(texts), st.lists(texts), st.lists(texts))
def test_it_holds_what_was_added(added: list[str], more: list[str], asked: list[str]) -> None:
    """Each once, however often it was added, and one by one or many at a time."""
    found, expected = TextSet(), {*added, *more}
    for text in added:
        found.add(text)
    found.update(more)
    found.sort()
    assert {text for text in {*added, *more, *asked} if text in found} == expected
    assert found.isdisjoint(asked) == expected.isdisjoint(asked)
    assert (len(found), bool(found)) == (len(expected), bool(expected))
