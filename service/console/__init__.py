"""The folder of the built console: pages, scripts, styles, from `web/`."""

from pathlib import Path

BUILT = Path(__file__).with_name("built")
"""Made by `make setup`; not committed."""
