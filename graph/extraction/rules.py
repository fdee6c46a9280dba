"""The default extractor: readings and rules, offline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.extraction import reading, silence, statements
from graph.extraction.bench import benched
from graph.extraction.constructions import absence, attributes, belonging, clauses, nominal, offices, threats
from graph.extraction.constructions.patterns import build
from graph.extraction.merging import dated, merged
from graph.extraction.syntax import language_model
from graph.extraction.syntax.frames import frames
from graph.extraction.syntax.tree import Tree
from graph.extraction.verify import verify
from graph.model import Extraction
from graph.sources.segments import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from graph.extraction.constructions.candidates import Candidate
    from graph.extraction.mentions import Reading
    from graph.extraction.syntax.frames import Frame
    from graph.model import Document, Entity, Note, Statement

ID = "rules/1"
WEAK = 0.33
"""Below this confidence two readings in three are wrong: such a one becomes a note, not a statement."""


class Rules:
    """`rules/1`: spaCy's parse, our readings and patterns."""

    id = ID

    def __init__(self, *, known: tuple[Entity, ...], entries: Mapping[str, Mapping[str, Any]], settings: Mapping[str, Any]) -> None:
        self.lexicon = build(entries)
        self.known = known
        self._acts = silence.act_verbs(self.lexicon)
        self._model = str(settings.get("model", ""))

    def extract(self, document: Document) -> Extraction:
        """Entities, statements and notes of one document. Raises UsageError if the language model is not installed."""
        if not document.segments:
            document = replace(document, segments=mark(document.text))
        return self.from_reading(reading.read(document, language_model.load(self._model), self.known))

    def from_reading(self, read: Reading) -> Extraction:
        """The same from a reading that is there already, so that its errors and ours can be told apart."""
        held, silent = self.held(read)
        stated = tuple(s for s in held if (s.confidence or 0) >= WEAK)
        weak = [silence.doubtful(s) for s in held if (s.confidence or 0) < WEAK]
        return Extraction(source=read.document.source.id, entities=read.entities, statements=stated, notes=tuple(sorted([*read.notes, *weak, *silent])))

    def held(self, read: Reading) -> tuple[tuple[Statement, ...], tuple[Note, ...]]:
        """Every statement that the gate lets through, too weak ones among them; and a note for every act of which nothing was read."""
        found: list[Statement] = []
        trees: list[Tree] = []
        before = None
        for paragraph in read.paragraphs:
            start, end = paragraph.start, paragraph.start + len(paragraph.text)
            tree = Tree(paragraph, read.mentions_within(start, end), read.times_within(start, end))
            trees.append(tree)
            verbs = frames(tree)
            found.extend(statements.made(self.candidates(tree, verbs), tree, verbs, read, self.lexicon, before))
            before = statements.last_voice(tree, verbs, read)
        held = tuple(verify(dated(merged(benched(found))), read.document, self.lexicon.domain, self.lexicon.range))
        told = silence.joined((s.start or 0, s.end or 0) for s in (*found, *held))
        return held, tuple(note for tree in trees for note in silence.silent(tree, self._acts, told, read.document))

    def candidates(self, tree: Tree, verbs: Mapping[int, Frame]) -> Iterable[Candidate]:
        """What all constructions find in a paragraph."""
        yield from clauses.verbal(tree, verbs, self.lexicon)
        yield from nominal.nominal(tree, verbs, self.lexicon)
        yield from nominal.participles(tree, self.lexicon)
        yield from attributes.attributes(tree, self.lexicon)
        yield from absence.absence(tree, verbs)
        yield from threats.threats(tree, verbs)
        yield from offices.offices(tree, verbs, self.lexicon)
        yield from belonging.belonging(tree)
