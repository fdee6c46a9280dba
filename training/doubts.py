"""Learn which statements of the rules are right: `doubts.py TRAIN_GOLD SCORE.py OUT.json [--test DEV_GOLD]`; a sparse logistic regression."""

from __future__ import annotations

import argparse
import collections
import importlib.util
import json
from pathlib import Path

import numpy as np
from calibrate import document, row

from graph import vocabulary
from graph.extraction import language_model, reading
from graph.extraction.learned.doubts import Doubts, score
from graph.extraction.rules import Rules


def collect(folder: Path, scorer) -> list[tuple]:
    """(features, row, gold, label) of every statement of the rules."""
    nlp, rules, found = language_model.load(), Rules(known=(), entries=vocabulary.entries(), settings={}), []
    for path in sorted(folder.glob("*.json")):
        gold = scorer.Gold(path)
        read = reading.read(document(path), nlp)
        made = rules.from_reading(read).statements
        doubts = Doubts(read, made)
        for s in made:
            r = row(s)
            agreeing = [g for g in gold.statements if scorer.matches(r, g, False)]
            label = None if agreeing and all(g["optional"] for g in agreeing) else int(bool(agreeing))
            found.append((doubts.features(s), r, gold, label))
    return found


def fit(rows: list[tuple], pull: float = 1.0, least: int = 3) -> dict[str, float]:
    """Weights by name; "" is the constant. Accelerated gradient steps with an L2 pull."""
    rows = [r for r in rows if r[3] is not None]
    counts = collections.Counter(f for r in rows for f in set(r[0]))
    names = {f: i + 1 for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
    x = np.zeros((len(rows), len(names) + 1), dtype=np.float32)
    x[:, 0] = 1
    for i, r in enumerate(rows):
        for f in r[0]:
            if f in names:
                x[i, names[f]] = 1
    y = np.array([r[3] for r in rows], dtype=np.float32)
    w = np.zeros(x.shape[1], dtype=np.float32)
    last, step = w.copy(), 1.0 / (0.25 * float((x.sum(1) ** 1).max()) * len(rows) / 4 + pull)
    for t in range(1, 1500):
        ahead = w + (t - 1) / (t + 2) * (w - last)
        chance = 1 / (1 + np.exp(-x @ ahead))
        slope = x.T @ (chance - y) + pull * np.r_[0, ahead[1:]]
        last, w = w, ahead - step * slope
    found = {"": float(w[0]), **{f: float(w[i]) for f, i in names.items()}}
    return {f: round(v, 3) for f, v in found.items() if abs(v) >= 0.02 or not f}


def curve(rows: list[tuple], chances: list[float], scorer) -> None:
    golds = list({id(r[2]): r[2] for r in rows}.values())
    for least in (0, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = [r[1] for r, c in zip(rows, chances, strict=True) if c >= least]
        f = scorer.report(kept, golds, False)
        print(f"  from {least:.1f}: {len(kept)} P {f['precision']:.3f} R {f['recall']:.3f} F1 {f['f1']:.3f}")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("gold", type=Path)
    cli.add_argument("scorer", type=Path)
    cli.add_argument("out", type=Path)
    cli.add_argument("--test", type=Path)
    cli.add_argument("--pull", type=float, default=2.0)
    args = cli.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows = collect(args.gold, scorer)
    stories = sorted({r[2].story for r in rows})
    crossed = [0.0] * len(rows)
    for k in range(5):
        weights = fit([r for r in rows if stories.index(r[2].story) % 5 != k], args.pull)
        for i, r in enumerate(rows):
            if stories.index(r[2].story) % 5 == k:
                crossed[i] = 1 / (1 + np.exp(-score(r[0], weights)))
    print("training stories, crossed by story")
    curve(rows, crossed, scorer)
    weights = fit(rows, args.pull)
    print(len(weights), "weights")
    if args.test:
        test = collect(args.test, scorer)
        print("test stories")
        curve(test, [1 / (1 + np.exp(-score(r[0], weights))) for r in test], scorer)
    args.out.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
