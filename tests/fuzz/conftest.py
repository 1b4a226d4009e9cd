"""A service for the module's fuzzing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fuzz.fuzzed import Fuzzed, fuzzed


@pytest.fixture(scope="module")
def site(shared_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    """Stands as long as the module's tests take; then its read model is compared."""
    with fuzzed(shared_database_url, tmp_path_factory.mktemp("data")) as site:
        yield site
