"""Cells that a spreadsheet would take for a formula (service.md, "Files")."""

from __future__ import annotations

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "'")


def guarded(cell: str) -> str:
    """The cell behind an apostrophe when it could be taken for a formula, or for guarded already.

    A file of such cells carries the column GUARD_COLUMN, by which an upload takes them off again.
    """
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
