"""CI runs what failed once more, alone: what passes then is named, and nothing else is forgiven."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reruns import MAX_RERUNS

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]

PASSES = "def test_passes():\n    pass\n"
FAILS = "def test_fails():\n    assert False, 'as always'\n"
FLAKY = """
from pathlib import Path

def test_flaky():
    mark = Path(__file__).with_suffix(".mark")
    was_there, _ = mark.exists(), mark.touch()
    assert was_there, 'the first time'
"""

SUITE = """
pytest_plugins = ["tests.seeds", "tests.reruns"]
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A folder of tests that are run as ours are."""
    (tmp_path / "conftest.py").write_text(SUITE)
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = -q\nasyncio_default_fixture_loop_scope = function\n"
    )
    return tmp_path


def run(suite: Path, *words: str, **files: str) -> tuple[int, list[str]]:
    """The exit code, and the lines of what was said."""
    for name, content in files.items():
        (suite / f"test_{name}.py").write_text(content)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words, str(suite)]
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, cwd=suite, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_what_passes_alone_is_flaky_and_the_run_is_green(suite: Path) -> None:
    """It is named shortly before the closing line, which counts it, with how it failed."""
    code, told = run(suite, "--rerun-failed", "-n", "2", flaky=FLAKY, passes=PASSES)
    assert code == 0, told
    assert told[-1].startswith("1 passed, 1 flaky in ")
    assert told[-2] == "FLAKY test_flaky.py::test_flaky"
    assert "E       AssertionError: the first time" in told


def test_what_fails_alone_too_is_a_failure(suite: Path) -> None:
    """And so is the run, with all that failed in it."""
    code, told = run(suite, "--rerun-failed", flaky=FLAKY, fails=FAILS)
    assert code == 1, told
    assert told[-1].startswith("2 failed in ")
    assert not [line for line in told if line.startswith("FLAKY")]


def test_so_many_are_no_accident(suite: Path) -> None:
    """They are not run again."""
    many = "".join(f"def test_{n}():\n    assert False\n" for n in range(MAX_RERUNS + 1))
    code, told = run(suite, "--rerun-failed", many=many)
    assert code == 1, told
    assert not [line for line in told if "again, alone" in line]


def test_a_file_that_cannot_be_read_is_no_accident(suite: Path) -> None:
    """Then nothing ran at all."""
    code, told = run(suite, "--rerun-failed", passes=PASSES, broken="import nothing_of_that_name\n")
    assert code not in (0, 1), told


def test_nothing_is_run_again_unless_it_is_asked_for(suite: Path) -> None:
    """Whoever runs tests by hand sees the failure."""
    code, told = run(suite, flaky=FLAKY)
    assert code == 1, told
    assert told[-1].startswith("1 failed in ")


def test_a_run_and_each_of_its_failures_tell_the_seed(suite: Path) -> None:
    """What is chosen at random follows from it."""
    chosen = "def test_chosen(chance):\n    assert False, f'chose {chance.random()}'\n"
    runs = [run(suite, f"--seed={seed}", chosen=chosen)[1] for seed in (7, 7, 8)]
    choices = [next(line for line in told if "Error: chose" in line) for told in runs]
    assert choices[0] == choices[1] != choices[2]
    assert [line for line in runs[0] if "--seed=7" in line] == [
        "a run with --seed=7 and PYTHONHASHSEED=random",
        "This was a run with --seed=7 and PYTHONHASHSEED=random.",
    ]
