"""What all tests share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# How fast a test is says nothing on a machine that does other work too.
settings.register_profile("casegraph", deadline=None)
settings.load_profile("casegraph")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' shared files: skipped where a user has none, failed where CI lacks them."""
    if not SHARED.is_dir():
        message = "needs the developers' shared files beside the repository"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    return SHARED


_NEAR = ("127.", "::1", "localhost", "::ffff:127.", "0.0.0.0")


def _stay_here(event: str, args: tuple[object, ...]) -> None:
    """No test reaches beyond loopback: what tries to is stopped, and fails."""
    if event in {"socket.connect", "socket.sendto", "socket.bind"} and len(args) > 1 and isinstance(args[1], tuple):
        host = str(args[1][0])
    elif event == "socket.getaddrinfo":
        host = str(args[0] or "localhost").strip("b'")
    else:
        return
    if host and not host.startswith(_NEAR):
        raise PermissionError(f"a test reaches for {host}: nothing here goes beyond this machine")


sys.addaudithook(_stay_here)
