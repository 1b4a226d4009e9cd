"""A container as docker-compose.yml would have it, made of Linux's namespaces by enter.sh.

The root is read-only, /tmp in memory, the image's volume a folder; the first process is the image's
own command, as the image's user, without capabilities or a way to new ones. There are no bounds on
memory and processes, and no seccomp filter; the network is that of who starts it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self

import psutil

from tests.image.image import Image

ENTER = Path(__file__).with_name("enter.sh")
HOSTS = "127.0.0.1 localhost database\n"
NAMESPACES = ("--mount", "--pid", "--ipc", "--uts")
COMMAND_TIMEOUT_S = 120.0
"""Seconds."""
START_TIMEOUT_S = 60.0
"""Seconds until its first process is there; a hundredth of one is usual."""


class Ended(NamedTuple):
    """How a container ended: its exit code, and all that it wrote."""

    code: int
    output: str


class Container:
    """One container, from its start on; it is gone after the block. The folder holds its volume."""

    def __init__(
        self, image: Image, folder: Path, words: list[str], environment: Mapping[str, str]
    ) -> None:
        self._user = image.user
        self._environment = {**image.environment, **environment}
        self._log = folder / "log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                ["unshare", *NAMESPACES, "--fork", *_enter(image, folder, words)],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_running():
            os.kill(self.pid, signal.SIGKILL)  # and with the first process go all others
            self._process.wait()

    @property
    def output(self) -> str:
        """What it has written to standard output and standard error."""
        return self._log.read_text(errors="replace")

    @property
    def pid(self) -> int:
        """Of its first process, as this machine counts."""
        until = time.monotonic() + START_TIMEOUT_S
        while not (children := psutil.Process(self._process.pid).children()):
            assert self.is_running(), "it ended"
            assert time.monotonic() < until, f"it has not started anything for {START_TIMEOUT_S} s"
            time.sleep(0.01)
        return children[0].pid

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def execute(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs a command in it, as `docker exec` would."""
        uid, gid = self._user
        options = [f"--target={self.pid}", *NAMESPACES, "--root", f"--setuid={uid}"]
        return subprocess.run(
            ["nsenter", *options, f"--setgid={gid}", "--", *words],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT_S,
            check=False,
        )

    def wait(self, timeout: float = COMMAND_TIMEOUT_S) -> Ended:
        """Until it ends by itself. subprocess.TimeoutExpired where it does not."""
        return Ended(self._process.wait(timeout), self.output)

    def stop(self, grace: float) -> Ended:
        """SIGTERM to its first process; subprocess.TimeoutExpired where it outlives the grace."""
        os.kill(self.pid, signal.SIGTERM)
        return self.wait(grace)


def _enter(image: Image, folder: Path, words: list[str]) -> list[str]:
    hosts = folder / "hosts"
    hosts.write_text(HOSTS)
    places = [image.files, folder / "volume", image.volume, hosts]
    who = [image.configuration["User"], image.configuration["WorkingDir"]]
    return ["sh", *map(str, [ENTER, *places]), *who, *words]
