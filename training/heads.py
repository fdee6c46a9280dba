"""Each head on its own figure, beside the rule that it would replace: `heads.py MODEL SCORE.py GOLD_DIR`. Figures only, no text.

Roles, stance and speaker are asked where gold tells the relation, with gold's mentions; those of the rules are of the statements
that they make there, with their own mentions, so they answer fewer questions.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import gold as annotated
from calibrate import document, extractor, load_scorer, row
from prepare import example

from graph.extraction import reading
from graph.extraction.learned import candidates, proposals, weights
from graph.extraction.learned.words import Words
from graph.extraction.syntax import language_model


class Tally:
    """Right answers and questions, by name."""

    def __init__(self) -> None:
        self.held: dict[str, list[int]] = {}

    def add(self, name: str, right: int, asked: int = 1) -> None:
        one = self.held.setdefault(name, [0, 0])
        one[0], one[1] = one[0] + right, one[1] + asked

    def show(self) -> None:
        for name, (right, asked) in self.held.items():
            print(f"  {name:48} {right / max(1, asked):.3f}  {right} of {asked}")


def of_model(model: weights.Model, raw: dict, tally: Tally) -> None:
    """The model's answers about one prepared document."""
    text = Words(*(tuple(raw[k]) for k in ("starts", "ends", "lemmas", "heads", "labels", "sentences", "paragraphs", "marks")))
    seen = proposals.see(model, text, raw["text"])
    spans = proposals.spans(model, text, seen, 0.0)
    wanted = {(a, b, k) for a, b, k, _ in raw["mentions"]}
    mine = {(s.first, s.end, s.label) for s in spans if s.label not in proposals.STATIC_LITERALS}
    rules = {(a, b, k) for a, b, k, kind, _ in raw["rule_mentions"] if kind != "pronoun"}
    for who, found in (("model", mine), ("rules", rules)):
        bare = {(a + (raw["text"][text.starts[a]:text.ends[a]].lower() in {"the", "a", "an"} and b - a > 1), b, k) for a, b, k in found}
        tally.add(f"mentions, precision, {who}", len(bare & wanted), len(bare))
        tally.add(f"mentions, recall, {who}", len(bare & wanted), len(wanted))
    everybody = [proposals.Candidate(a, b, k, e) for a, b, k, e in raw["mentions"]]
    present = {c.entity for c in everybody}
    everybody += candidates.pronouns(text, raw["text"], everybody)
    events = [e for e in raw["events"] if not e["optional"] and not e["other_quote"]]
    questions = [proposals.Question(r, *(e["literal"] or e["quote"]), literal=bool(e["literal"])) for e in events for r in model.relations
                 if r == e["relation"] or not e["literal"]]
    asked_by = [(n, r) for n, e in enumerate(events) for r in model.relations if r == e["relation"] or not e["literal"]]
    answers = {asked_by[p.asked]: p for p in proposals.propose(model, text, seen, everybody, [], questions=questions, least=2.0) if p.asked >= 0}
    for n, event in enumerate(events):
        answer = answers.get((n, event["relation"]))
        if answer is None:
            continue
        if not event["literal"]:
            best = max((a.chance, r) for (m, r), a in answers.items() if m == n)
            tally.add("relation, the likeliest within the quote, model", best[1] == event["relation"])
            tally.add("relation, told within the quote (.5), model", answer.chance >= 0.5)
        for role, found in (("subject", answer.subjects), ("object", answer.objects), ("speaker", answer.speakers)):
            if (role == "object" and event["literal"]) or (event[role] and not present & set(event[role])):
                continue
            top = found[0].entity if found and found[0].margin > 0 else None
            tally.add(f"{role}, model", top in event[role] if event[role] else top is None)
        tally.add("stance, model", max(answer.stance, key=answer.stance.get) == event["stance"])


def of_rules(rows: list[dict], gold, scorer, tally: Tally) -> None:
    """The rules' statements at the same places."""
    for g in gold.statements:
        if g["optional"]:
            continue
        there = [r for r in rows if r["relation"] == g["relation"] and scorer.overlaps(r["quote"], g)]
        if g["object"] in gold.entities:
            tally.add("relation, told within the quote, rules", bool(there))
        for role in ("subject", "object"):
            if there and (role == "subject" or g["object"] in gold.entities):
                right = [not r[role] if g[role] is None else gold.agrees(scorer.forms(r[role]), g[role], False) for r in there]
                tally.add(f"{role}, rules, where told", any(right))
        whole = [r for r in there if scorer.matches(r, g, False)]
        if whole:
            tally.add("stance, rules, where right", any(r["stance"] == g["stance"] for r in whole))
            tally.add("speaker, rules, where right", any(
                not r["speaker"] if g["speaker"] is None else gold.agrees(scorer.forms(r["speaker"]), g["speaker"], True) for r in whole))


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("model", type=Path)
    cli.add_argument("scorer", type=Path)
    cli.add_argument("gold", type=Path)
    args = cli.parse_args()
    scorer, model, tally, nlp = load_scorer(args.scorer), extractor(args.model), Tally(), language_model.load()
    by_id = {d["id"]: d for d in annotated.load(args.gold)}
    for path in sorted(args.gold.glob("*.json")):
        gold = scorer.Gold(path)
        of_model(model.model, example(by_id[gold.stem], nlp), tally)
        of_rules([row(s) for s in model.rules.from_reading(reading.read(document(path), nlp)).statements], gold, scorer, tally)
    print(args.gold.name)
    tally.show()


if __name__ == "__main__":
    main()
