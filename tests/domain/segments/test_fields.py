"""The fields of a segment are declared once, and all who spell them out spell the same."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from domain.kernel.rejections import CommandRejected
from domain.segments.create_segment import NewSegment
from domain.segments.events import SegmentCreated, SegmentEdited, SegmentReinstated
from domain.segments.fields import EDITABLE, FIELDS, SegmentFields, validate_fields, values_of
from domain.uploads.segment_file import SegmentFileRow

ASIDE: dict[Any, tuple[str, ...]] = {
    SegmentCreated: ("segment_id", "version", "source"),
    SegmentEdited: ("segment_id", "version"),
    SegmentReinstated: ("segment_id", "version", "source", "status"),
    SegmentFileRow: ("row",),
}
"""What each has beside them."""


@pytest.mark.parametrize("kind", ASIDE, ids=lambda kind: kind.__name__)
def test_they_have_the_declared_fields(kind: Any) -> None:
    """In the declared order, so that all tell them in one."""
    names: tuple[str, ...] = getattr(kind, "__struct_fields__")  # noqa: B009  # of a Struct
    assert tuple(name for name in names if name not in ASIDE[kind]) == EDITABLE


def test_each_says_how_it_is_read() -> None:
    """In the same order."""
    assert tuple(FIELDS) == EDITABLE == tuple(field.name for field in fields(SegmentFields))


def test_what_is_not_given_is_blank() -> None:
    """In a new segment; a name, though, is needed."""
    assert values_of(NewSegment.of({"name": "Sales"})) == {
        "name": "Sales",
        "code": None,
        "description": "",
        "visible": True,
    }
    with pytest.raises(CommandRejected) as rejected:
        NewSegment.of({})
    assert [rejection.path for rejection in rejected.value.rejections] == [("name",)]


def test_only_what_is_given_is_read() -> None:
    """And what is no field of a segment is passed over."""
    assert validate_fields({"code": " s ", "status": "archived"}) == {"code": "s"}


def test_null_clears_or_is_refused() -> None:
    """Every field that must not be null is told."""
    assert validate_fields({"code": None, "description": None}) == {"code": None, "description": ""}
    with pytest.raises(CommandRejected) as rejected:
        validate_fields(dict.fromkeys(EDITABLE))
    assert [rejection.path for rejection in rejected.value.rejections] == [("name",), ("visible",)]
