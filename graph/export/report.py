"""`report.md`: what a case holds, in words: what is corroborated, what rests on one, where sources disagree, what to look at."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graph import files
from graph.model import Participant
from graph.printable import clean
from graph.resolution.disagreements import disagreements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.model import Claim, KnowledgeBase, Note, Statement

HEADINGS = {
    "doubtful merge": ("Who may be one", "Names that may mean one person, body or place. Decide with `casegraph review`."),
    "stale decision": ("Decisions that no longer apply", "They stand in `decisions.csv` and have no effect."),
    "silence": ("Silences", "Sentences that tell of an act and gave no statement. Somebody should read them."),
    "left-out": ("Documents left out", "They could not be read."),
    "changed": ("Documents that changed", "They are not what they were when they came in."),
    "language": ("Documents in another language", "They were not read for statements."),
    "undated": ("Documents without a date", "Times like “last week” have no meaning there."),
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

    def lines(self) -> Iterator[str]:
        yield f"# {_plain(self.kb.title)}"
        yield ""
        yield from self._summary()
        claims = sorted(self.kb.claims, key=lambda c: (-c.speakers, self._said(c), c.id))
        corroborated = [c for c in claims if c.speakers > 1]
        yield from self._section("Corroborated by independent speakers", "Outlets that quote one body count once, as do a body and its spokesman.", corroborated)
        yield from self._disagreements()
        single = [c for c in claims if c.speakers == 1]
        yield from self._section("Rests on one speaker", "One voice, however many outlets repeat it.", single, quoted=1)
        yield from self._doubts()
        yield from self._notes()

    def _summary(self) -> Iterator[str]:
        kb = self.kb
        kept = [s for s in kb.statements if s.decision != "rejected"]
        stances = Counter(s.stance.value for s in kept)
        methods = Counter(s.method.value for s in kept)
        kinds = Counter(e.type.value for e in kb.entities)
        yield f"- {_count(len(kept), 'statement')}: {', '.join(f'{stances[k]:,} {k}' for k in ('asserted', 'alleged', 'denied'))}"
        yield f"- {methods['curated']:,} curated by a person, {methods['extracted']:,} extracted by a program; {len(kb.statements) - len(kept):,} rejected"
        yield f"- {_count(len(kb.claims), 'claim')}, {sum(c.speakers > 1 for c in kb.claims):,} by independent speakers, {sum(c.contested for c in kb.claims):,} contested"
        yield f"- {len(kb.entities):,} entities: {', '.join(f'{n:,} {k}' for k, n in sorted(kinds.items()))}"
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
        for claim in claims:
            voices = f" ({claim.speakers} speakers)" if claim.speakers > 1 else ""
            yield f"- **{_plain(self._said(claim))}**, {' and '.join(claim.stances)}{voices}{', contested' if claim.contested else ''}"
            yield from self._quotes([self.statements[i] for i in claim.statements if i in self.statements], quoted)
        if claims:
            yield ""

    def _disagreements(self) -> Iterator[str]:
        found = disagreements(self.kb.statements, {e.id: e for e in self.kb.entities}, self.kb.relations, self.kb.sources)
        yield "## Where sources disagree"
        yield ""
        yield "Both sides in their own words; which is right is not for a program to say." if found else "None."
        yield ""
        for one in found:
            yield f"- **{_plain(str(one))}**"
            for value, ids in one.sides:
                yield f"  - {_plain(value)}:"
                yield from (f"  {line}" for line in self._quotes([self.statements[i] for i in ids], 2))
        if found:
            yield ""

    def _doubts(self) -> Iterator[str]:
        doubtful = [s for s in self.kb.statements if s.doubts and not s.decision]
        yield "## Doubtful statements"
        yield ""
        yield f"Extracted, but not for certain: {_count(len(doubtful), 'statement')}. Accept or reject them with `casegraph review`." if doubtful else "None."
        yield ""
        for statement in doubtful:
            yield f"- {_plain(self._told(statement))}: {_plain('; '.join(statement.doubts))} `{statement.id}`"
            yield from self._quotes([statement], 1)
        if doubtful:
            yield ""

    def _notes(self) -> Iterator[str]:
        kinds: dict[str, list[Note]] = defaultdict(list)
        for note in self.kb.notes:
            kinds[note.kind].append(note)
        for kind in [*HEADINGS, *sorted(kinds.keys() - HEADINGS.keys())]:
            title, what = HEADINGS.get(kind, (kind.capitalize(), ""))
            if kind not in kinds:
                continue
            yield f"## {_plain(title)}"
            yield ""
            if what:
                yield what
                yield ""
            for note in kinds[kind]:
                words = f" “{_plain(note.quote)}”" if note.quote else ""
                yield f"- {_plain(note.source) + ': ' if note.source else ''}{_plain(note.message)}{words}"
            yield ""

    def _quotes(self, statements: Iterable[Statement], most: int) -> Iterator[str]:
        ordered = sorted(statements, key=lambda s: (not s.quote, s.source, -1 if s.start is None else s.start, s.id))
        seen: set[tuple[str, str]] = set()
        left = 0
        for statement in ordered:
            words = statement.quote or statement.note
            if (statement.source, words) in seen:
                continue
            if len(seen) == most:
                left += 1
                continue
            seen.add((statement.source, words))
            quote = f"“{_plain(statement.quote)}” " if statement.quote else ""
            speaker = f", says {_plain(statement.speaker.name)}" if statement.speaker else ""
            via = f" via {_plain(', '.join(p.name for p in statement.via))}" if statement.via else ""
            yield f"  - {quote}{statement.stance}{speaker}{via} [{_plain(', '.join(filter(None, (statement.source, statement.locator))))}]"
        if left:
            yield f"  - and {left:,} more"

    def _said(self, claim: Claim) -> str:
        subject = self.names.get(claim.subject, claim.subject) if claim.subject else "somebody"
        object_ = claim.object if claim.literal else self.names.get(claim.object, claim.object)
        return f"{subject} {self._label(claim.relation)} {object_}"

    def _told(self, statement: Statement) -> str:
        subject = statement.subject.name if statement.subject else "somebody"
        object_ = statement.object.name if isinstance(statement.object, Participant) else statement.object.value
        return f"{subject} {self._label(statement.relation)} {object_} ({statement.stance})"

    def _label(self, relation: str) -> str:
        return self.kb.relations[relation].label if relation in self.kb.relations else relation


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"


def _plain(text: str) -> str:
    """Words of a source as words on one line: no markup of theirs is markup here."""
    return re.sub(r"([\\`*_{}\[\]<>#|!~&])", r"\\\1", " ".join(text.split()))
