"""The build reaches the package registries as this machine does."""

from __future__ import annotations

from configparser import RawConfigParser
from pathlib import Path

from tests.image.client_settings import local_paths, npm_configuration, pip_configuration


def pip_options(listed: str) -> dict[str, str]:
    parser = RawConfigParser()
    parser.read_string(pip_configuration(listed, "/etc/ssl/all.pem"))
    return dict(parser["global"])


def test_pip_s_settings_are_taken_over_and_the_environment_wins() -> None:
    """As far as they are about reaching packages."""
    listed = """
:env:.index-url='https://fast.example/simple'
global.extra-index-url='https://a.example/simple\\nhttps://b.example/simple'
global.index-url='https://slow.example/simple'
install.no-deps='true'
""".strip()
    assert pip_options(listed) == {
        "cert": "/etc/ssl/all.pem",
        "index-url": "https://fast.example/simple",
        "extra-index-url": "https://a.example/simple\nhttps://b.example/simple",
    }


def test_pip_s_own_certificates_count() -> None:
    """More than the machine's."""
    assert pip_options("global.cert='/etc/ssl/own.pem'") == {"cert": "/etc/ssl/own.pem"}


def test_npm_s_settings_are_taken_over() -> None:
    """Registries with what lets one in, whose variables are replaced; nothing else."""
    files = [
        "registry=https://a.example/\nnodedir=/usr\n",
        "@ours:registry = https://b.example/\n//b.example/:_authToken=${TOKEN}",
    ]
    environment = {"TOKEN": "secret", "npm_config_strict_ssl": "false", "npm_config_prefix": "/x"}
    assert npm_configuration(files, environment, "/etc/ssl/all.pem").splitlines() == [
        "cafile=/etc/ssl/all.pem",
        "registry=https://a.example/",
        "@ours:registry = https://b.example/",
        "//b.example/:_authToken=secret",
        "strict-ssl=false",
    ]


def test_files_that_settings_name_are_found(tmp_path: Path) -> None:
    """With what lies beside an index; neither paths of addresses, nor what a system is made of."""
    index = tmp_path / "packages" / "simple"
    index.mkdir(parents=True)
    bundle = tmp_path / "all.pem"
    bundle.touch()
    text = f"""
        cert = {bundle}
        extra-index-url = https://packages.example{bundle} file://{index}
        find-links = /usr {tmp_path}/missing
    """
    assert local_paths(text) == {bundle, index.parent}
