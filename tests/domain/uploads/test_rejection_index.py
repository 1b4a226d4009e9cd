"""The rejection index: which rows were counted out, and why."""

from __future__ import annotations

import pytest

from domain.uploads.rejection_index import RejectionIndex


def test_a_row_has_its_reason() -> None:
    """Others have none; rows come in the file's order."""
    rejections = RejectionIndex()
    assert not rejections
    for row, reason in ((2, "so"), (5, "else"), (70_000, "so")):
        rejections.add(row, reason)
    assert dict(rejections) == {2: "so", 5: "else", 70_000: "so"}
    assert len(rejections) == 3
    for row in (0, 3, 70_001):
        assert row not in rejections
        with pytest.raises(KeyError):
            rejections[row]
