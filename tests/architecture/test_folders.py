"""Folders are small enough to be read at a glance."""

from __future__ import annotations

from collections import Counter

from tests.architecture.sources import sources

MAX_MODULES = 16
"""In one folder, its `__init__` aside; what has more gets sub-folders."""


def test_no_folder_has_more_modules_than_are_read_at_a_glance() -> None:
    """Of Python and TypeScript, tests too."""
    counts = Counter(path.parent for path in sources() if path.stem != "__init__")
    assert len(counts) > MAX_MODULES  # they are found
    assert {folder: n for folder, n in counts.items() if n > MAX_MODULES} == {}
