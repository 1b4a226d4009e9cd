"""The shape of a msgspec class in a few words: what a reader of its JSON may rely on."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import inspect


def shape_of(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Each field, by its name in JSON, with its type."""
    described = inspect.type_info(struct)
    assert isinstance(described, inspect.StructType)
    return {field.encode_name: _words(field.type) for field in described.fields}


def _words(kind: Any) -> str:
    match kind:
        case inspect.UnionType(types=types):
            return " | ".join(_words(choice) for choice in types)
        case inspect.EnumType(cls=choices):
            return "one of " + " ".join(sorted(choice.value for choice in choices))
        case inspect.VarTupleType(item_type=item) | inspect.ListType(item_type=item):
            return f"[{_words(item)}]"
        case inspect.StructType(fields=fields):
            return "{" + ", ".join(f"{f.encode_name}: {_words(f.type)}" for f in fields) + "}"
    return type(kind).__name__.removesuffix("Type").lower()
