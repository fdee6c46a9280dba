"""How well readings find the entities of gold stories: `python tests/quality/readings.py GOLD_DIR… [--errors]`, from the root.

mentions    share of the places where a name or alias of a gold entity stands that a mention covers with (nearly) this span
types       share of those with the gold type (an official is a person)
entities    share of the gold entities of required statements that an entity of the reading agrees with (score.py's rule)
links       of the mentions where a common-noun alias stands ("the presenter"), the share that leads to the entity it stands for
pronouns    share of the pronouns that are resolved at all
slots       share of the subjects and objects of required statements (entities) that a mention within the quote leads to
wrong he    of the pronouns for one person within a quote, the share that leads to somebody who is in no statement of that quote
times       share of the times of gold statements that a time within the quote gives
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import pathlib
import re
import sys
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

from graph.extraction import reading
from graph.extraction.syntax import language_model
from graph.model import Document, Source
from graph.sources.segments import mark


def load_scorer(folder: pathlib.Path):
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def places(text: str, form: str) -> list[tuple[int, int]]:
    """Where a form stands as words of its own."""
    return [m.span() for m in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", text)]


def measure(path: pathlib.Path, nlp, score, counts: Counter, *, errors: bool) -> None:
    gold = score.Gold(path)
    data = json.loads(path.read_text("utf8"))
    text = path.with_suffix(".txt").open(encoding="utf8", newline="").read()
    document = Document(source=Source(id=path.stem, published=data["published"] or ""), text=text, segments=mark(text))
    read = reading.read(document, nlp)
    forms_of = [{e.name, *e.aliases} for e in read.entities]
    offered = [set(forms) for forms in forms_of]
    for mention in read.mentions:
        for index in mention.entities:
            offered[index].add(mention.text)
    used = {s[k] for s in data["statements"] if not s["optional"] for k in ("subject", "object", "speaker", "place")}
    longer = [span for e in gold.entities for n in [*gold.entities[e].get("aliases", []), e] if " " in n for span in places(text, n)]
    boilerplate = [(s.start, s.end) for s in document.segments if s.kind == "boilerplate"]
    for name, entity in gold.entities.items():
        if name in used:
            counts["entities"] += 1
            hit = any(gold.agrees(forms, name, lenient=False) for forms in offered)
            counts["entities found"] += hit
            if errors and not hit:
                print(f"ENTITY {path.stem}: {entity['type']} {name} {entity.get('aliases')}")
        if name not in used:
            continue
        for form in dict.fromkeys([name, *entity.get("aliases", [])]):
            nominal = not any(word[0].isupper() for word in form.split() if word.lower() not in {"the", "a", "an", "his", "her", "their", "its"}) and \
                entity["type"] in {"person", "official", "organization"}
            for start, end in places(text, form):
                if any(a <= start < b for a, b in boilerplate) or any(a <= start and end <= b and b - a > end - start for a, b in longer):
                    continue
                counts["mentions"] += 1
                near = [m for m in read.mentions if abs(m.end - end) <= 3 and m.start >= start - 4 and (m.start <= start + 4 or m.end == end or nominal)]
                counts["mentions found"] += bool(near)
                if errors and not near:
                    print(f"MENTION {path.stem}: {entity['type']} {form!r}")
                if near:
                    kind = "person" if entity["type"] == "official" else entity["type"]
                    counts["typed"] += any(("person" if m.type == "official" else m.type) == kind or len(m.entities) > 1 for m in near)
                    if errors and not any(("person" if m.type == "official" else m.type) == kind or len(m.entities) > 1 for m in near):
                        print(f"TYPE {path.stem}: {entity['type']} {form!r} is {near[0].type}")
                if nominal and near:
                    linked = [i for m in near for i in m.entities]
                    right = any(gold.agrees(forms_of[i], name, lenient=False) for i in linked)
                    counts["links"] += 1
                    counts["links right"] += right
                    named = [i for i in linked if any(gold.agrees(forms_of[i], other, lenient=False) for other in gold.entities if other != name)]
                    counts["links wrong"] += bool(named) and not right
                    if errors and not right:
                        print(f"LINK {path.stem}: {form!r} should be {name!r}, is {[read.entities[i].name for i in linked]}")
    pronouns = [m for m in read.mentions if m.kind == "pronoun"]
    counts["pronouns"] += len(pronouns)
    counts["pronouns resolved"] += sum(bool(m.entities) for m in pronouns)
    slots(data, gold, read, text, offered, counts, errors=errors)
    for statement in data["statements"]:
        if statement["time"] and not statement["optional"]:
            start = text.find(statement["quote"])
            inside = [t.edtf for t in read.times if start <= t.start and t.end <= start + len(statement["quote"])]
            if inside:
                counts["times"] += 1
                counts["times right"] += any(score.time_agrees(t, statement["time"]) for t in inside)


def slots(data, gold, read, text, offered, counts: Counter, *, errors: bool) -> None:
    by_quote: dict[str, set[str]] = {}
    for s in data["statements"]:
        by_quote.setdefault(s["quote"], set()).update(x for x in (s["subject"], s["object"], s["speaker"]) if x in gold.entities)
    for quote in by_quote:
        start = text.find(quote)
        here = [m for m in read.mentions if start <= m.start and m.end <= start + len(quote)]
        for name in sorted({x for s in data["statements"] if s["quote"] == quote and not s["optional"] for x in (s["subject"], s["object"]) if x in gold.entities}):
            hit = any(gold.agrees({m.text} | (offered[i] if m.kind == "pronoun" else {m.text, read.entities[i].name, *read.entities[i].aliases}), name, lenient=False)
                      for m in here for i in m.entities)
            counts["slots"] += 1
            counts["slots found"] += hit
            if errors and not hit:
                print(f"SLOT {name!r} in {quote!r}: {[(m.text, [read.entities[i].name for i in m.entities]) for m in here]}")
        overlapping = set().union(*(n for q, n in by_quote.items() if q in quote or quote in q))
        for m in here:
            if m.kind == "pronoun" and m.text.lower() in {"he", "she", "him", "her", "his"} and m.entities:
                right = any(gold.agrees(offered[i], name, lenient=False) for i in m.entities for name in overlapping)
                counts["he"] += 1
                counts["he wrong"] += not right
                if errors and not right:
                    print(f"HE {m.text} in {quote!r} is {[read.entities[i].name for i in m.entities]} of {sorted(overlapping)}")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", type=pathlib.Path, nargs="+", help="folders of gold documents beside score.py")
    cli.add_argument("--errors", action="store_true")
    args = cli.parse_args()
    nlp = language_model.load()
    score = load_scorer(args.gold[0].resolve().parent)
    for folder in args.gold:
        counts: Counter = Counter()
        for path in sorted(folder.glob("*.json")):
            measure(path, nlp, score, counts, errors=args.errors)
        shares = {"mentions": counts["mentions found"] / counts["mentions"], "types": counts["typed"] / counts["mentions found"],
                  "entities": counts["entities found"] / counts["entities"], "links": counts["links right"] / counts["links"],
                  "links to another": counts["links wrong"] / counts["links"], "pronouns": counts["pronouns resolved"] / counts["pronouns"],
                  "slots": counts["slots found"] / counts["slots"], "wrong he": counts["he wrong"] / counts["he"], "times": counts["times right"] / counts["times"]}
        print(folder.name, "  ".join(f"{key} {value:.3f}" for key, value in shares.items()), f"of {counts['mentions']} mentions, {counts['entities']} entities")


if __name__ == "__main__":
    main()
