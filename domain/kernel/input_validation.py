"""Reads an input so that all its bad fields are reported at once.

The rule: docs/reference/rules.md, "Errors".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from domain.kernel.rejections import CommandRejected, InvalidValue, Path, Rejection
from domain.kernel.text import InvalidText

T = TypeVar("T")


class InputValidation:
    """Collects the errors of an input, field by field.

    validation = InputValidation()
    name = validation.read(("name",), parse_name, raw_name, Name(""))
    validation.close()          # raises CommandRejected with every bad field
    """

    def __init__(self) -> None:
        self._rejections: list[Rejection] = []

    def read(self, path: Path, parse: Callable[[str], T], raw: str, otherwise: T) -> T:
        """Returns what `parse` makes of `raw`; when it cannot, notes the field and returns
        `otherwise`.
        """
        try:
            return parse(raw)
        except InvalidText as invalid:
            self.refuse(InvalidValue(path=path, message=str(invalid)))
            return otherwise

    def refuse(self, rejection: Rejection) -> None:
        """Adds a rejection that no single parser can find."""
        self._rejections.append(rejection)

    def close(self) -> None:
        """CommandRejected when there was any error."""
        if self._rejections:
            raise CommandRejected(*self._rejections)
