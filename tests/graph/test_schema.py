"""The schema as clients see it: committed, described, and what the contract asks for."""

from __future__ import annotations

from pathlib import Path

from graphql import (
    GraphQLNamedType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)
from graphql.utilities import BreakingChange, find_breaking_changes

from graph.schema import schema
from service.cli.schema import sdl

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


def _missing() -> set[str]:
    """What the contract has and the schema has not, or has otherwise."""
    contract = build_schema(CONTRACT.read_text(encoding="utf-8"))
    changes: list[BreakingChange] = find_breaking_changes(contract, schema._schema)
    return {change.description.removesuffix(" was removed.") for change in changes}


def test_nothing_of_the_contract_is_missing() -> None:
    """Names, arguments and types are as outsiders rely on."""
    assert sorted(_missing()) == []
