"""Reading an input so that all its bad fields are reported at once."""

from __future__ import annotations

import pytest

from domain.kernel.input_validation import InputValidation
from domain.kernel.rejections import CommandRejected, InvalidValue, NotFound, RejectionCode
from domain.kernel.text import InvalidText


def _even(text: str) -> int:
    if int(text) % 2:
        raise InvalidText(f"{text} is odd.")
    return int(text)


def test_what_is_good_comes_back() -> None:
    """And closing says nothing."""
    validation = InputValidation()
    assert validation.read(("n",), _even, "4", otherwise=0) == 4
    validation.close()


def test_everything_that_is_bad_is_reported_in_the_order_of_reading() -> None:
    """With the path and the parser's own words, beside what no parser can see."""
    validation = InputValidation()
    assert validation.read(("n", "0"), _even, "1", otherwise=-1) == -1
    assert validation.read(("n", "1"), _even, "2", otherwise=-1) == 2
    validation.refuse(NotFound(path=("segment",), message="There is no such segment."))
    validation.read(("n", "2"), _even, "3", otherwise=-1)
    with pytest.raises(CommandRejected) as refused:
        validation.close()
    assert refused.value.rejections == (
        InvalidValue(path=("n", "0"), message="1 is odd."),
        NotFound(path=("segment",), message="There is no such segment."),
        InvalidValue(path=("n", "2"), message="3 is odd."),
    )
    assert refused.value.position is None


def test_a_refusal_reads_as_code_and_message() -> None:
    """In logs and tracebacks."""
    rejection = InvalidValue(path=("n",), message="1 is odd.")
    assert rejection.code is RejectionCode.INVALID
    assert str(CommandRejected(rejection, rejection)) == "INVALID: 1 is odd.; INVALID: 1 is odd."


def test_other_errors_of_a_parser_are_not_hidden() -> None:
    """Only what a person typed wrong is a refusal."""
    with pytest.raises(ValueError, match="invalid literal"):
        InputValidation().read(("n",), _even, "x", otherwise=0)
