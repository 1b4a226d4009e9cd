"""The fields of a segment that people fill in. Whatever creates, edits, uploads, undoes or shows
segments takes them from here; events spell them out, because they are public.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from domain.kernel.input_validation import InputValidation
from domain.kernel.rejections import InvalidValue
from domain.kernel.values import parse_code
from domain.segments.values import parse_description, parse_name, parse_visible


@dataclass(frozen=True, slots=True)
class SegmentFields:
    """Their values, in the order in which they are shown."""

    name: str
    code: str | None
    description: str
    visible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The rules of one field."""

    label: str
    """Its name for people, within a sentence."""
    parse: Callable[[str], Any]
    """From what is typed; raises InvalidText."""
    blank: Any
    """Its value when nothing is given."""
    required: bool = False
    """A new segment needs one."""
    nullable: bool = False
    """Null means that it is blank; else null is refused."""


FIELDS: Mapping[str, Field] = {
    "name": Field(label="name", parse=parse_name, blank="", required=True),
    "code": Field(label="user segment ID", parse=parse_code, blank=None, nullable=True),
    "description": Field(label="description", parse=parse_description, blank="", nullable=True),
    "visible": Field(label="visibility", parse=parse_visible, blank=True),
}
"""By their Python names: one for each field of SegmentFields."""

EDITABLE = tuple(field.name for field in fields(SegmentFields))
"""Their names, in order."""

_read_all = attrgetter(*EDITABLE)


def values_of(instance: Any) -> dict[str, Any]:
    """The fields of whatever has them all as attributes: a state, an event, a row, a view."""
    return dict(zip(EDITABLE, _read_all(instance), strict=True))


def validate_fields(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields that are given, as valid values; other keys do not matter.

    CommandRejected with every field that is not as it should be.
    """
    validation = InputValidation()
    values: dict[str, Any] = {}
    for name, field in FIELDS.items():
        if name not in raw:
            continue
        given = raw[name]
        if given is None and not field.nullable:
            validation.refuse(InvalidValue(path=(name,), message="Must not be null."))
        elif isinstance(given, bool):
            values[name] = given
        else:
            values[name] = validation.read((name,), field.parse, given or "", field.blank)
    validation.close()
    return values
