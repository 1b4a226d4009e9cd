"""Metrics for Prometheus. With several workers their values are summed through files."""

from __future__ import annotations

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

REQUESTS = Counter(
    "segments_http_requests_total", "HTTP requests answered.", ["method", "path", "status"]
)
DURATION = Histogram(
    "segments_http_request_seconds",
    "Seconds to answer an HTTP request.",
    ["path"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
COMMANDS = Counter(
    "segments_commands_total", "Commands by what became of them.", ["mutation", "outcome"]
)
FOLLOWING = Gauge(
    "segments_operations_followed",
    "Operations that run over WebSockets and as server-sent events.",
    multiprocess_mode="livesum",
)
PUSHED = Counter("segments_pushed_total", "Results of subscriptions that subscribers took.")
DROPPED = Counter("segments_dropped_total", "Subscribers who were dropped for being too slow.")
HEAD = Gauge("segments_log_head", "The log's greatest position.", multiprocess_mode="max")
READ_MODEL = Gauge(
    "segments_read_model_position",
    "How far the read model has followed the log.",
    multiprocess_mode="max",
)
PROJECTING = Gauge(
    "segments_projector_active",
    "1 in the process whose projector is active.",
    multiprocess_mode="livesum",
)

CHECKPOINT_SIZE = Gauge(
    "segments_checkpoint_size",
    "How many events the latest checkpoint speaks of.",
    multiprocess_mode="max",
)
CHECKPOINT_REFUSED = Gauge(
    "segments_checkpoint_refused",
    "1 when the log contradicts what was published of it, so that nothing is signed.",
    multiprocess_mode="max",
)


def exposition() -> bytes:
    """Returns all metrics in Prometheus' text format, of all workers when there are several."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
