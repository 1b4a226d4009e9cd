"""The service keeps to the GraphQL over HTTP specification, by the public audit of it."""

from __future__ import annotations

import asyncio
import json
import subprocess
from pathlib import Path
from typing import Any

from domain.kernel.principal import Role
from service.http.app import application
from service.settings import Settings
from tests.node import node
from tests.service.http.serving import on_a_socket, token

AUDIT = Path(__file__).with_name("audit.mjs")
CHECKS = 61
"""In the version of graphql-http that web/package.json names."""
TIMEOUT_S = 60.0
"""Seconds for all of them; they take one."""


async def test_it_passes_every_check_of_the_audit(settings: Settings) -> None:
    """Each of them ran, and none failed."""
    async with on_a_socket(application(settings)) as port:
        url = f"http://127.0.0.1:{port}/graphql"
        checks = await asyncio.to_thread(_audited, url, token(settings, Role.SITE_ADMIN))
    failed = [f"{c['id']} {c['name']}: {c['failure']}" for c in checks if c["failure"] is not None]
    assert not failed, "\n".join(failed)
    assert len({check["id"] for check in checks}) == len(checks) == CHECKS


def _audited(url: str, bearer: str) -> list[dict[str, Any]]:
    command = [node(), str(AUDIT), url, bearer]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert done.returncode == 0, done.stderr
    checks: list[dict[str, Any]] = json.loads(done.stdout)
    return checks
