"""What is said of metrics is what is measured."""

from __future__ import annotations

import re

from prometheus_client.metrics import MetricWrapperBase

from service.telemetry import metrics
from tests.docs.pages import text_of


def test_metrics_that_are_told_are_measured() -> None:
    """By the name under which they are asked for."""
    section = text_of("docs/how-to/operate.md").split("## Watch")[1].split("\n## ")[0]
    told = set(re.findall(r"`(segments_\w+)`", section))
    measured = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]
    names = {f"{one._name}_total" if one._type == "counter" else one._name for one in measured}
    assert told
    assert told - names == set()
