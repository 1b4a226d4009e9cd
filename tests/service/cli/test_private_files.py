"""What is written about people is for whoever asked for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.cli.conftest import Segments

WRITING = {
    "the log": ["export", "--out"],
    "a roster": ["export-members", "sales", "--out"],
    "rejected rows": ["upload", "members", "members.csv", "--rejected"],
}


@pytest.fixture
def site(on_site: Segments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Segments:
    """With a segment, and a file of members whom nobody knows."""
    monkeypatch.chdir(tmp_path)
    Path("segments.csv").write_text("name,code\nSales,sales\n")
    Path("members.csv").write_text("username,segment\nnobody,sales\n")
    assert on_site("upload", "segments", "segments.csv", "--commit").exit_code == 0
    return on_site


@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING.keys())
def test_a_new_file_is_its_owners_alone(site: Segments, words: list[str]) -> None:
    """Whatever the umask; one that is there keeps its mode, and nothing of what it held."""
    kept = Path("kept")
    kept.write_text("x" * 100_000)
    kept.chmod(0o640)
    for file, mode in [(Path("new"), 0o600), (kept, 0o640)]:
        site(*words, str(file))
        assert file.stat().st_mode & 0o777 == mode
    assert Path("new").stat().st_size > 0
    assert "xx" not in kept.read_text()
