"""No test passes because there was nothing to look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

CHECKS = {"raises", "warns", "expect"}
AS_LONG_AS_ITS_ARGUMENTS = {"enumerate", "product", "reversed", "sorted", "zip"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Loop = ast.For | ast.AsyncFor | ast.While


def is_check(node: ast.AST) -> bool:
    """Whether a test fails by it: `assert`, `pytest.raises(…)`, `expect(…)`."""
    called = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
    return isinstance(node, ast.Assert) or called in CHECKS


def around_checks(node: ast.AST, loops: tuple[Loop, ...] = ()) -> Iterator[tuple[Loop, ...]]:
    """The loops that each check of a function stands in; those of functions within it aside."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function):
            around = (*loops, node) if isinstance(node, Loop) and child in node.body else loops
            if is_check(child):
                yield around
            yield from around_checks(child, around)


class NeverEmpty:
    """What a file says cannot be empty: literals, also by a name of their own, and constants."""

    def __init__(self, tree: ast.AST) -> None:
        self._names: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and self.covers(node.value):
                self._names.update(map(ast.unparse, node.targets))
            elif isinstance(node, ast.AnnAssign) and node.value and self.covers(node.value):
                self._names.add(ast.unparse(node.target))

    def covers(self, node: ast.AST) -> bool:
        """Whether it has at least one element, as far as reading tells."""
        match node:
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                return any(
                    not isinstance(one, ast.Starred) or self.covers(one.value) for one in parts
                )
            case ast.Dict(keys=parts):
                return bool(parts)
            case ast.Name(id=name) | ast.Attribute(attr=name):
                return name.isupper() or name in self._names
            case ast.Call(func=ast.Name(id="range"), args=parts):
                return all(isinstance(one, ast.Constant) or self.covers(one) for one in parts)
            case ast.Call(func=ast.Name(id=name), args=parts):
                return name in AS_LONG_AS_ITS_ARGUMENTS and all(map(self.covers, parts))
            case ast.Call(func=ast.Attribute(value=of, attr="items" | "keys" | "values")):
                return self.covers(of)
        return False


def idle(source: str) -> list[str]:
    """The tests of which no check is sure to be reached: all stand in loops over what is computed.

    An element that is looked at, a count, `assert found` before the loop: one is enough.
    """
    tree = ast.parse(source)
    known = NeverEmpty(tree)

    def is_reached(loops: tuple[Loop, ...]) -> bool:
        return all(not isinstance(one, ast.While) and known.covers(one.iter) for one in loops)

    tests = [f for f in ast.walk(tree) if isinstance(f, Function) and f.name.startswith("test_")]
    checks = {test.name: list(around_checks(test)) for test in tests}
    return [name for name, each in checks.items() if each and not any(map(is_reached, each))]


def test_every_test_looks_at_something() -> None:
    """Else it would pass as well if its fixture, its query or its pattern gave nothing."""
    sources = {path: path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")}
    assert Path(__file__) in sources
    found = {str(path.relative_to(TESTS)): idle(source) for path, source in sources.items()}
    assert {path: tests for path, tests in found.items() if tests} == {}


@pytest.mark.parametrize(
    "lines",
    [
        ["for one in found():", " assert one"],
        ["async for one in stream:", " with pytest.raises(ValueError):", "  one()"],
        ["while not over:", " expect(page).to_be_visible()"],
        ["for one in ('a', 'b'):", " for other in one:", "  assert other"],
        ["for one in zip('ab', found()):", " if one:", "  assert one"],
        ["for number in range(len(found)):", " assert found[number]"],
    ],
    ids=["called", "followed", "waited for", "of another loop", "one of several", "counted"],
)
def test_loops_that_may_have_no_turn_are_found(lines: list[str]) -> None:
    """Over what is called, followed, waited for, or counted."""
    assert idle("\n ".join(["async def test_it():", *lines])) == ["test_it"]


@pytest.mark.parametrize(
    "lines",
    [
        ["assert found", "for one in found:", " assert one"],
        ["for one in ('a', *more):", " assert one"],
        ["kinds = ['a', 'b']", "for number, kind in enumerate(kinds):", " assert kind"],
        ["for name, kind in KINDS.items():", " assert kind"],
        ["for number in range(3):", " assert number"],
        ["checked(found)"],
    ],
    ids=["asserted", "some literal", "by a name", "a constant", "a number of times", "a helper"],
)
def test_what_is_sure_to_be_looked_at_is_left_alone(lines: list[str]) -> None:
    """And so is what leaves it to a helper."""
    assert idle("\n ".join(["def test_it():", *lines])) == []
