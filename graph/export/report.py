"""`report.md`: what a case holds, in words: what is corroborated, what rests on one, where sources disagree, what to look at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph import edtf, files
from graph.model import Method, Participant, Stance, Value
from graph.printable import clean
from graph.resolution import quotes
from graph.resolution.disagreements import disagreements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.model import Claim, KnowledgeBase, Note, Statement

HEADINGS = {
    "changed": ("Documents that changed", "They are not what they were when they came in."),
    "left-out": ("Documents left out", "They could not be read, so nothing of them is here."),
    "stale decision": ("Decisions that no longer apply", "They stand in `decisions.csv` and have no effect."),
    "doubtful merge": ("Who may be one", "Names that may mean one person, body or place. Decide with `casegraph review`."),
    "silence": ("Silences", "Sentences that tell of an act and gave no statement. Somebody should read them."),
    "doubtful": ("Readings that were left out", "The program read these and does not believe them, so it states none. What holds belongs into `statements.csv`."),
    "refused": ("Answers of the model that were refused", "The text does not bear them out; they are nowhere else."),
    "withheld": ("Documents that were not sent", "They did not go to a model on another machine, so no model read them."),
    "language": ("Documents in another language", "They were not read for statements."),
    "document": ("What was noticed in documents", "It may change how they should be read."),
    "copy": ("Documents with the words of another", "One text saved twice, or taken over from elsewhere: they count as one voice."),
    "characters": ("Control characters", "GraphML has no way to write them; every other format has them as they are."),
    "undated": ("Documents without a date", "Times like “last week” are told from the date at their head, or not at all. Write the date into `sources.csv`."),
    "story": ("Steps of the story that show nothing", "They name statements that are not there any more; see `case.toml`."),
    "told by a table": ("Told by your tables already", "Where the program read what a row of `statements.csv` tells from the same words, the row stands and the reading is left out."),
}
"""Sections made of notes, in this order; any other kind of note follows under its own name."""
QUOTED = 3
"""Statements quoted under a claim or a side; the others are counted."""


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the report. The same knowledge base gives the same bytes."""
    files.write_text(path, clean("\n".join(_Report(kb).lines())).rstrip("\n") + "\n")


class _Report:
    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.statements = {s.id: s for s in kb.statements}
        self.names = {e.id: e.name for e in kb.entities}
        self.sources = {s.id: s for s in kb.sources}
        self.readers = any("llm/" in s.extractor for s in kb.statements)
        """Whether a model read as well: then each quote says who found it."""
        self.quotes = quotes.whole(kb.statements)
        self.certain = [c for c in kb.claims if any(self.statements[i].certain for i in c.statements if i in self.statements)]
        """What only doubtful statements say stands among those, and nowhere as if it were certain."""

    def lines(self) -> Iterator[str]:
        yield f"# {_plain(self.kb.title)}"
        yield ""
        yield from self._summary()
        claims = sorted(self.certain, key=lambda c: (-c.speakers, self._said([c]), c.id))
        corroborated = [c for c in claims if c.speakers > 1]
        yield from self._section("Corroborated by independent speakers", "Outlets that quote one body count once, as do a body and its spokesman.", corroborated)
        yield from self._disagreements()
        single = [c for c in claims if c.speakers == 1]
        yield from self._section("Rests on one speaker", "One voice, however many outlets repeat it.", single, quoted=1)
        yield from self._section("Only denied", "Somebody denies it; that anybody says it is not recorded, or doubtful.", [c for c in claims if not c.speakers])
        yield from self._doubts()
        yield from self._notes()

    def _summary(self) -> Iterator[str]:
        kb = self.kb
        kept = [s for s in kb.statements if s.decision != "rejected"]
        stances = Counter(s.stance.value for s in kept)
        methods = Counter(s.method.value for s in kept)
        if self.readers:
            found = Counter(_readers(s) for s in kept if s.method is Method.extracted)
            yield f"- {found['rules and model']:,} found by the rules and the model alike, {found['rules']:,} by the rules alone, {found['model']:,} by the model alone"
        noted = Counter(note.kind for note in kb.notes)
        doubtful = sum(bool(s.doubts) and not s.decision for s in kept)
        look = [("Doubtful statements", doubtful), *((HEADINGS[k][0] if k in HEADINGS else k.capitalize(), noted[k]) for k in _ordered(noted) if k != "told by a table")]
        if any(number for _, number in look):
            yield f"- to look at: {', '.join(f'{title} ({number:,})' for title, number in look if number)}"
        kinds = Counter(e.type.value for e in kb.entities)
        yield f"- {_count(len(kept), 'statement')}: {', '.join(f'{stances[k]:,} {k}' for k in ('asserted', 'alleged', 'denied'))}"
        yield f"- {methods['curated']:,} curated by a person, {methods['extracted']:,} extracted by a program; {len(kb.statements) - len(kept):,} rejected"
        yield f"- {_count(len(kb.claims), 'claim')}, {sum(c.speakers > 1 for c in self.certain):,} told by independent speakers, {sum(c.contested for c in kb.claims):,} contested, {len(kb.claims) - len(self.certain):,} doubtful"
        yield f"- {_count(len(kb.entities), 'entity')}: {', '.join(_count(n, k) for k, n in sorted(kinds.items()))}"
        yield f"- {_count(len(kb.sources), 'source')}:"
        told = Counter(s.source for s in kept)
        for source in kb.sources:
            about = ", ".join(filter(None, (source.publisher, source.published)))
            yield f"  - {_plain(source.id)}{f' ({_plain(about)})' if about else ''}: {_count(told[source.id], 'statement')}"
        yield ""

    def _section(self, title: str, what: str, claims: Sequence[Claim], quoted: int = QUOTED) -> Iterator[str]:
        yield f"## {title}"
        yield ""
        yield f"{what} {_count(len(claims), 'claim')}." if claims else "None."
        yield ""
        for claim, said in self._together(claims):
            voices = f" ({claim.speakers} speakers)" if claim.speakers > 1 else ""
            yield f"- **{_plain(said)}**, {_and(self._stances(claim))}{voices}{', contested' if claim.contested else ''}"
            yield from self._quotes([self.statements[i] for i in claim.statements if i in self.statements], quoted)
        if claims:
            yield ""

    def _stances(self, claim: Claim) -> list[str]:
        """How a claim is put for certain, and whether anybody may deny it."""
        return sorted({s.stance.value for s in (self.statements[i] for i in claim.statements if i in self.statements) if s.certain or s.stance is Stance.denied})

    def _together(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
        """Claims in their order, in words; those that the same words make of several people as one line, where the first of them stands."""
        groups: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in claims:
            words = {(s.source, self.quotes.get(s.id) or s.locator, s.stance, s.speaker.id if s.speaker else "") for s in (self.statements[i] for i in claim.statements if i in self.statements)}
            alike = (claim.relation, claim.stances, claim.speakers, claim.contested, tuple(sorted(words)))
            key = next((k for k in ((*alike, "from", claim.subject), (*alike, "to", claim.object, claim.literal)) if k in groups), None)
            if key is None:
                groups[*alike, "from", claim.subject] = groups[*alike, "to", claim.object, claim.literal] = [claim]
            else:
                # From here on this group grows on one side only.
                groups[key].append(claim)
                first = groups[key][0]
                for k in ((*alike, "from", first.subject), (*alike, "to", first.object, first.literal)):
                    if k != key and groups.get(k) is groups[key]:
                        del groups[k]
        seen: set[int] = set()
        for group in groups.values():
            if id(group) not in seen:
                seen.add(id(group))
                yield group[0], self._said(group)

    def _disagreements(self) -> Iterator[str]:
        found = disagreements(self.kb.statements, {e.id: e for e in self.kb.entities}, self.kb.relations, self.kb.sources)
        yield "## Where sources disagree"
        yield ""
        yield "Both sides in their own words; which is right is not for a program to say." if found else "None."
        yield ""
        for one in found:
            yield f"- **{_plain(str(one))}**"
            for value, ids in one.sides:
                yield f"  - {_plain(edtf.words(value) if one.kind == 'when' else value)}:"
                yield from (f"  {line}" for line in self._quotes([self.statements[i] for i in ids], 2, dated=one.kind != "when"))
        if found:
            yield ""

    def _doubts(self) -> Iterator[str]:
        doubtful = [s for s in self.kb.statements if s.doubts and not s.decision]
        yield "## Doubtful statements"
        yield ""
        yield f"Extracted, but not for certain: {_count(len(doubtful), 'statement')}. Accept or reject them with `casegraph review`." if doubtful else "None."
        yield ""
        groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
        for s in doubtful:
            groups[s.source, self.quotes.get(s.id, s.id), s.relation, s.stance, s.speaker and s.speaker.id, s.doubts].append(s)
        for alike in groups.values():
            for group in [alike] if any(len(set(names)) == 1 for names in _ends(alike)) else [[s] for s in alike]:
                yield f"- {_plain(self._told(group))}: {_plain('; '.join(group[0].doubts))} {', '.join(f'`{s.id}`' for s in group)}"
                yield from self._quotes(group, 1, marked=False)
        if doubtful:
            yield ""

    def _notes(self) -> Iterator[str]:
        kinds: dict[str, list[Note]] = defaultdict(list)
        for note in self.kb.notes:
            kinds[note.kind].append(note)
        for kind in _ordered(kinds):
            title, what = HEADINGS.get(kind, (kind.capitalize(), ""))
            yield f"## {_plain(title)}"
            yield ""
            if what:
                yield what
                yield ""
            alike: list[list[Note]] = []
            for note in kinds[kind]:
                if not note.message.endswith(".") and note.quote and alike and (first := alike[-1][0]).source == note.source and note.quote in first.quote and note.start < first.start + len(first.quote):
                    alike[-1].append(note)
                else:
                    alike.append([note])
            for first, *others in alike:
                told = "; ".join((first.message, *(n.message for n in others)))
                words = f"{'' if told.endswith('.') else ':'} “{_plain(first.quote)}”" if first.quote else ""
                yield f"- {_plain(first.source) + ': ' if first.source else ''}{_plain(told)}{words}"
            yield ""

    def _quotes(self, statements: Iterable[Statement], most: int, *, marked: bool = True, dated: bool = True) -> Iterator[str]:
        ordered = sorted(statements, key=lambda s: (not s.certain, not s.quote, s.source, -1 if s.start is None else s.start, s.id))
        seen: set[tuple[str, str, Stance]] = set()
        left = 0
        for statement in ordered:
            words = self.quotes.get(statement.id, "")
            if (told := (statement.source, words or statement.note or statement.locator, statement.stance)) in seen:
                continue
            if len(seen) == most:
                left += 1
                continue
            seen.add(told)
            quote = f"“{_plain(words)}” " if words else ""
            when = f", {edtf.words(statement.time)}" if statement.time and dated else ""
            speaker = f", says {_plain(statement.speaker.name)}" if statement.speaker else ""
            via = f" via {_plain(', '.join(p.name for p in statement.via))}" if statement.via else ""
            found = f", found by {_readers(statement)}" if self.readers and statement.method is Method.extracted else ""
            doubt = "" if statement.certain or not marked else ", doubtful"
            yield f"  - {quote}{statement.stance}{when}{speaker}{via}{found}{doubt} [{_plain(', '.join(filter(None, (statement.source, statement.locator))))}]"
        if left:
            yield f"  - and {left:,} more"

    def _said(self, claims: Sequence[Claim]) -> str:
        subjects = dict.fromkeys(self.names.get(c.subject, c.subject) if c.subject else "somebody" for c in claims)
        objects = dict.fromkeys(self._words(c) for c in claims)
        label = self._label(claims[0].relation)
        return _begin(f"{_and(subjects)} {_plural(label) if len(subjects) > 1 else label} {_and(objects)}")

    def _words(self, claim: Claim) -> str:
        """The object of a claim: a name, or words as they stand in the first statement."""
        if not claim.literal:
            return self.names.get(claim.object, claim.object)
        first = next((self.statements[i].object for i in claim.statements if i in self.statements), None)
        return first.value if isinstance(first, Value) else claim.object

    def _told(self, alike: Sequence[Statement]) -> str:
        subjects, objects = (dict.fromkeys(names) for names in _ends(alike))
        label = self._label(alike[0].relation)
        return _begin(f"{_and(subjects)} {_plural(label) if len(subjects) > 1 else label} {_and(objects)} ({alike[0].stance})")

    def _label(self, relation: str) -> str:
        return self.kb.relations[relation].label if relation in self.kb.relations else relation


def _count(number: int, word: str) -> str:
    return f"{number:,} {word if number == 1 else {'entity': 'entities', 'person': 'people'}.get(word, f'{word}s')}"


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _ordered(kinds: Iterable[str]) -> list[str]:
    """Kinds of notes, the most worth first."""
    known = list(HEADINGS)
    return sorted(kinds, key=lambda k: (known.index(k) if k in HEADINGS else len(known), k))


def _readers(statement: Statement) -> str:
    """Who found an extracted statement: the rules, a model, or both alike."""
    return "model" if statement.extractor.startswith("llm/") else "rules and model" if "+llm/" in statement.extractor else "rules"


def _ends(statements: Iterable[Statement]) -> tuple[list[str], list[str]]:
    """Who does it, and to whom or what, in the order of the statements."""
    pairs = [(s.subject.name if s.subject else "somebody", s.object.name if isinstance(s.object, Participant) else s.object.value) for s in statements]
    return [subject for subject, _ in pairs], [object_ for _, object_ in pairs]


def _and(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _plural(label: str) -> str:
    """A relation's words after several subjects: `is at risk from` becomes `are at risk from`, `leads` becomes `lead`."""
    verb, *rest = label.split(" ")
    return " ".join([{"is": "are", "was": "were", "has": "have"}.get(verb) or (verb.removesuffix("s")), *rest])


def _plain(text: str) -> str:
    """Words of a source as words on one line: no markup of theirs is markup here."""
    return re.sub(r"([\\`*_{}\[\]<>#|!~&])", r"\\\1", " ".join(text.split()))
