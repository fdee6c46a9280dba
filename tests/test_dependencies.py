"""What Casegraph stands on: locked with hashes, from nowhere in particular, free of GPL. (`test_smoke.py`: all that is imported is declared.)"""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {plain(re.match(r"[\w.-]+", r)[0]) for r in requirements}


def locked() -> dict[str, list[str]]:
    """Every package of the lock with its hashes."""
    found: dict[str, list[str]] = {}
    for entry in re.split(r"\n(?=\S)", LOCK):
        if match := re.match(r"([\w.-]+)==", entry):
            found.setdefault(plain(match[1]), []).extend(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", entry))
    return found


def installed_closure(start: set[str]) -> set[str]:
    """What is installed because of these, themselves included."""
    seen, todo = set(), set(start)
    while todo:
        name = todo.pop()
        seen.add(name)
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:  # for another system or Python
            continue
        todo |= names([r for r in requires if "extra ==" not in r]) - seen
    return seen


def test_every_declared_dependency_is_locked_with_hashes():
    assert names(PROJECT["dependencies"]) | names(PROJECT["optional-dependencies"]["dev"]) <= set(locked())
    assert [name for name, hashes in locked().items() if not hashes] == []


def test_the_lock_names_no_index_no_host_and_no_path():
    assert re.findall(r"https?:|file:|//|--index|--find-links|--trusted|@|(?<!sha256):\S*/", LOCK) == []


def test_no_package_that_a_user_installs_is_under_the_gpl():
    under = {}
    for name in sorted(installed_closure(names(PROJECT["dependencies"]))):
        try:
            data = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        words = [data.get("License-Expression") or "", (data.get("License") or "")[:200], *data.get_all("Classifier", [])]
        licences = [w for w in words if re.search(r"\b[AL]?GPL|General Public License", w)]
        if any(not re.search("GPL", choice) for choice in words[0].split(" OR ") if choice):
            continue  # another licence may be chosen
        if licences:
            under[name] = licences
    assert under == {}
