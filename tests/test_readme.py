"""The README is true: every command in it runs, its Python runs, and whatever it points to is there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "getting-started.md"]
README = PAGES[0].read_text("utf-8")
PROMISES = [
    "It never touches the network", "It never changes a source", "A crash leaves the last good export", "The same input gives the same bytes",
    "Every statement names its source and its exact words", "Input that it cannot read is refused by name, never guessed",
    "Who is protected is not in the public export",
]


def commands(page: str) -> list[str]:
    """The lines after `$` in console blocks, but for those that open a browser."""
    page = re.sub(r"<!-- opens a browser -->\n```console\n.*?```", "", page, flags=re.DOTALL)
    return [line[2:] for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL) for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def desk(tmp_path) -> Path:
    """A folder as a reader has it after `make`: the sample case, and nothing of the repository's code."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def casegraph(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "graph.cli", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, stdin=subprocess.DEVNULL, check=False)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_command_runs_in_the_order_of_the_page(page, desk):
    found = commands(page.read_text("utf-8"))
    assert found
    for line in found:
        name, *arguments = shlex.split(line)
        assert name == "casegraph"
        done = casegraph(arguments, desk)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert done.stdout.strip(), line
        assert "Traceback" not in done.stderr


def test_the_answer_to_who_detained_names_stance_speaker_source_and_words(desk):
    assert casegraph(["build", "seeds", "-o", "exports"], desk).returncode == 0
    answer = casegraph(["query", "who-detained", "--set", "person=Salekh Magamadov", "--format", "csv"], desk).stdout
    for part in ("alleged", "asserted", "Russian LGBT Network", "notes-8-february",
                 "the Russian LGBT Network wrote that police had detained them in their apartment"):
        assert part in answer


def test_every_command_of_the_table_is_a_command():
    listed = re.findall(r"^\| `casegraph (\w+)", README, re.MULTILINE)
    shown = casegraph(["--help"], ROOT).stdout
    assert listed
    assert [name for name in listed if f"\n  {name} " not in shown] == []


def test_the_python_runs(desk):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=desk, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 0, done.stderr
    assert "triples" in done.stdout
    assert "allegedly" in done.stdout


@pytest.mark.parametrize("page", [*PAGES, *sorted((ROOT / "docs").glob("*.md"))], ids=lambda p: p.name)
def test_every_link_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [t for t in targets if not (page.parent / t).exists()] == []


def test_every_promise_is_linked_to_the_test_that_holds_it():
    table = re.search(r"<!-- promises -->\n(.*?)<!-- end of promises -->", README, re.DOTALL)[1]
    for promise in PROMISES:
        (row,) = [line for line in table.splitlines() if line.startswith(f"| {promise} |")]
        name, test = re.search(r"\[([^]]+)\]\((tests/[^)]+)\)", row).groups()
        assert f"def test_{name.replace(' ', '_')}(" in (ROOT / test).read_text("utf-8")


def test_each_tier_of_tests_is_run_as_the_readme_says():
    """The table names a target of the Makefile for each marker, and the target runs that tier."""
    rules = dict(re.findall(r"^([\w-]+): \$\(READY\)\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    tiers = dict(re.findall(r"^\| (fast|full|deep) \|.*\| `make ([\w-]+)`", README, re.MULTILINE))
    assert tiers == {"fast": "test", "full": "test-full", "deep": "test-deep"}
    asked = {tier: re.search(r"pytest -m (\"[^\"]+\"|\w+)", rules[target])[1].strip('"') for tier, target in tiers.items()}
    assert asked == {"fast": "not full and not deep", "full": "not deep", "deep": "deep"}
    assert "`make coverage`" in README
    assert "--fail-under=100" in rules["coverage"]
