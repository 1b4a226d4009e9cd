"""What is printed of what others wrote."""

from __future__ import annotations

import pytest

from service.cli.output.terminal import table


def test_a_cell_cannot_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, line breaks, tabs and directions are shown as what they are: nothing."""
    table(("a", "b"), [("\x1b[31mred", "one\ntwo\tthree"), ("\u202eevil", "[bold]plain")])
    assert capsys.readouterr().out.splitlines() == [
        "\ufffd[31mred\tone\ufffdtwo\ufffdthree",
        "\ufffdevil\t[bold]plain",
    ]
