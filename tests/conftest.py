"""What all tests share."""

from __future__ import annotations

import os
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
