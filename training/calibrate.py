"""Fit the vote of rules and model: `calibrate.py MODEL SCORE.py --learn GOLD --folds A B --choose GOLD [--write]`.

Every statement of the rules and of the model is right or wrong by the scorer's own matching. The weights are learnt on the training
stories, each read by a model that had not learned from it (`train.py --fold`), the thresholds are chosen on other stories.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import importlib.util
import json
import random
from pathlib import Path

import numpy as np

from graph import vocabulary
from graph.extraction import reading
from graph.extraction.learned.extractor import Learned
from graph.extraction.rules import WEAK
from graph.extraction.syntax import language_model
from graph.model import Document, Participant, Source
from graph.sources.segments import mark

STEPS = np.arange(0.0, 0.96, 0.05)


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


def load_scorer(path: Path):
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer


def extractor(folder: Path) -> Learned:
    return Learned(known=(), entries=vocabulary.entries(), settings={"weights": str(folder)})


def collect(model: Learned, paths: list[Path], scorer) -> list[tuple]:
    """(parts, statement row, gold document, label) of every statement; label 1 right, 0 wrong, None neutral.

    The scorer lets anybody be the agent where gold names none; here such a statement is wrong: to name somebody is an accusation.
    """
    nlp, found = language_model.load(), []
    for path in paths:
        gold = scorer.Gold(path)
        read = reading.read(document(path), nlp)
        _, weighed = model.weigh(read, model.rules.held(read)[0])
        for w in weighed:
            r = row(w.statement)
            agreeing = [g for g in gold.statements if scorer.matches(r, g, False)]
            label = None if agreeing and all(g["optional"] for g in agreeing) else int(bool(agreeing))
            if label and r["subject"] and not any(g["subject"] for g in agreeing):
                label = 0
            found.append((w.parts, r, gold, label))
    return found


def fit(rows: list[tuple], pull: float, least: int = 4) -> dict[str, float]:
    """Weights by name of a logistic regression with an L2 pull; numbers (`#`) are pulled ten times less. Accelerated gradient steps."""
    rows = [r for r in rows if r[3] is not None]
    values = [r[0].values() for r in rows]
    counts = collections.Counter(f for v in values for f in v)
    names = sorted(f for f, n in counts.items() if n >= least)
    place = {f: i for i, f in enumerate(names)}
    cells = [(i, place[f], value) for i, v in enumerate(values) for f, value in v.items() if f in place]
    at, of, held = (np.array(column, dtype=kind) for column, kind in zip(zip(*cells, strict=True), (np.int64, np.int64, np.float64), strict=True))
    y = np.array([r[3] for r in rows], dtype=np.float64)
    pulls = np.array([0.01 if not f else pull / 10 if f.startswith("#") else pull for f in names])

    def forward(w):
        return np.bincount(at, held * w[of], len(y))

    def back(g):
        return np.bincount(of, held * g[at], len(names))

    top = np.ones(len(names))
    for _ in range(20):  # the largest eigenvalue bounds the step
        top = back(forward(top))
        top /= np.linalg.norm(top)
    step = 1 / (0.25 * float(np.linalg.norm(back(forward(top)))) + pull)
    w = last = np.zeros(len(names))
    for t in range(1, 400):
        ahead = w + (t - 1) / (t + 2) * (w - last)
        slope = back(1 / (1 + np.exp(-forward(ahead))) - y) + pulls * ahead
        last, w = w, ahead - step * slope
    return {f: round(float(v), 3) for f, v in zip(names, w, strict=True) if abs(v) >= 0.01 or not f}


def chance(parts, weights: dict[str, float]) -> float:
    return 1 / (1 + np.exp(-sum(weights.get(f, 0.0) * v for f, v in parts.values().items())))


def figures(kept: list[tuple], golds: list, scorer) -> dict:
    result = scorer.report([r[1] for r in kept], golds, False)
    return {k: round(result[k], 3) for k in ("precision", "recall", "f1")}


def table(name: str, rows: list[tuple], chances: list[float], scorer, precision: float) -> tuple[float, float]:
    """Print what thresholds give; the two that give the best F1 at this precision, or come nearest to it."""
    golds = list({id(r[2]): r[2] for r in rows}.values())
    print(name, "rules", figures([r for r in rows if r[0].ruled and r[1]["confidence"] >= WEAK], golds, scorer),
          "with the weak ones", figures([r for r in rows if r[0].ruled], golds, scorer), "model's further", figures([r for r in rows if not r[0].ruled], golds, scorer))
    best = {0.0: (-1.0, 0.0, 0.0), precision: (-1.0, 0.0, 0.0)}
    for a in STEPS:
        for b in [*STEPS[4:], 1.1]:
            kept = [r for r, c in zip(rows, chances, strict=True) if c >= (a if r[0].ruled else b)]
            f = figures(kept, golds, scorer)
            for wanted, held in best.items():
                goal = f["f1"] - max(0.0, wanted - f["precision"]) * 3
                if goal > held[0]:
                    best[wanted] = (goal, float(round(a, 2)), float(round(b, 2)))
                    if goal > 0.6:
                        print(f"   best for {wanted:.2f}: rules from {a:.2f}, model from {b:.2f}: {len(kept)} {f}")
    return best[precision][1:]


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("model", type=Path)
    cli.add_argument("scorer", type=Path)
    cli.add_argument("--learn", type=Path, required=True)
    cli.add_argument("--folds", type=Path, nargs="+", required=True, help="model folders of train.py --fold 0/N, 1/N …")
    cli.add_argument("--choose", type=Path, required=True)
    cli.add_argument("--of", type=int, default=0, help="N of the folds, where not all of them were trained")
    cli.add_argument("--precision", type=float, default=0.8)
    cli.add_argument("--pull", type=float, default=2.0)
    cli.add_argument("--write", action="store_true")
    args = cli.parse_args()
    scorer = load_scorer(args.scorer)
    paths = sorted(args.learn.glob("*.json"))
    stories = sorted({json.loads(p.read_text("utf-8"))["story"] for p in paths})
    random.Random(0).shuffle(stories)  # the order of train.py, so that the folds are the same
    number = {s: i % (args.of or len(args.folds)) for i, s in enumerate(stories)}
    rows = []
    for k, folder in enumerate(args.folds):
        mine = [p for p in paths if number[json.loads(p.read_text("utf-8"))["story"]] == k]
        rows += collect(extractor(folder), mine, scorer)
    crossed = [0.0] * len(rows)
    place = {s: i % 5 for i, s in enumerate(sorted(stories))}
    for k in range(5):
        for ruled in (True, False):
            weights = fit([r for r in rows if r[0].ruled is ruled and place[r[2].story] != k], args.pull)
            for i, r in enumerate(rows):
                if r[0].ruled is ruled and place[r[2].story] == k:
                    crossed[i] = chance(r[0], weights)
    table("training stories, crossed:", rows, crossed, scorer, args.precision)
    vote = {"rules": fit([r for r in rows if r[0].ruled], args.pull), "model": fit([r for r in rows if not r[0].ruled], args.pull)}
    chosen = collect(extractor(args.model), sorted(args.choose.glob("*.json")), scorer)
    vote["drop_rules"], vote["drop_model"] = table("stories to choose by:", chosen, [chance(r[0], vote["rules" if r[0].ruled else "model"]) for r in chosen],
                                                   scorer, args.precision)
    print(len(vote["rules"]), len(vote["model"]), "weights; thresholds", vote["drop_rules"], vote["drop_model"])
    if args.write:
        text = json.dumps(vote, indent=0, sort_keys=True, ensure_ascii=False) + "\n"
        (args.model / "vote.json").write_text(text, "utf-8")
        card = json.loads((args.model / "model.json").read_text("utf-8"))
        card["sha256"]["vote.json"] = hashlib.sha256(text.encode()).hexdigest()
        (args.model / "model.json").write_text(json.dumps(card, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
