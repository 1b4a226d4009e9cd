"""Grafana is shown what there is."""

from __future__ import annotations

import re
from typing import Any

from prometheus_client import REGISTRY

from service.telemetry import metrics
from tests.deploy.files import DEPLOY, SERVICES, read

GRAFANA = DEPLOY / "grafana"
DASHBOARD: dict[str, Any] = read(GRAFANA / "dashboards" / "segments.json")
QUESTIONS = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]


def measured() -> set[str]:
    """The names under which the service's metrics are stored."""
    parts = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"], "gauge": [""]}
    families = [one for one in REGISTRY.collect() if one.name.startswith("segments_")]
    return {family.name + part for family in families for part in parts[family.type]}


def test_every_question_is_about_a_metric_of_the_service() -> None:
    """A metric that was renamed would leave a panel empty."""
    assert metrics.HEAD is not None
    asked = {name for question in QUESTIONS for name in re.findall(r"segments_\w+", question)}
    assert len(asked) >= 5
    assert asked - measured() == set()


def test_the_dashboard_is_found_and_has_its_source() -> None:
    """By the names and paths that Grafana is provisioned with."""
    (provider,) = read(GRAFANA / "provisioning/dashboards/dashboards.yml")["providers"]
    mounts = {mount.split(":")[1] for mount in SERVICES["grafana"]["volumes"]}
    assert provider["options"]["path"] in mounts
    (source,) = read(GRAFANA / "provisioning/datasources/prometheus.yml")["datasources"]
    assert {panel["datasource"]["uid"] for panel in DASHBOARD["panels"]} == {source["uid"]}
    assert source["url"] == "http://prometheus:9090"
