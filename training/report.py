"""The table of rules alone and rules with the model: `report.py MODEL SCORE.py GOLD_DIR… [--traps FILE]`. Figures only, no text."""

from __future__ import annotations

import argparse
import collections
import importlib.util
import json
import time
from pathlib import Path

from calibrate import document, row

from graph import vocabulary
from graph.extraction import reading
from graph.extraction.learned.extractor import Learned
from graph.extraction.rules import Rules
from graph.extraction.syntax import language_model
from graph.model import Document, Source
from graph.sources.segments import mark


def score(name: str, statements: list[dict], golds: list, scorer) -> None:
    strict, lenient = scorer.report(statements, golds, False), scorer.report(statements, golds, True)
    matched = strict["pairs"]
    n = max(1, len(matched))
    stance = sum(r["stance"] == g["stance"] for r, g in matched) / n
    harm = sum(g["stance"] != "asserted" and r["stance"] == "asserted" for r, g in matched)
    speaker = sum((g["speaker"] is None and r["speaker"] is None) or (g["speaker"] is not None and g["doc"].agrees(
        scorer.forms(r["speaker"]), g["speaker"], True)) for r, g in matched) / n
    print(f"  {name:24} {len(statements):5} strict P {strict['precision']:.3f} R {strict['recall']:.3f} F1 {strict['f1']:.3f}"
          f"  lenient P {lenient['precision']:.3f} F1 {lenient['f1']:.3f}  stance {stance:.3f} harm {harm} speaker {speaker:.3f}")


def by_relation(made: dict[str, list[dict]], golds: list, scorer) -> None:
    """Right and false statements of each extractor, by relation, the commonest in gold first; strict."""
    wanted = collections.Counter(s["relation"] for g in golds for s in g.statements if not s["optional"])
    right, false = {}, {}
    for name, statements in made.items():
        found = scorer.report(statements, golds, False)
        right[name] = collections.Counter(g["relation"] for _, g in found["pairs"] if not g["optional"])
        false[name] = collections.Counter(r["relation"] for r in found["false"])
    print(f"  {'by relation: right + false':28} {'gold':>5} " + " ".join(f"{name:>12}" for name in made))
    for relation, number in sorted(wanted.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {relation:28} {number:5} " + " ".join(f"{right[n][relation]:>7} + {false[n][relation]:2}" for n in made))


def traps(path: Path, extractors: dict) -> None:
    """Forbidden and required statements that each extractor makes of the trap sentences."""
    import re

    def same(wanted: str | None, node) -> bool:
        if wanted is None:
            return True
        given = {str(v).casefold() for v in (getattr(node, "name", None), getattr(node, "mention", None), getattr(node, "value", None)) if v}
        words = set(re.findall(r"\w+", wanted.casefold()))
        return any(words & set(re.findall(r"\w+", g)) >= {*re.findall(r"\w+", g)} - {"the", "a", "an"} or words <= set(re.findall(r"\w+", g)) for g in given)

    for name, extractor in extractors.items():
        forbidden = required = found = 0
        for line in path.read_text("utf-8").splitlines():
            trap = json.loads(line)
            text = trap["text"]
            made = extractor.extract(Document(source=Source(id=trap["id"], published=trap["published"]), text=text, segments=mark(text))).statements

            def hit(rule: dict, s) -> bool:
                return (s.relation == rule["relation"] and same(rule["subject"], s.subject) and same(rule["object"], s.object)
                        and rule.get("stance") in {None, str(s.stance)})

            bad = [m for m in trap["must_not"] if any(hit(m, s) for s in made)]
            forbidden += len(bad)
            if bad:
                print("   forbidden in", trap["id"], trap["category"])
            required += len(trap["must"])
            found += sum(any(hit(m, s) for s in made) for m in trap["must"])
        print(f"  {name:24} traps: {forbidden} forbidden, {found} of {required} required")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("model", type=Path)
    cli.add_argument("scorer", type=Path)
    cli.add_argument("gold", type=Path, nargs="*")
    cli.add_argument("--traps", type=Path)
    args = cli.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    both = Learned(known=(), entries=vocabulary.entries(), settings={"weights": str(args.model)})
    rules = Rules(known=(), entries=vocabulary.entries(), settings={})
    nlp = language_model.load()
    all_golds: list = []
    all_made: dict[str, list[dict]] = {"rules": [], "model alone": [], "both": []}
    for folder in args.gold:
        paths = sorted(folder.glob("*.json"))
        golds = [scorer.Gold(p) for p in paths]
        print(folder.name, len(golds), "stories", sum(not s["optional"] for g in golds for s in g.statements), "statements")
        kept: dict[str, list[dict]] = {"rules": [], "model alone": [], "both": []}
        spent, words = 0.0, 0
        for path in paths:
            doc = document(path)
            began = time.process_time()
            made = both.extract(doc).statements
            spent, words = spent + time.process_time() - began, words + len(doc.text.split())
            kept["both"] += [row(s) for s in made]
            read = reading.read(doc, nlp)
            kept["rules"] += [row(s) for s in rules.from_reading(read).statements]
            kept["model alone"] += [row(s) for s in both.alone(read)]
        for name, statements in kept.items():
            score(name, statements, golds, scorer)
            all_made[name] += statements
        all_golds += golds
        print(f"  {words / max(spent, 1e-9):.0f} words a CPU second, rules and model together")
    by_relation(all_made, all_golds, scorer)
    if args.traps:
        traps(args.traps, {"rules": rules, "both": both})


if __name__ == "__main__":
    main()
