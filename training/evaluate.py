"""What a model reads in prepared examples, as rows for `score.py`: `evaluate.py MODEL EXAMPLES.jsonl ROWS.jsonl [--gold-mentions]`."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

from graph.extraction.learned import candidates, proposals, weights
from graph.extraction.learned.words import Words


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("model", type=Path)
    cli.add_argument("examples", type=Path)
    cli.add_argument("rows", type=Path)
    cli.add_argument("--gold-mentions", action="store_true", help="as if names and entities were all found")
    cli.add_argument("--rules", action="store_true", help="with the mentions of the rules")
    cli.add_argument("--least", type=float, default=0.4)
    cli.add_argument("--span", type=float, default=0.0)
    cli.add_argument("--margin", type=float, default=0.0)
    args = cli.parse_args()
    model = weights.load(args.model)
    hits = wanted = given = 0
    with args.rows.open("w", encoding="utf-8") as out:
        for line in args.examples.read_text("utf-8").splitlines():
            raw = json.loads(line)
            text = Words(*(tuple(raw[k]) for k in ("starts", "ends", "lemmas", "heads", "labels", "sentences", "paragraphs", "marks")))
            source = raw["text"]
            seen = proposals.see(model, text, source)
            spans = proposals.spans(model, text, seen, args.span)
            gold_spans = {(a, b, k) for a, b, k, _ in raw["mentions"]}
            mine = {(s.first, s.end, s.label) for s in spans if s.label not in proposals.STATIC_LITERALS}
            mine = {(a + (source[text.starts[a]:text.ends[a]].lower() in {"the", "a", "an"} and b - a > 1), b, k) for a, b, k in mine}
            hits, wanted, given = hits + len(gold_spans & mine), wanted + len(gold_spans), given + len(mine)
            names: dict[int, str] = {}
            if args.gold_mentions:
                taken = [proposals.Candidate(a, b, k, e) for a, b, k, e in raw["mentions"]]
            elif args.rules:
                taken = [proposals.Candidate(a, b, k, es[0], pronoun=kind == "pronoun") for a, b, k, kind, es in raw["rule_mentions"] if es]
            else:
                taken = []
            for c in taken:
                if not c.pronoun:
                    names.setdefault(c.entity, source[text.starts[c.first]:text.ends[c.end - 1]])
            free = max(names, default=-1) + 1
            if not args.gold_mentions:
                more, made = candidates.added(text, source, spans, taken, [names.get(i, "") for i in range(free)], free)
                taken = sorted([*taken, *more], key=lambda c: (c.first, c.end))
                names |= {n.entity: n.name for n in made}
            taken = [*taken, *candidates.pronouns(text, source, taken)]
            literals = [s for s in spans if s.label in proposals.STATIC_LITERALS]
            rows = {}
            for p in proposals.propose(model, text, seen, taken, literals, least=args.least):
                subjects = [r for r in p.subjects if r.margin > args.margin]
                subjects = [(r.entity, r.margin) for r in subjects if r.margin > subjects[0].margin - 2] or [(None, 0.0)]
                objects = [(r.entity, r.margin) for r in p.objects if r.margin > args.margin]
                objects = [o for o in objects if o[1] > objects[0][1] - 2]
                sentence = [i for i in range(len(text.starts)) if text.sentences[i] == text.sentences[p.trigger]]
                start, end = text.starts[sentence[0]], text.ends[sentence[-1]]
                stance = max(p.stance, key=p.stance.get)
                speaker = names[p.speakers[0].entity] if p.speakers and p.speakers[0].margin > 0 else None
                literal = source[text.starts[p.literal.first]:text.ends[p.literal.end - 1]] if p.literal else None
                for s, sm in subjects:
                    for o, om in ([(None, 0.0)] if p.literal else objects):
                        if (p.literal and s is None) or (s is not None and s == o):
                            continue
                        chance = p.chance / (1 + math.exp(-sm)) / (1 + math.exp(-om))
                        row = {"subject": {"name": names[s]} if s is not None else None, "relation": p.relation,
                               "object": {"value": literal} if p.literal else {"name": names[o]}, "stance": stance,
                               "speaker": {"name": speaker} if speaker else None, "time": None, "source": raw["id"], "quote": source[start:end],
                               "method": "extracted", "trigger": source[text.starts[p.trigger]:text.ends[p.trigger]], "confidence": chance}
                        key = (s, p.relation, o, literal)
                        if key not in rows or rows[key]["confidence"] < chance:
                            rows[key] = row
            for row in rows.values():
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"mentions: precision {hits / max(given, 1):.3f} recall {hits / max(wanted, 1):.3f}")


if __name__ == "__main__":
    main()
