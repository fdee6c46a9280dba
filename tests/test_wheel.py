"""The wheel that users install holds everything that works in a checkout, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation",
                    "--wheel-dir", str(folder), str(ROOT)], check=True, stdin=subprocess.DEVNULL)
    (found,) = folder.glob("casegraph-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The wheel in a folder of its own, before everything else on the path."""
    target = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
                    "--target", str(target), str(wheel)], check=True, stdin=subprocess.DEVNULL)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
                          env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "graph"], cwd=ROOT, capture_output=True, check=True)
    assert names == {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).exists()}


def test_the_wheel_works_where_there_is_no_checkout(installed, tmp_path):
    assert run(installed, tmp_path, "-c", "import graph; print(graph.__file__)").startswith(str(installed))
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    run(installed, tmp_path, "-m", "graph.cli", "build", "seeds", "-o", "exports")
    assert "Russian LGBT Network" in run(installed, tmp_path, "-m", "graph.cli", "query", "who-detained", "--set", "person=Salekh Magamadov")
    run(installed, tmp_path, "-m", "graph.cli", "init", "my-case")
    run(installed, tmp_path, "-m", "graph.cli", "check", "my-case")
    page = (tmp_path / "exports" / "graph.html").read_text("utf-8")
    assert "Magamadov" in page


def test_the_wheel_names_its_command(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (entry,) = [n for n in archive.namelist() if n.endswith(".dist-info/entry_points.txt")]
        assert "casegraph = graph.cli:main" in archive.read(entry).decode()
        (metadata,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        assert "License-Expression: MIT" in archive.read(metadata).decode()
