"""Containers of one image that share a volume, one after the other."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.image.container import Container, Ended
from tests.image.image import Image


class Containers:
    """All of a service of docker-compose.yml; their volume lies in the folder."""

    def __init__(self, image: Image, folder: Path) -> None:
        self._image = image
        self._folder = folder
        folder.mkdir()
        # As an engine fills a new volume: with what the image has at that place, and its owner.
        source = image.files / image.volume.lstrip("/")
        subprocess.run(["cp", "--archive", source, folder / "volume"], check=True)

    @contextmanager
    def start(
        self, environment: Mapping[str, str], words: list[str] | None = None
    ) -> Iterator[Container]:
        """A container that is gone after the block. A failure tells what it wrote."""
        command = self._image.command(words)
        with Container(self._image, self._folder, command, environment) as container:
            try:
                yield container
            except Exception as failure:
                failure.add_note(f"The container wrote:\n{container.output}")
                raise

    def run(self, environment: Mapping[str, str], words: list[str] | None = None) -> Ended:
        """Starts a container that ends by itself."""
        with self.start(environment, words) as container:
            return container.wait()


def wait_until_healthy(container: Container, image: Image, limit: float) -> float:
    """Runs the image's health check until it ends with 0; the seconds that took."""
    begun = time.monotonic()
    while (check := container.execute(*image.health_check)).returncode:
        assert container.is_running(), "it ended"
        assert time.monotonic() < begun + limit, f"not healthy after {limit} s: {check.stderr}"
        time.sleep(0.2)
    return time.monotonic() - begun
