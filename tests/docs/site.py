"""A service on a site with demo content, as `make run` first leaves it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from starlette.testclient import TestClient

from domain.kernel.principal import Role
from service.demo import fill_if_empty
from service.http.app import application
from service.settings import Settings
from service.sign_in import issue_development_token


@contextmanager
def demo_site(
    settings: Settings, database_url: str, role: Role
) -> Iterator[tuple[TestClient, str]]:
    """Yields a client of the service, and a token of that role."""
    asyncio.run(fill_if_empty(settings, database_url))
    token = issue_development_token(settings, [role], None, timedelta(minutes=5))
    with TestClient(application(settings)) as http:
        assert http.get("/health/ready").status_code == 200  # waits for the read model
        yield http, token
