"""Waiting for an answer: as long as it takes, and no longer than is reasonable."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.web import answers
from tests.web.answers import Answer, expect_answer

Expectation = Callable[[Answer[object]], None]

each_expectation = pytest.mark.parametrize(
    "expect",
    [
        lambda answer: answer.to_equal({"name": "Sales", "version": 2}),
        lambda answer: answer.to_have(version=2),
        lambda answer: answer.to_contain("Sales"),
    ],
    ids=["equal", "have", "contain"],
)


def one_after_the_other(*given: object) -> Callable[[], object]:
    """Answers so, and then always the last."""
    coming: Iterator[object] = iter(given)
    return lambda: next(coming, given[-1])


@each_expectation
def test_an_answer_may_come_late(expect: Expectation) -> None:
    """It is asked again until it is as expected."""
    expect(expect_answer(one_after_the_other(None, {}, {"name": "Sales", "version": 2})))


@each_expectation
def test_what_never_comes_fails(expect: Expectation, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the bound, and not before it was asked at all."""
    monkeypatch.setattr(answers, "BOUND", 0.0)
    with pytest.raises(AssertionError):
        expect(expect_answer(one_after_the_other(None, {}, {"name": "Shop", "version": 1})))


def test_a_failure_tells_the_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was expected, and what was answered last."""
    monkeypatch.setattr(answers, "BOUND", 0.0)
    with pytest.raises(AssertionError) as failure:
        expect_answer(lambda: {"name": "Sales", "version": 1}).to_have(version=2)
    assert "- {'version': 2}" in str(failure.value)
    assert "+ {'version': 1}" in str(failure.value)


def test_a_question_takes_its_arguments_along() -> None:
    """In order, and by name."""
    expect_answer(sorted, [1, 3, 2], reverse=True).to_equal([3, 2, 1])
