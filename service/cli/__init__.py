"""The command line: one file a command.

Exit codes: 0 done, 1 it could not be done (the message says why), 2 the words were wrong.
"""

from service.cli.app import app

__all__ = ["app"]
