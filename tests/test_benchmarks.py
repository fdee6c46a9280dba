"""The benchmarks run, and their page has a line for every figure that the design promises. How fast anything was is not looked at."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINES = {
    "pipeline": ("one document changed", "≤ 3 %"),
    "rdf": ("sort and write of ready lines", "pyoxigraph", "rdflib: add, then Turtle"),
    "view": ("first picture", "stock pyvis's page", "0 requests"),
    "queries": ("rdflib", "median ratio"),
    "extraction": ("bare spaCy pipeline", "two processes", "flat"),
    "scale": ("grows with the power", "In networkx a statement takes", "| html |"),
    "quality": ("Extraction: quality",),
    "resolution": ("who is who", "µs a name"),
    "scale of other formats": ("| nanopub (on request) |",),
}


def page(folder: Path, *names: str) -> str:
    """The page that a quick run of these benchmarks writes."""
    out = folder / "benchmarks.md"
    done = subprocess.run([sys.executable, str(ROOT / "benchmarks" / "all.py"), "--quick", "--out", str(out), *names],
                          capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 0, done.stderr
    return out.read_text("utf-8")


def test_the_page_tells_class_of_machine_date_and_versions_and_no_name(tmp_path):
    text = page(tmp_path, "resolution")
    assert "cores," in text
    assert "GiB of memory" in text
    assert "rdflib" in text
    assert platform.node() not in text.split()
    assert str(ROOT) not in text


@pytest.mark.full
@pytest.mark.timeout(0)
@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.browser) if name == "view" else name for name in LINES])
def test_every_benchmark_runs_and_stands_beside_its_peer(tmp_path, name):
    if name == "view" and os.environ.get("CI") != "true" and not (os.environ.get("CHROMIUM") or any(map(shutil.which, ("chromium", "google-chrome")))):
        pytest.skip("needs Chromium")
    text = page(tmp_path, name)
    assert all(line.casefold() in text.casefold() for line in LINES[name]), text
