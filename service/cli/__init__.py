"""The command line: one file a command.

Exit codes: 0 done, 1 it could not be done (the message says why), 2 the words were wrong.
"""

import gc

# What is loaded now stays: to look through it, again and again, would take a quarter of the time.
gc.disable()

from service.cli.app import app  # noqa: E402 - after the line above

gc.freeze()
gc.enable()

__all__ = ["app"]
