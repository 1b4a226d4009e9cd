"""examples/curl: the API without a client."""

from __future__ import annotations

from pathlib import Path

from tests.node import lines_of, printed


def test_a_shell_and_curl_do(examples: Path, site: dict[str, str]) -> None:
    """A command sent twice is done once; the segment is read; a file is tried, and not recorded."""
    answers = lines_of(printed("sh", "curl/run.sh", within=examples, environment=site))
    created, repeated, read, tried = (answer["data"] for answer in answers)
    assert created["createUserSegment"]["replayed"] is False
    assert repeated["createUserSegment"]["replayed"] is True
    assert read["userSegment"] == {"name": "curl", "version": 1, "memberCount": 0}
    assert tried["uploadUserSegments"] == {"created": 1, "errors": []}
