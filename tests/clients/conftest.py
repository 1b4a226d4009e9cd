"""A site, and the examples that are run against it: each once for all tests of what it does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.service import serving, token
from tests.clients.examples import Steps, copied, run

if shutil.which("curl") is None and not os.environ.get("CI"):
    collect_ignore = ["test_curl.py"]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of examples/ to run in."""
    return copied(tmp_path_factory.mktemp("clients"))


@pytest.fixture(scope="module")
def site(
    shared_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """A site: its address, and tokens of a site admin and a training manager, as the examples
    take them from the environment.
    """
    data = tmp_path_factory.mktemp("site") / "data"
    with serving(shared_database_url, data) as service:
        yield {
            "SEGMENTS_URL": service.url,
            "SEGMENTS_TOKEN": token(data, "site-admin"),
            "SEGMENTS_TRAINER_TOKEN": token(data, "training-manager"),
        }


SCRIPTS = {
    "relay": "relay/run.mjs",
    "apollo": "apollo/run.mjs",
    "urql": "urql/run.mjs",
    "python": "python/run.py",
}


@pytest.fixture(scope="module")
def compiled(examples: Path) -> None:
    """relay-compiler has made the artifacts of all documents."""
    (examples / "relay" / "__generated__").mkdir()
    run(examples / "relay", "../node_modules/relay-compiler/cli.js relay.config.json")


@pytest.fixture(scope="module", params=SCRIPTS)
def steps(
    request: pytest.FixtureRequest, examples: Path, site: dict[str, str], compiled: None
) -> Steps:
    """What one client did, step by step."""
    return Steps.printed(run(examples, SCRIPTS[request.param], **site))
