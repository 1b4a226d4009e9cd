"""How often something comes: Hypothesis itself likes the ends of every range best."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

_CHANCES = st.integers(0, 9_999)


def rarely(draw: Callable[[st.SearchStrategy[Any]], Any], times: int) -> bool:
    """True once in so many times."""
    return bool((draw(_CHANCES) * 7 + 3) % times == 1)


def weighted(*choices: tuple[int, st.SearchStrategy[T]]) -> st.SearchStrategy[T]:
    """One of the strategies, each as often as its weight says."""
    drawn = [strategy for weight, strategy in choices for _ in range(weight)]
    return st.sampled_from(drawn).flatmap(lambda strategy: strategy)
