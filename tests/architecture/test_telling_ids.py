"""A value of a parametrised test that pytest cannot name is given an id by hand."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest

from domain.kernel.principal import Role
from tests.architecture.collecting import collecting
from tests.ids import MAX_LENGTH, text_id

REPOSITORY = Path(__file__).parents[2]

UNTELLING: dict[str, object] = {
    "bytes": b"a",
    "long text": "a" * (MAX_LENGTH + 1),
    "long number": 10**MAX_LENGTH,
    "line feed": "a\n",
    "lone surrogate": "\ud800",
    "direction mark": "a\u202e",
    "list": ["a"],
    "dict": {},
    "object": object(),
    "partial function": partial(len),
    "lambda": lambda: None,
}


def id_of(config: pytest.Config, value: object) -> object:
    """What the hooks say to a value of an argument `value`."""
    return config.hook.pytest_make_parametrize_id(config=config, val=value, argname="value")


@pytest.mark.parametrize("value", UNTELLING.values(), ids=UNTELLING)
def test_a_value_that_no_id_can_tell_needs_one(pytestconfig: pytest.Config, value: object) -> None:
    """The error names the argument and says what to do."""
    with pytest.raises(pytest.Collector.CollectError, match=r"'value' (?s:.*)id=.*ids="):
        id_of(pytestconfig, value)


@pytest.mark.parametrize(
    "value", ["a b", "é", "a" * MAX_LENGTH, 7, None, True, Role.AUDITOR, len, Path, re.compile("a")]
)
def test_what_an_id_can_tell_needs_none(pytestconfig: pytest.Config, value: object) -> None:
    """Short texts, numbers, members of enums, functions and classes: pytest names them."""
    assert id_of(pytestconfig, value) is None


WAYS = {
    "stacked": """
        @pytest.mark.parametrize("plain", [1, 2])
        @pytest.mark.parametrize("stacked", [{}])
        def test(plain, stacked): ...
    """,
    "indirect": """
        @pytest.fixture
        def indirect(request): ...
        @pytest.mark.parametrize("indirect", [{}], indirect=True)
        def test(indirect): ...
    """,
    "fixture": """
        @pytest.fixture(params=[{}])
        def fixture(request): ...
        def test(fixture): ...
    """,
    "unnamed": """
        @pytest.mark.parametrize("unnamed", [{}], ids=lambda value: None)
        def test(unnamed): ...
    """,
}


def test_no_way_leads_around_it(tmp_path: Path) -> None:
    """Each module is refused, with the argument's name."""
    for way, module in WAYS.items():
        (tmp_path / f"test_{way}.py").write_text("import pytest\n" + dedent(module))
    plugin = ("-p", "tests.ids")
    collected = collecting(tmp_path, tmp_path / "home", *plugin, PYTHONPATH=str(REPOSITORY))
    assert collected.returncode == pytest.ExitCode.INTERRUPTED
    assert set(re.findall(r"A value of '(\w+)' is of type dict", collected.stdout)) == {*WAYS}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a b", "'a b'"),
        pytest.param("a\n\ud800", r"'a\n\ud800'", id="not printable"),
        pytest.param("x" * 500, "'" + "x" * 19 + "... of 500", id="long"),
        (Role.AUDITOR, "'auditor'"),
    ],
)
def test_an_id_of_a_text_is_short_and_can_be_printed(value: str, expected: str) -> None:
    """Of a long one it holds the beginning and the length."""
    assert text_id(value) == expected
