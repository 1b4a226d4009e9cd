"""The console says which roles one lacks, by a copy of the table of who may do what."""

from __future__ import annotations

import json
from pathlib import Path

from domain.policy import POLICY

COPY = Path(__file__).parents[2] / "web" / "src" / "session" / "policy.json"


def test_the_console_knows_the_table() -> None:
    """All of it, and nothing else."""
    copied = {name: set(roles) for name, roles in json.loads(COPY.read_text()).items()}
    assert copied == {
        permission.name: {role.name for role in roles} for permission, roles in POLICY.items()
    }
