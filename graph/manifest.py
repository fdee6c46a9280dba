"""`manifest.json`: the hash of every input and output of a build."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import graph
from graph import files
from graph.case import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from graph.case import Case
    from graph.model import KnowledgeBase

FILE = files.MANIFEST


def write(case: Case | None, kb: KnowledgeBase, stage: Path) -> None:
    """Write the manifest of what lies in `stage`, with the case's files by their names inside it.

    Without a case (an export that withholds something) no input is named: a hash of a table could be tried against guesses.
    """
    settings = [path for name in ("case.toml", "relations.toml", *TABLES) if case and (path := case.folder / name).exists()]
    inputs = {path.name: files.sha256(files.read_bytes(path)) for path in settings}
    if case:
        inputs |= {source.file: source.sha256 for source in kb.sources if source.file and source.sha256}
    outputs = {path.name: files.sha256_of(path) for path in sorted(stage.iterdir())}
    manifest: dict[str, Any] = {"casegraph": graph.__version__, "title": kb.title, "inputs": dict(sorted(inputs.items())), "outputs": outputs}
    files.write_text(stage / FILE, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
