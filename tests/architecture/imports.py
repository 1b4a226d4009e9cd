"""What source code imports, told by reading it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
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


def modules_imported(folder: Path, *packages: str) -> dict[str, set[str]]:
    """Each module of the packages in a folder, with those of them that it imports anywhere."""
    files = {_module_of(file, folder): file for name in packages for file in _sources(folder, name)}
    return {module: _imported(file, files.keys()) for module, file in files.items()}


def _sources(folder: Path, package: str) -> Iterator[Path]:
    return (folder / package).rglob("*.py")


def _module_of(file: Path, folder: Path) -> str:
    return ".".join(file.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")


def _imported(file: Path, modules: Collection[str]) -> set[str]:
    """Those modules that the file imports: by `from a import b`, a.b if it is one, else a."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = (f"{node.module}.{alias.name}" for alias in node.names)
            found.update(part if part in modules else node.module for part in parts)
    return found.intersection(modules)
