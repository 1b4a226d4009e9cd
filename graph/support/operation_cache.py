"""Texts of operations that were parsed and found valid, so that this is done once a text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock

from graphql import DocumentNode
from strawberry.extensions import SchemaExtension

MOST_DOCUMENTS = 1_000
LONGEST_TEXT = 20_000
"""Characters; longer texts are not kept, so that the cache's size has a bound."""


class ValidDocuments:
    """The least recently used go first. Only valid documents are kept, under all rules at once."""

    def __init__(self, most: int = MOST_DOCUMENTS) -> None:
        self._documents: OrderedDict[str, DocumentNode] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, text: str) -> DocumentNode | None:
        """The document behind a text, when it is known to be valid."""
        with self._lock:
            document = self._documents.get(text)
            if document is not None:
                self._documents.move_to_end(text)
            return document

    def keep(self, text: str, document: DocumentNode) -> None:
        """Remembers a valid document."""
        if len(text) > LONGEST_TEXT:
            return
        with self._lock:
            self._documents[text] = document
            if len(self._documents) > self._most:
                self._documents.popitem(last=False)


VALID = ValidDocuments()


class OperationCache(SchemaExtension):
    """Skips parsing and validation for a text that passed both before."""

    known = False

    def on_parse(self) -> Iterator[None]:
        text = self.execution_context.query or ""
        document = VALID.get(text)
        self.known = document is not None
        if document is not None:
            self.execution_context.graphql_document = document
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        if self.known:
            context.pre_execution_errors = []
        yield
        if not self.known and not context.pre_execution_errors and context.graphql_document:
            VALID.keep(context.query or "", context.graphql_document)
