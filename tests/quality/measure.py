"""Figures of an extractor on gold documents: `python tests/quality/measure.py [FOLDER…]` prints one line a folder.

The gold and its scorer are shared files that the repository does not hold; the figures are strict ones of `score.py`.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import extraction, vocabulary
from graph.export.jsonl import to_json
from graph.model import Document, Participant, Source, Value
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

FOLDERS = ("train", "dev_a", "dev_b", "articles")
FIGURES = ("precision", "recall", "f1", "stance", "speaker", "time", "hedged_as_asserted", "calibration")
CONFIDENT = 0.8


@dataclass(frozen=True)
class Traps:
    """Sentences with statements that must be found, and statements that may never be made."""

    required: int
    found: int
    forbidden: tuple[str, ...]


def scorer(shared: Path) -> ModuleType:
    """The module `score.py` that lies beside the gold."""
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(shared: Path, folder: str) -> Iterator[Document]:
    """The documents of a gold folder, as a build would read them."""
    for path in sorted((shared / "gold" / folder).glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        file = path.parent / gold["source"]
        if not file.exists():
            file = shared / "articles" / gold["source"]
        text = file.read_text("utf-8")
        source = Source(id=file.stem, file=file.name, published=gold["published"] or "", publisher=gold["publisher"] or "", language="en")
        yield Document(source=source, text=text, segments=tuple(mark(text)))


def figures(shared: Path, folder: str, extractor: extraction.Extractor) -> dict[str, float]:
    """Strict figures of `score.py`; `calibration` is the share of right statements among those with confidence ≥ .8."""
    score = scorer(shared)
    rows: list[dict[str, Any]] = []
    for document in documents(shared, folder):
        rows.extend(to_json(statement) for statement in extractor.extract(document).statements)
    docs = [score.Gold(path) for path in sorted((shared / "gold" / folder).glob("*.json"))]
    report = score.report(rows, docs, False)
    pairs = report["pairs"]
    count = max(1, len(pairs))
    sure = [r for r in report["false"] if r["confidence"] >= CONFIDENT]
    right = sum(r["confidence"] >= CONFIDENT for r, g in pairs if not g["optional"])
    speaker = sum((g["speaker"] is None and r.get("speaker") is None) or (
        g["speaker"] is not None and g["doc"].agrees(score.forms(r.get("speaker")), g["speaker"], True)) for r, g in pairs)
    return {
        "precision": round(report["precision"], 3), "recall": round(report["recall"], 3), "f1": round(report["f1"], 3),
        "stance": round(sum(r["stance"] == g["stance"] for r, g in pairs) / count, 3),
        "speaker": round(speaker / count, 3),
        "time": round(sum(score.time_agrees(r.get("time"), g["time"]) for r, g in pairs) / count, 3),
        "hedged_as_asserted": round(sum(g["stance"] != "asserted" and r["stance"] == "asserted" for r, g in pairs) / count, 4),
        "calibration": round(right / max(1, right + len(sure)), 3),
    }


def traps(shared: Path, extractor: extraction.Extractor) -> Traps:
    """What the extractor makes of `traps_dev.jsonl`."""
    norm = scorer(shared).norm
    required = found = 0
    forbidden = []
    for line in (shared / "gold" / "traps_dev.jsonl").read_text("utf-8").splitlines():
        trap = json.loads(line)
        document = Document(source=Source(id=trap["id"], published=trap["published"]), text=trap["text"])
        statements = extractor.extract(document).statements

        def same(wanted: dict[str, Any], statement: Any) -> bool:
            return bool(statement.relation == wanted["relation"] and _names(norm, statement.object, wanted["object"]) and (
                wanted["subject"] is None or _names(norm, statement.subject, wanted["subject"])) and (
                wanted["stance"] is None or statement.stance.value == wanted["stance"]))

        for wanted in trap["must"]:
            required += 1
            found += any(same(wanted, s) and (s.speaker is None if wanted["speaker"] is None else _names(norm, s.speaker, wanted["speaker"]))
                         for s in statements)
        forbidden += [f"{trap['id']} {wanted['relation']}: {s.quote}" for wanted in trap["must_not"] for s in statements
                      if same(wanted, s) and not any(same(m, s) for m in trap["must"])]
    return Traps(required, found, tuple(forbidden))


def _names(norm: Any, node: Participant | Value | None, name: str) -> bool:
    if node is None:
        return False
    forms = [node.value] if isinstance(node, Value) else [node.name, node.mention]
    wanted = set(norm(name).split())
    return any(words == wanted or (bool(words) and words < wanted) or (wanted < words and "of" not in words)
               for words in (set(norm(form).split()) for form in forms))


def main() -> None:
    """Print the figures of the default extractor."""
    shared = Path(__file__).resolve().parents[2].parent / "shared"
    extractor = extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})
    print(f"{'folder':10}", *(f"{name:>18}" for name in FIGURES))
    for folder in sys.argv[1:] or FOLDERS:
        got = figures(shared, folder, extractor)
        print(f"{folder:10}", *(f"{got[name]:18}" for name in FIGURES))
    result = traps(shared, extractor)
    print(f"traps: {result.found} of {result.required} found, {len(result.forbidden)} forbidden", *result.forbidden, sep="\n  ")


if __name__ == "__main__":
    main()
