"""Imports what commands import, once, in the process that is forked for each of them: so a kill meets a command at its work."""

from __future__ import annotations

import tempfile
from pathlib import Path

from graph import export, pipeline
from tests.hostile.command import make_case

with tempfile.TemporaryDirectory() as folder:
    pipeline.build(make_case(Path(folder) / "case"), Path(folder) / "out", formats=sorted(export.FORMATS))
