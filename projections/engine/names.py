"""The schemas in which read models stand."""

from __future__ import annotations

READ_MODEL = "read_model"
"""The one that is read."""

NEXT = "read_model_next"
"""The one that is being built, or that was and waits to be switched to."""

PREVIOUS = "read_model_previous"
"""The one that was read until the last switch; one can switch back to it."""

DISCARDED = "read_model_discarded"
"""What was `PREVIOUS` until the last switch, for the moment until it is dropped."""

BESIDE = (NEXT, PREVIOUS, DISCARDED)
"""Those that nobody reads, but that hold what was in the read model once."""
