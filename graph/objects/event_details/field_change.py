"""The type of one field's change: in comparisons, and in the details of events."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Self

import strawberry
from strawberry.scalars import JSON
from strawberry.utils.str_converters import to_camel_case

from domain.kernel.change import Change
from domain.segments.fields import EDITABLE


@strawberry.type(description="One field that changed, with its value before and after.")
class FieldChange:
    field: str = strawberry.field(
        description="The field's name in this schema. Of a segment:"
        f" {', '.join(EDITABLE)} or status."
    )
    before: JSON | None = strawberry.field(
        description="The value before, spelled as in this schema; null if there was none."
    )
    after: JSON | None = strawberry.field(
        description="The value after, spelled as in this schema; null if there is none."
    )

    @classmethod
    def of(cls, field: str, before: Any, after: Any) -> Self:
        """The change of the field of that Python name; members of enums become their names."""
        return cls(
            field=to_camel_case(field), before=JSON(_plain(before)), after=JSON(_plain(after))
        )


def changes_of(changes: Mapping[str, Change[Any]]) -> list[FieldChange]:
    """The changes of fields that are given by their Python names."""
    return [FieldChange.of(name, its.before, its.after) for name, its in changes.items()]


def _plain(value: Any) -> Any:
    return value.name if isinstance(value, Enum) else value
