"""The log's store: what the library promises, and what was added."""

from __future__ import annotations

from eventsourcing.dcb.api import DCBAppendCondition, DCBEvent, DCBQuery, DCBQueryItem
from service.database.log_recorder import LogRecorder


def test_x(recorder: LogRecorder) -> None:
    assert recorder.head() == 0
    assert recorder.append([DCBEvent("a.b", b"{}", ["t:1"])]) == 1
    assert recorder.head() == 1
