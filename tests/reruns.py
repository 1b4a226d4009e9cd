"""A test that failed among others is run again, alone, when CI says so:

    PYTEST_ADDOPTS=--rerun-failed make check

What passes then is flaky: the run is green, and its last lines name the test and say how it failed.
Who reads them mends it before anything else.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

MAX_RERUNS = 10
"""So many failures are no accident any more."""

TIMEOUT_S = 1_200
"""Seconds that one test may take alone; pytest's own bound for a test ends it before."""

OPTION = "--rerun-failed"


def pytest_addoption(parser: pytest.Parser) -> None:
    """--rerun-failed."""
    told = "run what failed once more, alone; if it passes then, name it as flaky and go on"
    parser.addoption(OPTION, action="store_true", help=told)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """All others are done by now, and their workers have ended."""
    config = session.config
    if not config.option.rerun_failed or exitstatus != pytest.ExitCode.TESTS_FAILED:
        return
    if is_worker(config):
        return
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    assert isinstance(reporter, pytest.TerminalReporter)
    failed = _failed(reporter)
    if failed and len(failed) <= MAX_RERUNS and all(_passes_alone(config, test) for test in failed):
        _call_flaky(reporter)
        session.exitstatus = pytest.ExitCode.OK


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names them, and how each failed, shortly before the closing line."""
    reports = terminalreporter.stats.get("flaky", [])
    if reports:
        terminalreporter.section("failed among others, passed alone")
    for report in reports:
        terminalreporter.write_line(report.longreprtext)
    for report in reports:
        terminalreporter.write_line(f"FLAKY {report.nodeid}", red=True)


def is_worker(config: pytest.Config) -> bool:
    """Whether this is one of several processes that run tests for another, by pytest-xdist."""
    return hasattr(config, "workerinput")


def _failed(reporter: pytest.TerminalReporter) -> list[str]:
    """Each once, though a test may fail and its teardown, too. A file that could not be collected
    is no test, but is run all the same.
    """
    reports = [*reporter.stats.get("failed", []), *reporter.stats.get("error", [])]
    return list(dict.fromkeys(report.nodeid for report in reports))


def _passes_alone(config: pytest.Config, test: str) -> bool:
    """In a process of its own, told as this one was, but for the workers."""
    words = ["-n", "0", "-p", "no:cacheprovider", "-m", config.option.markexpr]
    words += [f"--seed={config.option.seed}", test]
    others = {name: value for name, value in os.environ.items() if not _is_ours(name)}
    command = [sys.executable, "-m", "pytest", *words]
    print(f"\nagain, alone: {test}", flush=True)  # noqa: T201 - minutes may pass
    done = subprocess.run(command, cwd=config.rootpath, env=others, timeout=TIMEOUT_S, check=False)
    return done.returncode == 0


def _is_ours(name: str) -> bool:
    return name == "PYTEST_ADDOPTS" or name.startswith("PYTEST_XDIST")


def _call_flaky(reporter: pytest.TerminalReporter) -> None:
    """They count as such in the closing line, and no more as failures."""
    flaky = [*reporter.stats.pop("failed", []), *reporter.stats.pop("error", [])]
    reporter.stats["flaky"] = flaky
