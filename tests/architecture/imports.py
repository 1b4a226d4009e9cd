"""What source code imports, told by reading it."""

from __future__ import annotations

import ast
from pathlib import Path


def top_level_names(file: Path) -> set[str]:
    """The first words of all absolute imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}
