"""Adds to the golden file what examples.py has and the file has not; changes no line."""

from __future__ import annotations

import sys

from tests.domain.golden.examples import examples
from tests.domain.golden.lines import FILE, add, golden_of


def main(arguments: list[str]) -> str | None:
    """Why nothing could be done; None when it was."""
    if arguments != ["--add"]:
        return "usage: python -m tests.domain.golden --add"
    try:
        added = add(golden_of(*example) for example in examples())
    except ValueError as refused:
        return str(refused)
    sys.stdout.write(f"{added} lines added to {FILE.name}\n")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
