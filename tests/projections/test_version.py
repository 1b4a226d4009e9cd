"""The read model's version is raised with whatever makes the read model another one."""

from __future__ import annotations

from projections.version import FINGERPRINT, VERSION
from tests.projections.fingerprint import fingerprint


def test_the_version_stands_for_the_tables_and_folds() -> None:
    """Else a read model would be read that other code had built."""
    assert fingerprint() == FINGERPRINT, (
        f"The read model's tables or folds have changed: in projections/version.py raise VERSION"
        f" ({VERSION}), unless every row comes out as before, and set FINGERPRINT to"
        f" {fingerprint()!r}."
    )
