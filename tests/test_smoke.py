"""The package imports and its vocabulary loads: what every other test stands on."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

from graph import vocabulary


def test_every_relation_of_the_standard_vocabulary_loads():
    assert len(vocabulary.relations()) > 50


def test_what_is_imported_is_declared():
    root = Path(__file__).resolve().parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    declared = {_plain(re.match(r"[\w.-]+", requirement)[0]) for requirement in requirements}
    missing = {}
    for path in sorted((root / "graph").rglob("*.py")):
        names = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
        tops = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"graph"}
        if foreign := {_plain(top) for top in tops} - declared:
            missing[path.relative_to(root).as_posix()] = sorted(foreign)
    assert missing == {}, "declare it in pyproject.toml and run `make lock`; docs/decisions.md says what was left out and why"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_declared_is_locked():
    root = Path(__file__).resolve().parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    locked = set(re.findall(r"^([\w.-]+)==", (root / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert sorted({_plain(re.match(r"[\w.-]+", r)[0]) for r in requirements} - {_plain(name) for name in locked}) == [], "run `make lock`"
