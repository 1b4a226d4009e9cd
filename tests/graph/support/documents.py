"""Documents as large as is wished, and what comes of them."""

from __future__ import annotations

from strawberry.types import ExecutionResult

from tests.graph.client import GraphClient


async def run(ask: GraphClient, text: str) -> ExecutionResult:
    """Runs the operation that has the name Chosen, or is alone."""
    return await ask.run(text, operation="Chosen" if "Chosen" in text else None)


async def codes(ask: GraphClient, text: str) -> list[str]:
    """The codes of its errors."""
    errors = (await run(ask, text)).errors or []
    return [str((error.extensions or {}).get("code")) for error in errors]


def wide(fields: int) -> str:
    """So many fields, at most 16 of one name in one place."""
    inner = "id kind displayName __typename " * 4
    places, rest = divmod(fields, 17)
    whole = " ".join(f"a{n}: viewer {{ {inner}}}" for n in range(places))
    return f"{{ {whole} {'__typename ' * rest}}}"


def aliased(field: str, times: int) -> str:
    """The field under so many names."""
    return " ".join(f"a{n}: {field}" for n in range(times))
