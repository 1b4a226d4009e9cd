"""Documents that are dear to parse, to check or to run."""

from __future__ import annotations

from bench.attacks.attack import Attack
from bench.attacks.http_client import asking, posting
from domain.kernel.principal import Role

ALL = """
fragment All on __Schema { types { name description
  fields(includeDeprecated: true) { name description args { name type { name } } type { name } }
  inputFields { name type { name } } enumValues(includeDeprecated: true) { name description } } }
"""
MIB = 1024 * 1024


def _aliased(count: int) -> str:
    return "{" + " ".join(f"a{n}: __schema {{ ...All }}" for n in range(count)) + "}" + ALL


def _bomb(levels: int, inner: str, on: str = "Query") -> str:
    """Each fragment spreads the next one twice."""
    fragments = [f"fragment F{n} on {on} {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)]
    return " ".join([*fragments, f"fragment F{levels} on {on} {{ {inner} }}"])


def _node(text: str) -> str:
    return f"{{ node(id: {text}) {{ id }} }}"


_LARGE = {
    "8 MB of spaces": " " * 8_000_000 + "{ viewer { kind } }",
    "8 MB of commas": "," * 8_000_000 + "{ viewer { kind } }",
    "a text of 6 MB": _node('"' + "a" * 6_000_000 + '"'),
    "a block of 5 MB": _node('"""' + "a\n" * 2_500_000 + '"""'),
    "4 MB of \\u0061": _node('"' + "\\u0061" * 600_000 + '"'),
}
_WITHIN = {
    "100 kB of spaces": " " * 99_000 + "{ viewer { kind } }",
    "a block of 100 kB": _node('"""' + "a\n" * 1_990 + "b" * 95_000 + '"""'),
    "100 kB of \\n": _node('"' + "\\n" * 49_000 + '"'),
    "4,900 long names": "{" + ("a" * 18 + " ") * 4_900 + "}",
}

DOCUMENTS = (
    Attack("introspection with 100 aliases", asking(_aliased(100))),
    Attack("introspection with 500 aliases", asking(_aliased(500))),
    Attack("introspection with 2 aliases, 200 times, 8 at once", asking(_aliased(2), 200, 8)),
    Attack(
        "1,200 equal fields below __schema",
        asking("{ __schema { types { " + "name " * 1200 + "} } }"),
    ),
    Attack(
        "a fragment of 300 fields that is not used",
        asking("{ viewer { kind } } fragment F on __Type { " + "fields { name } " * 300 + "}"),
    ),
    Attack("fragments in a circle", asking("{ ...A } fragment A on Query { ...A }")),
    Attack("2^20 fields of fragments", asking("{ ...F0 } " + _bomb(20, "viewer { kind }"))),
    Attack("2^22, not used", asking("{ viewer { kind } } " + _bomb(22, "viewer { kind }"))),
    Attack(
        "2^18 below __schema",
        asking("{ __schema { ...F0 } } " + _bomb(18, "description", "__Schema")),
    ),
    Attack("900 levels", asking("{ a " * 900 + "}" * 900)),
    Attack(
        "31 aliases", asking("{" + "".join(f"a{n}: viewer {{ kind }} " for n in range(31)) + "}")
    ),
    Attack(
        "2,000 directives of a field",
        asking("{ viewer { kind " + "@skip(if: false) " * 2_000 + "} }"),
    ),
    Attack(
        "600 operations",
        asking(" ".join(f"query Q{n} {{ viewer {{ kind }} }}" for n in range(600))),
    ),
    Attack(
        "1,200 variables",
        asking(f"query ({' '.join(f'$v{n}: Int' for n in range(1_200))}) {{ viewer {{ kind }} }}"),
    ),
    *(
        Attack(f"{name}, a manager's", asking(text, role=Role.TRAINING_MANAGER))
        for name, text in _LARGE.items()
    ),
    *(Attack(name, asking(text)) for name, text in _WITHIN.items()),
    Attack(
        "2,000 new documents, 8 at once",
        posting([{"query": f"query Q{n} {{ viewer {{ kind }} }}"} for n in range(2_000)], 8),
    ),
    Attack(
        "1,000 new documents within the rate, 4 at once",
        posting([{"query": f"query R{n} {{ viewer {{ kind }} }}"} for n in range(1_000)], 4),
    ),
    Attack(
        "400 new documents of 5,000 words, 8 at once",
        posting([{"query": f"query Q{n} {{ " + "a b " * 2_400 + "}"} for n in range(400)], 8),
    ),
)
