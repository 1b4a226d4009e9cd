"""How this machine's pip and npm reach their registries, for the build to reach them likewise.

The settings become files, which the build is shown where the clients look for them: in the
environment of a build they would become part of the image.
"""

from __future__ import annotations

import ast
import configparser
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

PIP_OPTIONS = {
    *("index-url", "extra-index-url", "find-links", "no-index", "trusted-host"),
    *("cert", "client-cert", "proxy", "timeout", "default-timeout", "retries"),
}
NPM_OPTIONS = {"registry", "cafile", "proxy", "https-proxy", "noproxy", "strict-ssl"}
AUTHORITIES = (
    "NODE_EXTRA_CA_CERTS",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
)
SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
ROOT = PurePosixPath("/root")
_VARIABLE = re.compile(r"\$\{(\w+)\}")


def volumes(folder: Path) -> list[str]:
    """Options of buildah that show the build these settings, and the local files that they name.
    The files are written to the folder, which is made.
    """
    folder.mkdir(mode=0o700)  # there may be passwords in them
    authorities = next(filter(None, map(os.environ.get, AUTHORITIES)), SYSTEM_AUTHORITIES)
    files = {
        PurePosixPath("/etc/pip.conf"): pip_configuration(_listed_by_pip(), authorities),
        ROOT / ".npmrc": npm_configuration(_npm_files(), os.environ, authorities),
    }
    shown: dict[PurePosixPath, Path] = {}
    for target, text in files.items():
        shown |= {PurePosixPath(path): path for path in local_paths(text)}
        shown[target] = folder / target.name
        shown[target].write_text(text)
    return [f"--volume={source}:{target}:ro" for target, source in shown.items()]


def pip_configuration(listed: str, authorities: str) -> str:
    """A pip.conf that says what `pip config list` does, as far as it is about reaching packages.
    What comes from the environment wins.
    """
    lines = [line.partition("=") for line in listed.splitlines()]
    options = {"cert": authorities}
    for key, _, value in sorted(lines, key=lambda line: line[0].startswith(":env:")):
        option = key.rpartition(".")[2]
        if option in PIP_OPTIONS:
            options[option] = str(ast.literal_eval(value)).strip().replace("\n", "\n\t")
    parser = configparser.RawConfigParser()
    parser["global"] = options
    written = io.StringIO()
    parser.write(written)
    return written.getvalue()


def npm_configuration(
    files: Iterable[str], environment: Mapping[str, str], authorities: str
) -> str:
    """A .npmrc of what these say, and the environment, of reaching packages. The last counts."""
    lines = [f"cafile={authorities}"]
    for line in "\n".join(files).splitlines():
        name = line.partition("=")[0].strip()
        if name in NPM_OPTIONS or name.endswith(":registry") or name.startswith("//"):
            lines.append(_VARIABLE.sub(lambda found: environment.get(found[1], ""), line))
    for variable, value in environment.items():
        name = variable.lower().removeprefix("npm_config_").replace("_", "-")
        if variable.lower().startswith("npm_config_") and name in NPM_OPTIONS:
            lines.append(f"{name}={value}")
    return "\n".join(lines) + "\n"


def local_paths(text: str) -> set[Path]:
    """Files and folders of this machine that settings name. Beside an index lie its packages."""
    indexes = {Path(path).parent for path in re.findall(r"\bfile://(/[^\s'\"]+)", text)}
    others = {Path(path) for path in re.findall(r"(?<![\w:/.~-])/[^\s'\",]+", text)}
    # Never a folder such as /usr, which would hide the image's own.
    return {path for path in indexes | others if len(path.parts) > 2 and path.exists()}


def _listed_by_pip() -> str:
    command = [sys.executable, "-m", "pip", "config", "list"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _npm_files() -> Iterator[str]:
    """The text of npm's own files, everybody's first; without npm, of one's own."""
    npm = shutil.which("npm")
    if npm is None:
        places = [Path("~/.npmrc").expanduser()]
    else:
        asked = ([npm, "config", "get", name] for name in ("globalconfig", "userconfig"))
        answers = (subprocess.run(one, capture_output=True, text=True, check=True) for one in asked)
        places = [Path(answer.stdout.strip()) for answer in answers]
    return (place.read_text() for place in places if place.is_file())
