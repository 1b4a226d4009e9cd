from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from projections.text import ascii_weights
from projections.text.ascii_weights_generator import module

WITHOUT_TABLE = """
import sys
from projections.text.sort_key import sort_key
assert sort_key("Sales Team 7") < sort_key("Sales Team 10")
assert "pyuca" not in sys.modules
assert sort_key("École") < sort_key("Ecoles")
assert "pyuca" in sys.modules
"""


def test_the_generated_module_is_what_the_generator_writes() -> None:
    """If this fails: python -m projections.text.ascii_weights_generator, see there."""
    assert Path(ascii_weights.__file__).read_text(encoding="utf-8") == module()


def test_the_collation_table_waits_for_the_first_text_beyond_ascii() -> None:
    """It takes 0.05 s and 10 MB, which the start of the service need not spend."""
    subprocess.run([sys.executable, "-c", WITHOUT_TABLE], check=True, timeout=60)
