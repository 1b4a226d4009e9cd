"""python -m tests.fuzz --minutes 10: uploads fresh files to a real service; counts what came."""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import structlog
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from service.database.migrations import migrate
from service.database.open_database import ensure_read_model
from service.database.postgres.embedded import embedded
from tests.fuzz.files import Sent, sent_files
from tests.fuzz.fuzzed import Fuzzed, fuzzed

MAX_EXAMPLES = 200
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def run(site: Fuzzed, number: int) -> None:
    """Uploads some files; the number is the seed that they come from."""

    @seed(number)
    @settings(
        max_examples=MAX_EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(file=sent_files(), meanwhile=st.none() | sent_files())
    def take(file: Sent, meanwhile: Sent | None) -> None:
        site.take(file, meanwhile)

    take()


def tell(line: str) -> None:
    """On standard output."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Until the time is over, or something does not hold: Hypothesis then shows the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=secrets.randbits(32), help="else a fresh one")
    given = parser.parse_args()
    tell(f"seed {given.seed}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(prefix="segments-fuzz-") as folder:
        data_dir = Path(folder)
        with embedded(data_dir, NOT_DURABLE) as url:
            migrate(url, partial(ensure_read_model, url))
            with fuzzed(url, data_dir / "data") as site:
                end = time.monotonic() + given.minutes * 60
                number = given.seed
                while time.monotonic() < end:
                    run(site, number)
                    number += 1
    for what, count in sorted(site.seen.items()):
        tell(f"{what:50} {count:>12,}")
    tell("Nothing unexpected; the read model is what the log says.")


if __name__ == "__main__":
    main()
