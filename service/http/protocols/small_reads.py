"""Reads connections in small pieces.

A server's loop takes 256 KiB of a connection at once, if so much has come: of four thousand that is
a gigabyte, whatever bounds there are on the data that is kept.
"""

from __future__ import annotations

from asyncio import BaseTransport, BufferedProtocol
from typing import Any, Protocol

PIECE = 16 * 1024
"""Bytes that are read at once of data that may have to be kept."""
LARGE_PIECE = 256 * 1024
"""Bytes that are read at once of data that is wanted, or discarded."""

_BUFFER = memoryview(bytearray(LARGE_PIECE))
"""The buffer of all connections: data is taken out of it at once."""
_SMALL = _BUFFER[:PIECE]


class Connection(Protocol):
    """A protocol that gets the pieces. `takes_much` is read before each."""

    @property
    def takes_much(self) -> bool: ...

    def connection_made(self, transport: Any, /) -> None: ...

    def connection_lost(self, exc: Exception | None, /) -> None: ...

    def pause_writing(self) -> None: ...

    def resume_writing(self) -> None: ...

    def data_received(self, data: bytes, /) -> None: ...

    def eof_received(self) -> bool | None: ...


class InPieces(BufferedProtocol):
    """Reads for a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def connection_made(self, transport: BaseTransport) -> None:
        self._connection.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connection.connection_lost(exc)

    def eof_received(self) -> bool | None:
        return self._connection.eof_received()

    def pause_writing(self) -> None:
        self._connection.pause_writing()

    def resume_writing(self) -> None:
        self._connection.resume_writing()

    def get_buffer(self, sizehint: int) -> memoryview:
        return _BUFFER if self._connection.takes_much else _SMALL

    def buffer_updated(self, nbytes: int) -> None:
        self._connection.data_received(bytes(_BUFFER[:nbytes]))
