"""The schema as clients see it: committed, described, and what the contract asks for."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import (
    GraphQLNamedType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)

from graph.schema import schema
from service.cli.schema import sdl
from tests.graph.contract import differences

HERE = Path(__file__).parent
COMMITTED = HERE.parents[1] / "graph" / "schema.graphql"
CONTRACT = HERE / "contract.graphql"


def _own_types(whole: GraphQLSchema) -> list[GraphQLNamedType]:
    return [
        kind
        for kind in whole.type_map.values()
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
    ]


def _parts(kind: GraphQLNamedType) -> dict[str, str | None]:
    """The descriptions of a type's fields, their arguments, and enum values."""
    found: dict[str, str | None] = {kind.name: kind.description}
    for name, field in getattr(kind, "fields", {}).items():
        found[f"{kind.name}.{name}"] = field.description
        for argument, its in getattr(field, "args", {}).items():
            found[f"{kind.name}.{name}({argument})"] = its.description
    for name, value in getattr(kind, "values", {}).items():
        found[f"{kind.name}.{name}"] = value.description
    return found


def test_the_committed_schema_is_the_codes_own() -> None:
    """`make schema` writes it."""
    assert COMMITTED.read_text(encoding="utf-8") == sdl()


def test_everything_is_described() -> None:
    """Types, fields, arguments and enum values: INVALID points to what a description states."""
    parts = {k: v for kind in _own_types(schema._schema) for k, v in _parts(kind).items()}
    assert [name for name, description in parts.items() if not description] == []


def test_descriptions_are_sentences() -> None:
    """They end like one."""
    parts = {k: v or "" for kind in _own_types(schema._schema) for k, v in _parts(kind).items()}
    ours = {name: text for name, text in parts.items() if name not in {"JSON"}}
    assert [name for name, text in ours.items() if text.rstrip()[-1:] not in {".", ")", "]"}] == []


SHORT_ENOUGH = 2
"""Words of a description that a tooltip shows alone: fewer answer a question that it does not."""


def test_descriptions_are_phrases_that_stand_alone() -> None:
    """None is "When." or "By id.", and none speaks of facts."""
    parts = {k: v or "" for kind in _own_types(schema._schema) for k, v in _parts(kind).items()}
    assert [name for name, text in parts.items() if len(text.split()) < SHORT_ENOUGH] == []
    assert [name for name, text in parts.items() if "fact" in text.lower().split()] == []


def test_scalars_say_where_they_are_specified() -> None:
    """All but those of this site: positions and sizes of its log."""
    urls = {
        kind.name: kind.specified_by_url
        for kind in _own_types(schema._schema)
        if isinstance(kind, GraphQLScalarType)
    }
    assert {name for name, url in urls.items() if url is None} == {"LogPosition", "TreeSize"}
    assert len(urls) > 4


def test_the_schema_is_described() -> None:
    """How to sign in, where errors are, and what may be new: first of all in the text."""
    assert build_schema(sdl()).description == schema._schema.description
    assert "Bearer" in (schema._schema.description or "")


def test_no_null_is_a_default() -> None:
    """What may be left out may be left out."""
    assert "= null" not in sdl()


def test_the_contract_is_kept_exactly() -> None:
    """Names, arguments, nullability, defaults and interfaces are as outsiders rely on."""
    contract = build_schema(CONTRACT.read_text(encoding="utf-8"))
    assert differences(contract, build_schema(sdl())) == []


CHANGED = {
    "a field that is gone": ("  username: String!\n", "  userName: String!\n"),
    "a field that may be null": ("  roles: [Role!]!\n", "  roles: [Role!]\n"),
    "another default": ("first: Int\n", "first: Int = 25\n"),
    "a default that is gone": ("visible: Boolean = true", "visible: Boolean"),
    "a required argument": ("node(\n", "node(\n    now: Boolean!\n"),
    "an optional argument that is required": ("  commandId: ID\n", "  commandId: ID!\n"),
    "an interface that is gone": ("type User implements Actor & Node", "type User implements Node"),
    "a value that is gone": ("  TRAINING_MANAGER\n", "  TRAINER\n"),
    "a type that is gone": ("LogStatus", "StatusOfLog"),
    "another sort of type": ("scalar TreeSize", "enum TreeSize { ONE }"),
    "not one of": ("input SegmentRef @oneOf", "input SegmentRef"),
}


@pytest.mark.parametrize(("text", "other"), CHANGED.values(), ids=CHANGED)
def test_each_difference_from_the_contract_is_told(text: str, other: str) -> None:
    """The comparison overlooks none."""
    contract = build_schema(CONTRACT.read_text(encoding="utf-8"))
    assert text in sdl()
    changed = build_schema(sdl().replace(text, other), assume_valid=True)
    assert differences(contract, changed) != []
