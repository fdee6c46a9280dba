"""What stands in the way of the required statements of gold that are missed: `python tests/quality/misses.py FOLDER… [--examples]`.

One line a class, the most frequent first. `--examples` prints the gold's own words: to be read, never to be kept.

weak        found, and withheld as too unsure
unreal      the clause is there and was judged not to have happened
stage       a relation of the same clause is there, and merging, the bench or the types' gate took it away
subject …   relation and object are there; how the subject is named there (`-`: no mention), and how it was read
object …    relation and subject are there
both        only the relation is there
relation …  both sides are there with another relation
unnamed …   the relation is there, and words that stand as its subject or object name nobody: a pronoun, a common noun, a name
no act      nothing of it is there; `unread`: nor do both sides stand as mentions in the quote, a side of them at least
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import measure

from graph import extraction, vocabulary
from graph.export.jsonl import to_json
from graph.extraction import reading, rules, statements
from graph.extraction.attribution import context

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def how(node: Any) -> str:
    """How a participant is written: not at all, as words, by a pronoun, a common noun or a name, and whether that was resolved to a name."""
    if node is None:
        return "-"
    if "value" in node:
        return "words"
    mention, name = node["mention"], node["name"]
    kind = "pronoun" if mention.casefold() in statements_pronouns else "name" if mention[:1].isupper() and mention.split()[0] not in {"The", "A", "An", "His", "Her", "Their", "Two"} else "noun"
    return f"{kind}>{'name' if name[:1].isupper() else 'noun'}"


statements_pronouns = frozenset("he she they it him her them his its their i me my we us our who whose".split())


def sort(score: Any, gold: dict[str, Any], held: list[dict[str, Any]], weak: list[dict[str, Any]], loose: list[dict[str, Any]],
         raw: list[dict[str, Any]], read: Any) -> tuple[str, str]:
    """The class of one missed statement, and what was there instead."""
    doc = gold["doc"]

    def side(row: dict[str, Any], name: str) -> bool:
        if name == "subject" and gold["subject"] is None:
            return True
        return bool(score.forms(row[name])) and doc.agrees(score.forms(row[name]), gold[name], lenient=False)

    if found := [r for r in weak if score.matches(r, gold, False)]:
        return "weak", str(found[0]["rule"])
    if found := [r for r in loose if score.matches(r, gold, False)]:
        return "unreal" if found[0].get("unreal") else "stage", f"{found[0]['rule']} {found[0].get('unreal')}"
    near = [r for r in (*held, *weak, *loose) if score.overlaps(r["quote"], gold)]
    same = [r for r in near if r["relation"] == gold["relation"]]

    def told(row: dict[str, Any]) -> str:
        return " | ".join(str(score.forms(row[n])) for n in ("subject", "object")) + f" {row['rule']}"

    for name, other in (("subject", "object"), ("object", "subject")):
        if found := [r for r in same if side(r, other)]:
            return f"{name} {how(found[0][name])}", told(found[0])
    if same:
        return "both", told(same[0])
    if found := [r for r in near if side(r, "subject") and side(r, "object") and gold["subject"] is not None]:
        return f"relation {found[0]['relation']}", told(found[0])
    if found := [c for c in raw if c["relation"] == gold["relation"] and score.overlaps(c["quote"], gold)]:
        return f"unnamed {found[0]['side']}", found[0]["words"]
    sides = [name for name in ("subject", "object") if gold[name] in doc.entities and not any(
        doc.agrees([m.text, *(n for i in m.entities for n in (read.entities[i].name, *read.entities[i].aliases))], gold[name], lenient=False)
        for m in read.mentions if m.entities and any(s <= m.start and m.end <= e for s, e in places(read.document.text, gold)))]
    return f"no act{' unread' * bool(sides)} {' '.join(sides)}", ""


def places(text: str, gold: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the quotes of a gold statement stand."""
    return [(at, at + len(q)) for q in (gold["quote"], *gold["alt_quotes"]) if (at := text.find(q)) >= 0]


def unnamed(candidate: Any, tree: Any) -> list[dict[str, Any]]:
    """Words of a candidate that should name somebody and name nobody."""
    found = []
    sides = {"subject": candidate.subjects, "object": candidate.objects if candidate.literal is None and not candidate.value else ()}
    for side, tokens in sides.items():
        missing = [t for t in tokens if (m := statements.mention_at(tree, t)) is None or not m.entities]
        if missing and len(missing) == len(tokens):
            first, last = statements.span_of(tree, candidate, tuple(t for t in (*candidate.extent, *candidate.subjects, *candidate.objects)))
            kind = "name" if tree.pos[missing[0]] == "PROPN" else "pronoun" if tree.pos[missing[0]] == "PRON" else "noun"
            found.append({"relation": candidate.relation, "side": f"{side} {kind}", "quote": tree.slice(first, last),
                          "words": f"{[tree.words[t] for t in missing]} {candidate.rule}"})
    return found


def main() -> None:
    """Print the classes."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folders", nargs="+")
    cli.add_argument("--examples", action="store_true")
    args = cli.parse_args()
    score = measure.scorer(SHARED)
    extractor = extraction.load("rules", known=(), entries=vocabulary.entries(), settings={})
    loose: list[dict[str, Any]] = []
    raw: list[dict[str, Any]] = []
    readings: list[Any] = []
    judge = context.judge
    plain_read = reading.read
    reading.read = lambda *given: readings.append(plain_read(*given)) or readings[-1]
    plain = statements.made

    def lenient_judge(tree: Any, trigger: int, frames: Any, *, negated: bool = False) -> Any:
        from dataclasses import replace
        return replace(judge(tree, trigger, frames, negated=negated), real=True)

    def watched(candidates: Any, tree: Any, *rest: Any) -> Any:
        candidates = list(candidates)
        statements.judge = lenient_judge
        for candidate in candidates:
            reason = "" if candidate.state else judge(tree, candidate.trigger, rest[0], negated=candidate.negated).reason
            raw.extend(unnamed(candidate, tree))
            loose.extend({**to_json(s), "unreal": reason} for s in plain([candidate], tree, *rest))
        statements.judge = judge
        return plain(candidates, tree, *rest)

    statements.made = watched
    for folder in args.folders:
        counts: Counter[str] = Counter()
        examples: dict[str, list[str]] = defaultdict(list)
        required = 0
        gold = {g.stem: g for g in (score.Gold(p) for p in sorted((SHARED / "gold" / folder).glob("*.json")))}
        for document in measure.documents(SHARED, folder):
            loose.clear()
            raw.clear()
            readings.clear()
            rules.WEAK, cut = 0.0, rules.WEAK
            rows = [to_json(s) for s in extractor.extract(document).statements]
            rules.WEAK = cut
            held, weak = [r for r in rows if r["confidence"] >= cut], [r for r in rows if r["confidence"] < cut]
            doc = gold[document.source.id]
            report = score.report(held, [doc], False)
            required += report["required"]
            for missed in report["missed"]:
                kind, there = sort(score, missed, held, weak, loose, raw, readings[0])
                counts[kind] += 1
                examples[kind].append(f"{doc.stem[:20]}: {missed['subject']} | {missed['relation']} | {missed['object']} | {missed['quote']!r}\n      {there}")
        print(folder, "missed", sum(counts.values()), "of", required)
        for kind, count in counts.most_common():
            print(f"  {count:5} {count / required:6.1%}  {kind}")
            if args.examples:
                print(*("    " + e for e in examples[kind]), sep="\n")


if __name__ == "__main__":
    main()
