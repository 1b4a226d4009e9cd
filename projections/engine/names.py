"""The schemas that hold read models."""

from __future__ import annotations

READ_MODEL = "read_model"
"""The schema that is read."""

NEXT = "read_model_next"
"""The schema that is being built, or is complete and waits to be switched to."""

PREVIOUS = "read_model_previous"
"""The schema that was read until the last switch; one can switch back to it."""

DISCARDED = "read_model_discarded"
"""The schema that was `PREVIOUS` until the last switch, for the moment until it is dropped."""

BESIDE = (NEXT, PREVIOUS, DISCARDED)
"""The schemas that nobody reads, but that hold what was in the read model once."""
