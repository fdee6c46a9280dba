"""Gold and made-up stories -> examples with parsed words, as JSON lines: `prepare.py GOLD_DIR OUT.jsonl` (needs spaCy, not PyTorch)."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import gold

from graph.extraction import reading
from graph.extraction.learned.words import words
from graph.extraction.syntax import language_model
from graph.model import Document, Source
from graph.sources.segments import mark


def example(data: dict, nlp) -> dict:
    """One document as plain lists; spans count words, ends are exclusive."""
    document = Document(source=Source(id=data["id"], published=data.get("published") or ""), text=data["text"], segments=mark(data["text"]))
    read = reading.read(document, nlp)
    text = words(read.paragraphs)
    spans = []
    for start, end, kind, entity in data.get("mentions") or gold.mentions(data):
        span = text.span(start, end)
        if span:
            spans.append([*span, kind, entity])
    found = []
    for event in data.get("events") or gold.events(data):
        quote = text.span(event["start"], event["end"])
        literal = text.span(*event["literal"]) if event["literal"] else None
        if quote:
            found.append({**event, "quote": quote, "literal": literal})
    pronouns = [i for i in range(len(text.starts)) if data["text"][text.starts[i]:text.ends[i]].lower() in gold.PRONOUNS]
    rules = [[*span, str(m.type), m.kind, list(m.entities)] for m in read.mentions if (span := text.span(m.start, m.end))]
    others = [r[:3] + [r[4][0]] for r in rules if r[2] != "place" and r[3] != "pronoun" and r[4]
              and not any(r[0] < b and a < r[1] for a, b, *_ in spans)]
    return {"id": data["id"], "story": data.get("story", data["id"]), "text": data["text"], "starts": text.starts, "ends": text.ends,
            "lemmas": text.lemmas, "heads": text.heads, "labels": text.labels, "sentences": text.sentences,
            "paragraphs": text.paragraphs, "mentions": spans, "entities": [e["type"] for e in data["entities"]],
            "marks": text.marks, "pronouns": pronouns, "events": found, "rule_mentions": rules, "others": others}


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("gold", type=Path)
    cli.add_argument("out", type=Path)
    args = cli.parse_args()
    nlp = language_model.load()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    documents = gold.load(args.gold) if args.gold.is_dir() else [json.loads(line) for line in args.gold.read_text("utf-8").splitlines()]
    with args.out.open("w", encoding="utf-8") as out:
        for data in documents:
            out.write(json.dumps(example(data, nlp), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
