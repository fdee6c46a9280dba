"""Examples as tensors: word pieces, gold spans, events with the words that may trigger them, and the features of each role."""

from __future__ import annotations

import collections
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import torch
from gold import LITERAL

from graph.extraction.learned.words import Words, path

TYPES = ("person", "official", "organization", "place", "group", "work", "pronoun", "literal")
CLASSES = (*TYPES[:6], *LITERAL)
BUCKETS = (0, 1, 2, 3, 4, 6, 9, 13, 18, 26)
STANCES = ("asserted", "alleged", "denied")
LONGEST = 500


def bucket(sentences: int, before: bool) -> int:
    """0-15: how many sentences apart, and whether the mention comes first."""
    return min(sentences, 7) * 2 + int(before)


@dataclass
class Example:
    raw: dict
    words: Words
    text: str
    marks: list[list[str]]
    pieces: list[list[int]]
    cache: dict = field(default_factory=dict)

    def path(self, origin: int, target: int) -> str:
        key = origin, target
        if key not in self.cache:
            self.cache[key] = path(self.words, origin, target)
        return self.cache[key]


def read(file: Path, tokenizer) -> list[Example]:
    """The examples of a file made by prepare.py, each word as its pieces."""
    found = []
    for line in file.read_text("utf-8").splitlines():
        raw = json.loads(line)
        text = Words(*(tuple(raw[k]) for k in ("starts", "ends", "lemmas", "heads", "labels", "sentences", "paragraphs")))
        strings = [raw["text"][a:b] for a, b in zip(text.starts, text.ends, strict=True)]
        pieces = [e.ids or [100] for e in tokenizer.encode_batch(strings, add_special_tokens=False)]
        found.append(Example(raw, text, raw["text"], raw["marks"], pieces))
    return found


def vocabulary(examples: list[Example], relations: list[str]) -> dict:
    """The tables that go with the weights: relations, span classes, and the paths seen at least three times."""
    seen = collections.Counter()
    marks = collections.Counter(m for e in examples for row in e.marks for m in row)
    for example in examples:
        for event in example.raw["events"]:
            first, end = event["quote"]
            for origin in range(first, end):
                for a, b, _, _ in example.raw["mentions"]:
                    seen[example.path(origin, example.words.root(a, b))] += 1
    paths = ["other", "apart", "far", *sorted(p for p, n in seen.items() if n >= 8 and p not in {"apart", "far"})]
    return {"relations": relations, "classes": list(CLASSES), "types": list(TYPES), "paths": paths,
            "marks": ["other", *sorted(m for m, n in marks.items() if n >= 5)]}


def masked(example: Example, names: list[list[int]], chance: random.Random, share: float) -> list[list[int]]:
    """The pieces with the words of people's and bodies' names replaced, the same word always by the same pieces."""
    pieces = list(example.pieces)
    swapped: dict[str, list[int]] = {}
    for first, end, kind, _ in example.raw["mentions"]:
        if kind not in {"person", "official", "place", "organization"}:
            continue
        for word in range(first, end):
            form = example.text[example.words.starts[word]:example.words.ends[word]]
            if example.words.labels[word] in {"case", "punct", "prep"} or not form[:1].isupper():
                continue
            if kind == "organization" and chance.random() < 0.8:
                continue
            if form not in swapped:
                swapped[form] = chance.choice(names) if chance.random() < share else example.pieces[word]
            pieces[word] = swapped[form]
    return pieces


def name_pieces(examples: list[Example]) -> list[list[int]]:
    """The pieces of every word of a person's or a place's name: what names are swapped for."""
    found = set()
    for example in examples:
        for first, end, kind, _ in example.raw["mentions"]:
            if kind in {"person", "official", "place"}:
                for word in range(first, end):
                    if example.text[example.words.starts[word]:example.words.ends[word]][:1].isupper():
                        found.add(tuple(example.pieces[word]))
    return [list(p) for p in sorted(found)]


def encode(pieces: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """[1, pieces] ids with [CLS] and [SEP], and the place of each word's first piece; words past the window are cut."""
    ids, firsts = [101], []
    for word in pieces:
        if len(ids) + len(word) > LONGEST:
            break
        firsts.append(len(ids))
        ids += word
    return torch.tensor([[*ids, 102]]), torch.tensor(firsts)
