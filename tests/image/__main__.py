"""python -m tests.image: builds the image and runs it as docker-compose.yml would, without Docker.

Needs root, Debian's buildah and debootstrap, and a way to Debian's and the package registries.
Where the first three are not, it says so and ends with 0. Nothing is left of it afterwards.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import tempfile
from pathlib import Path

from tests.deploy.files import REPOSITORY
from tests.image.base_images import make_base_images
from tests.image.buildah import Buildah
from tests.image.checks import (
    PASSWORDS,
    check_alone,
    check_migration,
    check_refusals,
    check_service,
)
from tests.image.client_settings import volumes
from tests.image.compose import environment_of
from tests.image.database import compose_database
from tests.image.image import Image
from tests.image.namespaces import enter_own_network
from tests.image.progress import step, tell
from tests.image.requirements import obstacle

IMAGE = "localhost/user-segments"
ON_DISK = "/var/tmp"
"""The image and its layers are too large for a /tmp in memory."""


def main() -> None:
    """The whole check, in order."""
    found = obstacle()
    if found is not None:
        tell(f"not checked: {found}")
        return
    os.nice(10)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    with tempfile.TemporaryDirectory(prefix="segments-image-", dir=ON_DISK) as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database's user passes through
        with Buildah(folder, volumes(folder / "clients")) as buildah:
            build(buildah, folder)
            enter_own_network()
            with buildah.container(IMAGE) as (_, files):
                check(Image(files, buildah.configuration(IMAGE)), folder)
    tell("it builds, migrates, serves, stops in order and starts again")


def build(buildah: Buildah, folder: Path) -> None:
    """The base images, and from them what the Dockerfile says."""
    with step("base images") as details:
        details.extend(make_base_images(buildah, folder))
    with step("image built") as about:
        dockerfile = folder / "Dockerfile"
        # Docker 25 and newer know this option; Debian's buildah does not.
        text = re.sub(r" --start-interval=\S+", "", (REPOSITORY / "Dockerfile").read_text())
        dockerfile.write_text(text)
        buildah.build(REPOSITORY, dockerfile, IMAGE)
        about.append(f"storage driver {buildah.driver}")


def check(image: Image, folder: Path) -> None:
    """The image by itself, then with the database that compose gives it."""
    check_refusals(image, folder / "refusals")
    check_alone(image, folder / "alone")
    with compose_database(folder / "postgres", environment_of("database", PASSWORDS)):
        check_migration(image, folder / "migrate")
        check_service(image, folder / "service")


if __name__ == "__main__":
    main()
