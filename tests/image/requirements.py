"""What a machine must have for the image to be checked on it."""

from __future__ import annotations

import os
import shutil

from tests.image.namespaces import enter_own_mounts

FROM_DEBIAN = ("buildah", "debootstrap")


def obstacle() -> str | None:
    """Why this machine cannot check the image, if it cannot. Else this process has mounts of its
    own afterwards.
    """
    missing = [program for program in FROM_DEBIAN if shutil.which(program) is None]
    if missing:
        return f"{' and '.join(missing)} not found; Debian has {'them' if missing[1:] else 'it'}"
    if os.geteuid() != 0:
        return "only root may mount what it needs"
    try:
        enter_own_mounts()
    except PermissionError:
        return "root may not mount anything here"
    return None
