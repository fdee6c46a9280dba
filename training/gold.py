"""Annotated reports as training examples: where each entity is mentioned, and what each statement's quote covers."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

LITERAL = ("position", "age", "said", "witnessed", "denied", "at_risk_from")
PEOPLE = {"person", "official"}
PRONOUNS = {"he", "she", "they", "him", "her", "them", "his", "their", "who", "whom", "i", "we", "me", "us", "my", "our",
            "it", "its", "hers", "himself", "herself", "themselves", "whose", "you", "your"}
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def load(folder: Path) -> list[dict]:
    """The documents of a folder of gold, each with its `text`; sorted by file name."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        data["text"] = (folder / data["source"]).read_text("utf-8")
        data["id"] = Path(data["source"]).stem
        documents.append(data)
    return documents


def mentions(data: dict) -> list[tuple[int, int, str, int]]:
    """(start, end, type, entity) of every place where a name or alias stands; articles are left out of the span."""
    found: dict[tuple[int, int], int] = {}
    for index, entity in enumerate(data["entities"]):
        for name in {entity["name"], *entity["aliases"]}:
            bare = _ARTICLE.sub("", name)
            if not bare:
                continue
            flags = 0 if bare[0].isupper() and bare == name else re.IGNORECASE
            for match in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)", data["text"], flags):
                found.setdefault(match.span(), index)
    kept = []
    for (start, end), index in sorted(found.items()):
        kind = data["entities"][index]["type"]
        around = [(a, b, other) for (a, b), other in found.items() if a <= start and end <= b and (a, b) != (start, end)]
        inside = [other for *_, other in around]
        if any(other == index or (b == end and data["entities"][other]["type"] == kind) for _, b, other in around):
            continue
        # "Lupan" within "Tudor Lupan" names no one else.
        if kind in PEOPLE and any(data["entities"][o]["type"] in PEOPLE for o in inside) and not data["text"][end:].startswith(("'s", "’s")):
            continue
        kept.append((start, end, kind, index))
    return kept


def _occurrence(text: str, words: str, near: int) -> tuple[int, int] | None:
    places = [m.span() for m in re.finditer(re.escape(words), text)]
    return min(places, key=lambda span: abs(span[0] - near)) if places else None


def events(data: dict) -> list[dict]:
    """Statements grouped by relation and quote: who may stand in each role there. Literal ones carry their span.

    `subject`, `object`, `speaker` and `place` are lists of entity indices, empty where the text names none.
    """
    index = {entity["name"]: i for i, entity in enumerate(data["entities"])}
    grouped: dict[tuple, list] = defaultdict(list)
    for statement in data["statements"]:
        for number, quote in enumerate([statement["quote"], *statement["alt_quotes"]]):
            start = data["text"].find(quote)
            if start < 0:
                continue
            literal = None
            if statement["object"] not in index:
                literal = _literal(data["text"], statement["object"], start, start + len(quote))
                if literal is None or statement["relation"] not in LITERAL:
                    continue
            grouped[start, start + len(quote), statement["relation"], literal].append((statement, number))
    found = []
    for (start, end, relation, literal), members in sorted(grouped.items(), key=lambda item: str(item[0])):
        first = members[0][0]
        roles = {role: sorted({index[s[role]] for s, _ in members if s.get(role) in index})
                 for role in ("subject", "object", "speaker", "place")}
        found.append({"start": start, "end": end, "relation": relation, "literal": literal, "stance": first["stance"],
                      "optional": all(s["optional"] for s, _ in members), "other_quote": all(n for _, n in members), **roles})
    return found


def _literal(text: str, words: str, start: int, end: int) -> tuple[int, int] | None:
    inside = text.find(words, start, end)
    if inside >= 0:
        return inside, inside + len(words)
    place = _occurrence(text, words, start)
    return place if place and abs(place[0] - start) < 200 else None
