"""Debian's `buildah`, on a store of images of its own, which goes with its folder."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self


class BuildFailed(Exception):
    """A program that builds ended with another code than 0; the message holds its last lines."""


class Buildah:
    """Images and containers below a folder, which can be removed after the block. Volumes are
    shown to whatever is run in a build.
    """

    def __init__(self, folder: Path, volumes: list[str]) -> None:
        self._volumes = volumes
        self._store = folder / "store"
        self._options = [f"--root={self._store}", f"--runroot={folder / 'run'}"]
        self._options.append(f"--storage-driver={self._driver()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """The driver overlay leaves its folder mounted on itself."""
        if (self._store / "overlay").is_mount():
            run(["umount", str(self._store / "overlay")])

    @property
    def driver(self) -> str:
        """The storage driver: overlay, or vfs, which copies each layer."""
        return self._options[-1].partition("=")[2]

    def call(self, *words: str) -> str:
        """What a command of buildah prints. BuildFailed where it fails."""
        return run(["buildah", *self._options, *words])

    def build(self, context: Path, dockerfile: Path, name: str) -> None:
        """An image of a Dockerfile, from base images that are here already."""
        options = ["--pull-never", "--isolation=chroot", "--network=host", "--format=docker"]
        named = [f"--file={dockerfile}", f"--tag={name}"]
        self.call("bud", *options, *self._volumes, *named, str(context))

    def run_in(self, container: str, *words: str, volumes: list[str]) -> str:
        """What a command prints that is run in a container as root."""
        options = ["--isolation=chroot", *self._volumes, *volumes]
        return self.call("run", *options, container, "--", *words)

    @contextmanager
    def container(self, image: str) -> Iterator[tuple[str, Path]]:
        """A container of an image, or of `scratch`: its name, and the folder of its files."""
        options = [] if image == "scratch" else ["--pull-never"]
        name = self.call("from", *options, image).strip()
        try:
            yield name, Path(self.call("mount", name).strip())
        finally:
            self.call("rm", name)

    def configuration(self, image: str) -> dict[str, Any]:
        """What Docker would find in the image: Env, Entrypoint, Cmd, User, Healthcheck, …"""
        inspected = json.loads(self.call("inspect", "--type=image", image))
        found: dict[str, Any] = inspected["Docker"]["config"]
        return found

    def _driver(self) -> str:
        """Overlay where the kernel lets it lie on this file system; it is three times as fast."""
        try:
            run(["buildah", *self._options, "--storage-driver=overlay", "info"])
        except BuildFailed:
            return "vfs"
        return "overlay"


def run(command: list[str]) -> str:
    """What a program prints on standard output. BuildFailed with the end of all that it printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = f"{done.stdout}\n{done.stderr}".rstrip().splitlines()
        raise BuildFailed("\n".join([f"{command[0]} ended with {done.returncode}:", *lines[-40:]]))
    return done.stdout
