"""Fit `data/confidence.toml` to gold: `python tests/quality/calibrate.py FOLDER…` (the folders to learn from; never dev_b)."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import measure

from graph import extraction, vocabulary
from graph.export.jsonl import to_json
from graph.extraction import rules
from graph.extraction.confidence import features

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "graph" / "extraction" / "data" / "confidence.toml"
HEADER = ("# Weights of graph/extraction/confidence.py, written by tests/quality/calibrate.py from the gold folders {folders};"
          " statements: {count}.\n\n[weights]\n")
STRENGTH, ROUNDS, RATE = 3.0, 4000, 0.5
"""Ridge penalty (in statements), steps and step width of the descent."""
SHY = 0.5
"""Taken off the bias: unseen stories give a little less than those learned from."""


def main() -> None:
    """Write the weights."""
    shared = ROOT.parent / "shared"
    extractor = extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})
    rules.WEAK = 0.0  # what is too weak to state is to be learned from as well
    score = measure.scorer(shared)
    rows: list[list[str]] = []
    labels: list[float] = []
    for folder in sys.argv[1:]:
        found = [s for d in measure.documents(shared, folder) for s in extractor.extract(d).statements]
        docs = [score.Gold(path) for path in sorted((shared / "gold" / folder).glob("*.json"))]
        report = score.report([to_json(s) for s in found], docs, False)
        wrong = {r["id"] for r in report["false"]}
        right = {r["id"] for r, g in report["pairs"] if not g["optional"]}
        for statement in found:
            if statement.id in wrong or statement.id in right:
                rows.append(features(statement))
                labels.append(float(statement.id in right))
    names = sorted({name for row in rows for name in row})
    index = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        matrix[i, [index[name] for name in row]] = 1
    truth, weights = np.array(labels), np.zeros(len(names))
    penalty = np.array([0.0 if name == "bias" else STRENGTH for name in names])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        weights -= RATE * (matrix.T @ (chance - truth) + penalty * weights) / len(rows)
    weights[index["bias"]] -= SHY
    lines = [f'"{name}" = {weights[i]:.3f}' for i, name in enumerate(names)]
    TARGET.write_text(HEADER.format(folders=", ".join(sys.argv[1:]), count=len(rows)) + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
