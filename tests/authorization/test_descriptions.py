"""Descriptions name the permission that a root field requires: the one that the matrix shows."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from graphql import FieldNode, OperationDefinitionNode, OperationType, parse

from domain.kernel.permission import Permission
from domain.kernel.principal import Role
from domain.policy import POLICY
from tests.authorization.callers import BY_TOKEN, GROUPS, ROLES, Caller
from tests.authorization.coverage.completeness import GRAPH, ROWS
from tests.authorization.rows import FORBIDDEN

_REQUIRES = re.compile(r" Requires: ([A-Z_]+) \(([A-Z_, ]+|any role)\)\.$")


def _held(caller: Caller) -> frozenset[Role]:
    return frozenset({BY_TOKEN[caller]} if caller in BY_TOKEN else ROLES[caller])


def _always_forbidden() -> dict[tuple[str, str], set[Caller]]:
    """By kind of operation and root field: callers who are refused in each of its rows."""
    found: dict[tuple[str, str], list[set[Caller]]] = defaultdict(list)
    for kind, row in ROWS:
        operation = parse(row.document(kind)).definitions[0]
        assert isinstance(operation, OperationDefinitionNode)
        (root,) = operation.selection_set.selections
        assert isinstance(root, FieldNode)
        refused = {one for one in GROUPS["signed_in"] if row.cells[one] == FORBIDDEN}
        found[kind, root.name.value].append({Caller(one) for one in refused})
    return {field: set.intersection(*refused) for field, refused in found.items()}


FIELDS = _always_forbidden()


@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=map(" ".join, FIELDS))
def test_it_names_what_the_field_requires(kind: str, name: str) -> None:
    """Whoever has no role that is named is always refused, and nobody else is."""
    root = GRAPH.get_root_type(OperationType(kind))
    assert root is not None
    if name.startswith("__"):
        return
    told = _REQUIRES.search(root.fields[name].description or "")
    if told is None:
        assert FIELDS[kind, name] == set()
        return
    roles = POLICY[Permission[told[1]]]
    lacking = {Caller(one) for one in GROUPS["signed_in"] if roles.isdisjoint(_held(Caller(one)))}
    assert FIELDS[kind, name] == lacking
    expected = {role.name for role in roles}
    assert told[2] == "any role" or set(told[2].split(", ")) == expected
