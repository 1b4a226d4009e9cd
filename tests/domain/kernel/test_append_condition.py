"""What is minded is among what the log looks for, and is all of that where nothing is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from eventsourcing.dcb.domain import Selector
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.commands.append_condition import AppendCondition, FilteredSelector
from domain.kernel.event import Event
from domain.people.events import UserErased
from domain.segments.events import SegmentArchived
from tests.domain.people.events import ANN, BO, erased, person
from tests.domain.segments.events import A, archived


@dataclass(frozen=True)
class Tagged:
    """An event as it comes from the log."""

    event: Event
    tags: tuple[str, ...]


tags = st.sets(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=3)
types = st.sampled_from([(), (UserErased,)])
events = st.sampled_from(
    [erased(ANN, 2, person("ann")), erased(BO, 2, person("bo")), archived(A, 2)]
)
recorded_events = st.builds(Tagged, events, tags.map(tuple))
selectors = st.lists(st.builds(Selector, types, tags.map(sorted)), max_size=3)
closer = st.lists(st.tuples(tags, types), max_size=3)


@given(selectors, closer, recorded_events)
def test_what_is_minded_is_looked_for(
    found: list[Selector],
    looked_at: list[tuple[set[str], tuple[type[Event], ...]]],
    recorded: Tagged,
) -> None:
    """Of what is looked at closer that which touches the command, of the rest everything."""
    near = [
        FilteredSelector(tags, lambda event: event == recorded.event, types)
        for tags, types in looked_at
    ]
    far = [FilteredSelector(tags, lambda _: False, types) for tags, types in looked_at]
    minding = AppendCondition(found, *near)
    assert minding.matches(recorded) == any(_finds(one, recorded) for one in minding.selectors())
    assert AppendCondition(found, *far).matches(recorded) == any(
        _finds(one, recorded) for one in found
    )
    assert minding.is_exact == (looked_at == [])


def test_by_types_alone_tags_do_not_matter() -> None:
    """What is looked at closer may be tagged in any way."""
    condition = AppendCondition(
        (), FilteredSelector(None, lambda event: event == archived(A, 2), (SegmentArchived,))
    )
    assert condition.selectors() == [Selector(types=(SegmentArchived,), tags=[])]
    assert not condition.is_exact
    assert condition.matches(Tagged(archived(A, 2), ("a",)))
    assert not condition.matches(Tagged(archived(A, 3), ("a",)))
    assert not condition.matches(Tagged(erased(ANN, 2, person("ann")), ("a",)))


def _finds(selector: Selector, recorded: Tagged) -> bool:
    """As the log does."""
    return set(selector.tags) <= set(recorded.tags) and (
        not selector.types or isinstance(recorded.event, tuple(selector.types))
    )
