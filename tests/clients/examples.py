"""The examples, copied to where they may write, and what their runs print."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.node import lines_of, node, printed

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "examples"
SCHEMA = REPOSITORY / "graph" / "schema.graphql"
PACKAGES = "node_modules"


def copied(folder: Path) -> Path:
    """A copy of the examples with their packages, beside the schema that they read."""
    copy = folder / "examples"
    shutil.copytree(EXAMPLES, copy, ignore=shutil.ignore_patterns(PACKAGES, "__generated__"))
    (copy / PACKAGES).symlink_to(EXAMPLES / PACKAGES)
    (folder / "graph").mkdir()
    shutil.copy(SCHEMA, folder / "graph")
    return copy


def run(copy: Path, script: str, **environment: str) -> str:
    """What a script of the examples prints, in JavaScript or in Python."""
    program = sys.executable if script.endswith(".py") else node()
    return printed(program, *script.split(), within=copy, environment=environment)


@dataclass(frozen=True)
class Steps:
    """The steps of one example's run, and what its client warned of."""

    lines: list[dict[str, Any]]

    @classmethod
    def printed(cls, text: str) -> Steps:
        return cls(lines_of(text))

    @property
    def warnings(self) -> list[Any]:
        return [line["words"] for line in self.lines if line["step"] == "warning"]

    def __getitem__(self, step: str) -> dict[str, Any]:
        [line] = [line for line in self.lines if line["step"] == step]
        return line
