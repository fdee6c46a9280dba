"""How well an extractor reads documents that a person has annotated, in the form of the annotation guide (docs/evaluation.md).

A statement found counts as right when relation, subject and object agree with an annotated one and their quotes overlap; each
annotated statement counts once (maximum bipartite matching). Optional ones and further statements that agree are neutral.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph import files
from graph.errors import InputError, Problem, UsageError
from graph.model import Document, Participant, Source, Statement, Value
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from graph.extraction import Extractor

_LEADING = re.compile(r"^(?:the|a|an|its|his|her|their) ")
_SMALL = {"the", "of", "and", "a", "in", "to", "for", "that", "at", "by"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with the entities and statements that a person found in it."""

    document: Document
    names: dict[str, frozenset[str]]
    """Every name of an entity, folded, by its main name."""
    people: frozenset[str]
    statements: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Figures:
    """Counts over documents; shares are of 1, and 0 where there is nothing to count."""

    documents: int = 0
    annotated: int = 0
    right: int = 0
    wrong: int = 0
    matched: int = 0
    stance: int = 0
    speaker: int = 0
    time: int = 0
    harm: int = 0
    """Hedged or denied ones that are shown as asserted."""
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found."""
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right else 0.0

    def lines(self) -> list[str]:
        """The figures as lines for a person."""
        n = max(1, self.matched)
        return [f"documents    {self.documents}", f"annotated    {self.annotated}", f"precision    {self.precision:.3f}", f"recall       {self.recall:.3f}",
                f"F1           {self.f1:.3f}", f"stance       {self.stance / n:.3f} of {self.matched} matched", f"speaker      {self.speaker / n:.3f}",
                f"time         {self.time / n:.3f}", f"hedged or denied shown as asserted  {self.harm}"]


def read(folder: Path) -> list[Annotated]:
    """The annotated documents of a folder: NAME.json beside NAME.txt. Raises UsageError, InputError."""
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        raise UsageError(f"There are no annotations in {folder}: it needs NAME.json beside NAME.txt.")
    return [_annotated(path) for path in paths]


def evaluate(extractor: Extractor, gold: Iterable[Annotated]) -> Figures:
    """The figures of an extractor on annotated documents."""
    figures = Figures()
    for annotated in gold:
        _score(extractor.extract(annotated.document).statements, annotated, figures)
    return figures


def _annotated(path: Path) -> Annotated:
    try:
        data = json.loads(files.read_text(path))
        text = files.read_text(path.with_suffix(".txt"))
        names = {e["name"]: frozenset(_fold(n) for n in (e["name"], *e.get("aliases", ()))) - {""} for e in data["entities"]}
        people = frozenset(e["name"] for e in data["entities"] if e["type"] in {"person", "official"})
        statements = tuple(data["statements"])
        for s in statements:
            for quote in (s["quote"], *s.get("alt_quotes", ())):
                if quote not in text:
                    raise InputError([Problem(path.name, column=str(s.get("id", "")), what=f"the quote {quote[:60]!r} does not stand in the text.")])
            s["relation"], s["object"], s["stance"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError([Problem(path.name, what=f"is no annotation in the form of the guide ({type(error).__name__}: {error}).")]) from error
    source = Source(id=path.stem, published=str(data.get("published") or ""))
    return Annotated(Document(source=source, text=text, segments=mark(text)), names, people, statements)


def _score(found: Sequence[Statement], gold: Annotated, figures: Figures) -> None:
    fits = [[j for j, g in enumerate(gold.statements) if _agree(s, g, gold)] for s in found]
    owner = _matching([sorted(js, key=lambda j: gold.statements[j]["stance"] != found[i].stance) for i, js in enumerate(fits)])
    figures.documents += 1
    figures.annotated += sum(not g.get("optional") for g in gold.statements)
    figures.right += sum(not gold.statements[j].get("optional") for j in owner)
    figures.wrong += sum(not js for js in fits)
    for j, i in owner.items():
        statement, wanted = found[i], gold.statements[j]
        figures.matched += 1
        figures.stance += statement.stance == wanted["stance"]
        figures.harm += statement.stance == "asserted" != wanted["stance"]
        speaker = wanted.get("speaker")
        figures.speaker += statement.speaker is None if speaker is None else statement.speaker is not None and _is(statement.speaker, speaker, gold)
        time, its = (wanted.get("time") or "").rstrip("~?%"), statement.time.rstrip("~?%")
        figures.time += time == its or bool(time and its and (time.startswith(its) or its.startswith(time)))
    figures.missed += [f"{gold.document.source.id} {g['relation']}: {g['quote']}" for j, g in enumerate(gold.statements) if j not in owner and not g.get("optional")]


def _matching(choices: list[list[int]]) -> dict[int, int]:
    """A largest one-to-one assignment (augmenting paths, Kuhn 1955): right side to left side."""
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in choices[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in sorted(range(len(choices)), key=lambda i: (len(choices[i]), i)):
        place(i, set())
    return owner


def _agree(statement: Statement, wanted: dict[str, Any], gold: Annotated) -> bool:
    if statement.relation != wanted["relation"]:
        return False
    if not any(q in statement.quote or statement.quote in q or _share(q, statement.quote) >= 0.6 for q in (wanted["quote"], *wanted.get("alt_quotes", ()))):
        return False
    subject = wanted.get("subject")
    return (subject is None or (statement.subject is not None and _is(statement.subject, subject, gold))) and _is(statement.object, wanted["object"], gold)


def _is(side: Participant | Value, name: str, gold: Annotated) -> bool:
    forms = {_fold(f) for f in ((side.value,) if isinstance(side, Value) else (side.name, side.mention))} - {""}
    if name not in gold.names:
        return any(_share(f, name) >= 0.5 for f in forms)
    wanted = gold.names[name]
    if forms & wanted:
        return True
    if name in gold.people:
        return any(set(f.split()) <= set(w.split()) or set(w.split()) <= set(f.split()) for f in forms for w in wanted)
    return any(len(w.split()) > 2 and _share(f, w) >= 0.67 for f in forms for w in wanted)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    plain = " ".join(re.sub(r"'s$|[\"“”‘'.,;:!?()]", "", plain).split())
    while (shorter := _LEADING.sub("", plain)) != plain:
        plain = shorter
    return plain


def _share(one: str, two: str) -> float:
    a, b = (set(re.findall(r"\w+", _fold(t))) - _SMALL for t in (one, two))
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
