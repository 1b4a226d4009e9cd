"""Images under the names that the Dockerfile begins with, made from Debian and PyPI."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.deploy.files import REPOSITORY, image
from tests.image.buildah import Buildah, BuildFailed, run

SUITE = "bookworm"
"""The release of Debian whose Python is that of the Dockerfile."""

PACKAGES = "python3,python3-venv,ca-certificates"
NODE = "/opt/node"
PATH = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
NODE_LOCK = REPOSITORY / "web" / "node.lock"


def make_base_images(buildah: Buildah, folder: Path) -> list[str]:
    """Their names, each with the version that is really in it."""
    python, node = (_name(word) for word in ("python", "node"))
    return [_make_python(buildah, folder / "debian", python), _make_node(buildah, python, node)]


def _make_python(buildah: Buildah, root: Path, name: str) -> str:
    run(["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(root), *_mirror()])
    for package in (root / "var/cache/apt/archives").glob("*.deb"):
        package.unlink()
    (root / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    with buildah.container("scratch") as (container, files):
        run(["cp", "--archive", f"{root}/.", str(files)])
        buildah.call("config", f"--env=PATH={PATH}", container)
        version = _version(buildah, container, "python", name)
        buildah.call("commit", container, name)
    shutil.rmtree(root)
    return f"{name} with Python {version}"


def _make_node(buildah: Buildah, python: str, name: str) -> str:
    """Node comes from PyPI, as for `make setup` on a machine that has none."""
    lock = f"--volume={NODE_LOCK}:/tmp/node.lock:ro"
    install = [f"{NODE}/bin/pip", "install", "--quiet", "--require-hashes", "-r", "/tmp/node.lock"]
    with buildah.container(python) as (container, _):
        buildah.run_in(container, "python", "-m", "venv", NODE, volumes=[])
        buildah.run_in(container, *install, volumes=[lock])
        buildah.call("config", f"--env=PATH={NODE}/bin:{PATH}", container)
        version = _version(buildah, container, "node", name)
        buildah.call("commit", container, name)
    return f"{name} with Node {version}"


def _name(repository: str) -> str:
    """The one base image of the Dockerfile from there, as it is called where it was made here."""
    bases = {rest.split()[0] for word, rest in image() if word == "FROM"}
    (found,) = (base for base in bases if base.startswith(f"{repository}:"))
    return f"localhost/{found}"


def _version(buildah: Buildah, container: str, program: str, name: str) -> str:
    """Of a program, which must be the one that the image's name promises."""
    said = buildah.run_in(container, program, "--version", volumes=[])
    version = re.sub(r"[^\d.]", "", said)
    promised = name.partition(":")[2].removesuffix("-slim")
    if not f"{version}.".startswith(f"{promised}."):
        raise BuildFailed(f"{name} would have {program} {version}")
    return version


def _mirror() -> list[str]:
    """Where this machine's apt takes Debian from; else it is debootstrap's to choose."""
    if shutil.which("apt-get") is None:
        return []
    fields = "$(ORIGIN) $(LABEL) $(COMPONENT) $(REPO_URI)"
    targets = run(["apt-get", "indextargets", "--format", fields, "Created-By: Packages"])
    return re.findall(r"^Debian Debian main (\S+)$", targets, re.MULTILINE)[:1]
