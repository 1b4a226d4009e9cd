"""Namespaces of Linux of this process's own: its mounts and its network concern nobody else."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import subprocess

CLONE_NEWNS = 0x00020000
CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP = 1


def enter_own_mounts() -> None:
    """What is mounted from here on is seen by this process and its children only, and goes with
    them. OSError where that is not allowed.
    """
    _unshare(CLONE_NEWNS)
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


def enter_own_network() -> None:
    """A network with nothing but loopback, on which every port is free."""
    _unshare(CLONE_NEWNET)
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))


def _unshare(what: int) -> None:
    """As Python's own os.unshare, which comes with 3.12."""
    if ctypes.CDLL(None, use_errno=True).unshare(what):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
