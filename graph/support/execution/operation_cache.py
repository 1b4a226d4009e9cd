"""A cache of valid documents, so that a text is parsed and validated once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from sys import getsizeof
from threading import Lock
from typing import NamedTuple, cast

from graphql import DocumentNode
from strawberry.extensions import SchemaExtension

from graph.support.context import Context
from graph.support.limits.cost import Costs

MAX_BYTES = 16 * 1024 * 1024
"""Size of all texts and documents together, in each process. The console's own operations take a
tenth of it."""

MAX_DOCUMENT_BYTES = MAX_BYTES // 32
"""Heavier documents are parsed each time, so that a few of them do not push all others out: 800
words and signs, several times the console's longest operation."""

BYTES_PER_TOKEN = 650
"""Measured, with graphql-core 3.3 on Python 3.11: from 240 (an empty list) to 620 (a field without
alias or arguments) for each word or sign: nodes, and the parser's tokens, by which errors know
their place."""

BYTES_PER_CHARACTER = 4
"""Size in names and strings of the document: one emoji widens all characters of its string."""

BYTES_PER_ENTRY = 500


class ValidDocument(NamedTuple):
    """A valid document, and what its operations cost."""

    document: DocumentNode
    costs: Costs


class _Entry(NamedTuple):
    valid: ValidDocument
    weight: int


class ValidDocuments:
    """Documents that are valid under all rules at once; the least recently used go first."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._max_bytes = max_bytes
        self._bytes = 0
        self._lock = Lock()

    def get(self, text: str) -> ValidDocument | None:
        """The document of a text, when it is known to be valid."""
        with self._lock:
            entry = self._entries.get(text)
            if entry is None:
                return None
            self._entries.move_to_end(text)
            return entry.valid

    def put(self, text: str, valid: ValidDocument) -> None:
        """Remembers a valid document, unless it is too heavy."""
        weight = weight_of(text, valid.document)
        if weight > MAX_DOCUMENT_BYTES:
            return
        with self._lock:
            self._remove(text)
            self._entries[text] = _Entry(valid, weight)
            self._bytes += weight
            while self._bytes > self._max_bytes:
                self._remove(next(iter(self._entries)))

    def _remove(self, text: str) -> None:
        entry = self._entries.pop(text, None)
        self._bytes -= entry.weight if entry else 0


VALID_DOCUMENTS = ValidDocuments()


def weight_of(text: str, document: DocumentNode) -> int:
    """The number of bytes that a text and its document take at most."""
    of_text = getsizeof(text) + len(text) * BYTES_PER_CHARACTER
    return BYTES_PER_ENTRY + of_text + document.token_count * BYTES_PER_TOKEN


class OperationCache(SchemaExtension):
    """Skips parsing and validation for a text that passed both before."""

    known = False

    def on_parse(self) -> Iterator[None]:
        text = self.execution_context.query or ""
        valid = VALID_DOCUMENTS.get(text)
        self.known = valid is not None
        if valid is not None:
            self.execution_context.graphql_document = valid.document
            cast("Context", self.execution_context.context).costs = valid.costs
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if self.known:
            context.pre_execution_errors = []
        yield
        if not self.known and not context.pre_execution_errors and context.graphql_document:
            costs = cast("Context", context.context).costs
            VALID_DOCUMENTS.put(context.query or "", ValidDocument(context.graphql_document, costs))
