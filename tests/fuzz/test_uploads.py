"""Whatever is uploaded: no unexpected error, and a commit does what its dry run said, or nothing.

A few examples, the same ones each time. `python -m tests.fuzz --minutes 10` goes on for longer.
"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.files import Sent, sent_files
from tests.fuzz.fuzzed import Fuzzed


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(file=sent_files(), meanwhile=st.none() | sent_files())
def test_whatever_is_uploaded(site: Fuzzed, file: Sent, meanwhile: Sent | None) -> None:
    """See tests/fuzz/fuzzed.py for what is checked."""
    site.take(file, meanwhile)
