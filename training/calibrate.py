"""Fit the vote of rules and model on stories that neither learned from: `calibrate.py MODEL GOLD_DIR SCORE.py [--write]`.

Every statement of the rules and of the model is right or wrong by the scorer's own matching; two logistic regressions learn from that.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from pathlib import Path

import numpy as np

from graph import vocabulary
from graph.extraction import language_model, reading
from graph.extraction.learned.extractor import Learned
from graph.model import Document, Participant, Source
from graph.sources.segments import mark


def node(value) -> dict | None:
    """A participant or value as the export writes it."""
    if value is None:
        return None
    return {"name": value.name, "mention": value.mention} if isinstance(value, Participant) else {"value": value.value}


def row(statement) -> dict:
    """A statement as the scorer reads it."""
    return {"subject": node(statement.subject), "relation": statement.relation, "object": node(statement.object), "stance": str(statement.stance),
            "speaker": node(statement.speaker), "time": statement.time or None, "source": statement.source, "quote": statement.quote,
            "method": "extracted", "confidence": statement.confidence, "rule": statement.rule}


def document(path: Path) -> Document:
    """The text of a gold document as the pipeline reads it."""
    data = json.loads(path.read_text("utf-8"))
    text = (path.parent / data["source"]).read_text("utf-8")
    source = Source(id=Path(data["source"]).stem, file=data["source"], published=data.get("published") or "", language="en")
    return Document(source=source, text=text, segments=mark(text))


def collect(extractor: Learned, folder: Path, scorer) -> list[tuple]:
    """(parts, statement row, gold document, label) of every statement; label 1 right, 0 wrong, None neutral."""
    nlp = language_model.load()
    found = []
    for path in sorted(folder.glob("*.json")):
        gold = scorer.Gold(path)
        read = reading.read(document(path), nlp)
        _, weighed = extractor.weigh(read, extractor.rules.from_reading(read).statements)
        for w in weighed:
            r = row(w.statement)
            agreeing = [g for g in gold.statements if scorer.matches(r, g, False)]
            label = None if agreeing and all(g["optional"] for g in agreeing) else int(bool(agreeing))
            found.append((w.parts, r, gold, label))
    return found


def fit(rows: list[tuple], pull: float = 1.0) -> tuple[float, ...]:
    """Logistic regression by Newton steps with a pull of the weights (not the constant) to zero."""
    x = np.array([p.values() for p, _, _, label in rows if label is not None])
    y = np.array([label for *_, label in rows if label is not None], dtype=float)
    weights = np.zeros(x.shape[1])
    ridge = np.eye(x.shape[1]) * pull
    ridge[0, 0] = 0.01
    for _ in range(40):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + ridge @ weights
        weights = weights - np.linalg.solve(x.T @ (x * (chance * (1 - chance))[:, None]) + ridge, slope)
    return tuple(round(float(w), 4) for w in weights)


def figures(kept: list[tuple], golds: list, scorer) -> dict:
    result = scorer.report([r for _, r, _, _ in kept], golds, False)
    return {k: round(result[k], 3) for k in ("precision", "recall", "f1")}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("model", type=Path)
    cli.add_argument("gold", type=Path)
    cli.add_argument("scorer", type=Path)
    cli.add_argument("--precision", type=float, default=0.8)
    cli.add_argument("--write", action="store_true")
    args = cli.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    extractor = Learned(known=(), entries=vocabulary.entries(), settings={"weights": str(args.model)})
    rows = collect(extractor, args.gold, scorer)
    golds = list({id(g): g for _, _, g, _ in rows}.values())
    ruled, ours = [r for r in rows if r[0].rule is not None], [r for r in rows if r[0].rule is None]
    print("rules with the model's mentions", len(ruled), figures(ruled, golds, scorer))
    print("only the model, everything", len(ours), figures(ours, golds, scorer))
    stories = sorted({r[2].story for r in rows})
    crossed = {}
    for k in range(7):  # each story weighed by what the others taught
        out = set(stories[k::7])
        w_rules = fit([r for r in ruled if r[2].story not in out])
        w_model = fit([r for r in ours if r[2].story not in out])
        for r in rows:
            if r[2].story in out:
                w = w_model if r[0].rule is None else w_rules
                crossed[id(r)] = 1 / (1 + np.exp(-float(np.dot(w, r[0].values()))))
    best = None
    for a in np.arange(0.0, 0.8, 0.05):
        for b in np.arange(0.3, 0.96, 0.05):
            kept = [r for r in rows if crossed[id(r)] >= (b if r[0].rule is None else a)]
            f = figures(kept, golds, scorer)
            goal = f["f1"] - max(0.0, args.precision - f["precision"]) * 2
            if best is None or goal > best[0]:
                best = (goal, round(float(a), 2), round(float(b), 2), f)
    print("crossed by story, best", best)
    for a, b in ((0.0, 1.1), (0.3, 1.1), (0.4, 1.1), (0.5, 1.1), (0.0, 0.5), (0.3, 0.5), (0.3, 0.6), (0.4, 0.5), (0.5, 0.5), (0.6, 0.6), (0.7, 0.7)):
        kept = [r for r in rows if crossed[id(r)] >= (b if r[0].rule is None else a)]
        print(f"  rules from {a:.1f}, model from {b:.1f}:", len(kept), figures(kept, golds, scorer))
    weights = {"rules": fit(ruled), "model": fit(ours), "drop_rules": best[1], "drop_model": best[2]}
    print(weights)
    if args.write:
        card = json.loads((args.model / "model.json").read_text("utf-8"))
        card["settings"]["vote"] = weights
        (args.model / "model.json").write_text(json.dumps(card, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
