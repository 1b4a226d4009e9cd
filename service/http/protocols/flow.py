"""Flow control: the conditions on which a connection is read."""

from __future__ import annotations

from uvicorn.protocols.http.flow_control import FlowControl


class Flow(FlowControl):
    """Reads nothing while it `is_full`: read data waits. `is_asked` when the application wants more
    of a body.
    """

    is_full = False
    is_asked = False

    def resume_reading(self) -> None:
        self.is_asked = True
        if not self.is_full:
            super().resume_reading()
