"""The flow from a case folder to its exports, as one function on one screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from graph import curation, export, extraction, files, manifest, redaction, resolution, sources, vocabulary
from graph.case import open_case
from graph.errors import InputError, LimitError, Problem
from graph.model import Extraction, KnowledgeBase, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from graph.case import Case
    from graph.curation import Tables
    from graph.extraction import Extractor
    from graph.model import Relation, Source, Statement
    from graph.resolution import Resolution


class Progress(Protocol):
    """Told how far a stage is."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build made: the knowledge base, where each file is, and what was left out."""

    kb: KnowledgeBase
    out: Path
    files: tuple[Path, ...]
    left_out: tuple[Note, ...]


def build(
    folder: Path, out: Path, *, formats: Iterable[str] | None = None, audience: str = "internal", k: int = redaction.K,
    quotes: bool = True, progress: Progress | None = None,
) -> Summary:
    """Read, extract, resolve, assemble and export the case in `folder` into `out`; all or nothing.

    Raises UsageError, InputError (all problems at once), LimitError, ExportError; then nothing in `out` has changed.
    """
    chosen = export.choose(formats)
    case = open_case(folder)
    tell = progress or _silent
    kb = assemble(case, progress=tell)
    shown, hidden = redaction.redact(kb, audience)
    if hidden:
        redaction.refuse(shown, hidden, k)
    kb = shown if quotes else without_quotes(shown)
    with files.publishing(out) as stage:
        for number, format_ in enumerate(chosen.values()):
            tell("writing", number, len(chosen))
            format_.write(kb, stage / format_.file)
        manifest.write(case if audience == "internal" else None, kb, stage)
    names = sorted([f.file for f in chosen.values()] + [manifest.FILE])
    return Summary(kb, out, tuple(out / name for name in names), tuple(n for n in kb.notes if n.kind == "left-out"))


def assemble(case: Case, *, progress: Progress | None = None) -> KnowledgeBase:
    """The case as a knowledge base: tables and documents read, statements extracted, entities resolved. Raises as `build`."""
    tell = progress or _silent
    relations = vocabulary.relations(case.relations)
    tables = curation.read(case, relations)
    listed = sources.listing(case, tables.sources)
    extractor = extraction.load(case.extractor, known=tables.entities, entries=vocabulary.entries(case.relations), settings=case.settings)
    curated = {s.id: s for s in tables.statements}
    known: list[Source] = []
    extractions: list[Extraction] = []
    for number, (source, given, anchored) in enumerate(_documents(case, tables, listed, extractor)):
        tell("reading", number, len(listed))
        known.append(source)
        extractions.append(given)
        curated.update((s.id, s) for s in anchored)
    tell("resolving", 0, 1)
    resolved = resolution.resolve(
        curated=tables.entities, statements=tuple(curated.values()), extractions=extractions, decisions=tables.decisions, sources=tuple(known)
    )
    return _knowledge_base(case, relations, tuple(known), resolved)


def check(folder: Path) -> tuple[Case, Tables, Mapping[str, Relation]]:
    """Read the tables of a case and nothing else. Raises InputError with every problem, UsageError, LimitError."""
    case = open_case(folder)
    relations = vocabulary.relations(case.relations)
    tables = curation.read(case, relations)
    problems: list[Problem] = []
    for source in sources.listing(case, tables.sources):
        mine = [s for s in tables.statements if s.source == source.id and s.quote]
        if source.file and mine:
            try:
                document = sources.read(case, source)
            except InputError as error:
                problems += error.problems
                continue
            problems += [curation.missing(s, tables.lines, source.file) for s in mine if curation.anchor(s, document) is None]
    if problems:
        raise InputError(problems)
    return case, tables, relations


def without_quotes(kb: KnowledgeBase) -> KnowledgeBase:
    """The same knowledge base with no words of any source in it."""
    bare = tuple(replace(s, quote="", prefix="", suffix="", start=None, end=None) for s in kb.statements)
    return replace(kb, statements=bare, notes=tuple(replace(n, quote="") for n in kb.notes))


def _documents(
    case: Case, tables: Tables, listed: tuple[Source, ...], extractor: Extractor
) -> Iterator[tuple[Source, Extraction, list[Statement]]]:
    """For each source: itself with its hash, what was extracted from it, and its curated statements with offsets."""
    problems: list[Problem] = []
    for source in listed:
        if not source.file:
            yield source, Extraction(source=source.id), []
            continue
        mine = [s for s in tables.statements if s.source == source.id]
        try:
            document = sources.read(case, source)
        except (InputError, LimitError) as error:
            note = Note(kind="left-out", source=source.id, message=" ".join(str(error).split()))
            yield source, Extraction(source=source.id, notes=(note,)), []
            continue
        anchored = [(s, curation.anchor(s, document)) for s in mine]
        problems += [curation.missing(s, tables.lines, source.file) for s, found in anchored if found is None]
        if not problems:
            given = extractor.extract(document)
            yield document.source, replace(given, notes=(*given.notes, *document.notes)), [found for _, found in anchored if found]
    if problems:
        raise InputError(problems)


def _knowledge_base(case: Case, relations: Mapping[str, Relation], known: tuple[Source, ...], resolved: Resolution) -> KnowledgeBase:
    return KnowledgeBase(
        title=case.title, base=case.base, language=case.language, sources=tuple(sorted(known, key=lambda s: s.id)),
        entities=resolved.entities, statements=resolved.statements, claims=resolved.claims, notes=tuple(sorted(resolved.notes)),
        story=case.story, relations=relations,
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
