"""Configuring logs, which each command and each application of a process does."""

from __future__ import annotations

import logging

import pytest
import structlog
from structlog.testing import capture_logs

from service.telemetry import logs


def test_a_logger_in_use_goes_on_when_logs_are_configured_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It follows what is set for all loggers, though it was first used before."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", list(root.handlers))
    monkeypatch.setattr(root, "level", root.level)
    logs.configure()
    logger = structlog.get_logger("in use")
    logger.info("first")
    logs.configure()
    with capture_logs() as lines:
        logger.info("second")
    assert [line["event"] for line in lines] == ["second"]
