"""The flow from a case folder to its exports, as one function on one screen."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from graph import curation, export, extraction, files, manifest, redaction, resolution, sources, vocabulary
from graph.case import open_case
from graph.errors import ExportError, InputError, Problem, UsageError
from graph.export import graphml, rdf_read
from graph.extraction import batch, evaluation
from graph.model import KnowledgeBase, Note
from graph.query import index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from graph.case import Case
    from graph.curation import Tables
    from graph.model import Document, Extraction, Source, Statement


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


@contextmanager
def _growing() -> Iterator[None]:
    """Look for cycles seldom: a build makes many objects that stay, and looking again and again cost a sixth of a rebuild (measured)."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@_growing()
def build(
    folder: Path, out: Path, *, formats: Iterable[str] | None = None, audience: str = "internal", k: int = redaction.K,
    quotes: bool = True, jobs: int = 1, extractor: Mapping[str, Any] | None = None, announce: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read, extract, resolve, assemble and export the case in `folder` into `out`; all or nothing.

    Raises UsageError, InputError (all problems at once), LimitError, ExportError, WriteError; then nothing in `out` has changed.
    """
    chosen = export.choose(formats)
    case = with_extractor(open_case(folder), extractor or {})
    _refuse_inside(out, folder)
    if announce and (leaving := extraction.leaving(case.extractor, case.settings)):
        announce(leaving)
    tell = progress or _silent
    kb = assemble(case, jobs=jobs, progress=tell)
    gc.freeze()  # it stays to the end
    shown, hidden = redaction.redact(kb, audience)
    if hidden:
        redaction.refuse(shown, hidden, k)
    kb = shown if quotes else redaction.without_quotes(shown)
    with files.publishing(out) as stage:
        if audience != "internal":
            _refuse_beside(out, chosen)
        writers = export.writers(chosen)
        for number, write in enumerate(writers):
            tell("writing", number, len(writers))
            write(kb, stage)
        manifest.write(case if audience == "internal" else None, kb, stage)
        index.forget(out)
    index.forget(out)  # one that a query made meanwhile
    names = sorted([f.file for f in chosen.values()] + [manifest.FILE])
    return Summary(kb, out, tuple(out / name for name in names), tuple(n for n in kb.notes if n.kind == "left-out"))


def assemble(case: Case, *, jobs: int = 1, progress: Progress | None = None) -> KnowledgeBase:
    """The case as a knowledge base: tables and documents read, statements extracted, entities resolved. Raises as `build`."""
    resolved, known = resolve(case, jobs=jobs, progress=progress)
    there = {s.id for s in resolved.statements}
    lost = {Note(kind="story", message=f"The step “{step.title}” shows {i}, which is no statement of this build.")
            for step in case.story for i in step.statements if i not in there}
    return KnowledgeBase(
        title=case.title, base=case.base, language=case.language, sources=known, entities=resolved.entities,
        statements=resolved.statements, claims=resolved.claims, notes=tuple(sorted({*resolved.notes, *lost, *graphml.unwritable(resolved.statements)})), story=case.story,
        relations=vocabulary.relations(case.relations),
    )


def resolve(case: Case, *, jobs: int = 1, progress: Progress | None = None) -> tuple[resolution.Resolution, tuple[Source, ...]]:
    """Who is who in a case, with what is to be asked, and its sources sorted by id. Raises as `build`."""
    tell = progress or _silent
    tables = curation.read(case, vocabulary.relations(case.relations))
    listed = sources.listing(case, tables.sources)
    anchored = _anchored(case, tables, listed)
    job = batch.Job(case, tables.entities, vocabulary.entries(case.relations))
    known: list[Source] = []
    extractions: list[Extraction] = []
    for number, (source, given) in enumerate(batch.extract_all(job, listed, jobs), 1):
        tell("reading", number, len(listed))
        known.append(source)
        extractions.append(given)
    tell("resolving", 0, 1)
    found = resolution.resolve(
        curated=tables.entities, statements=anchored, extractions=extractions, decisions=tables.decisions, sources=tuple(known)
    )
    return found, tuple(sorted(known, key=lambda s: s.id))


def with_extractor(case: Case, given: Mapping[str, Any]) -> Case:
    """The case with the extractor and settings given for this run; what is None stays as the case has it."""
    kept = {key: value for key, value in given.items() if value is not None}
    return replace(case, extractor=kept.pop("name", case.extractor), settings={**case.settings, **kept})


def check(folder: Path) -> Tables:
    """Read the tables of a case, hold their quotes against the documents, and nothing else.

    Raises InputError with every problem, UsageError, LimitError.
    """
    case = open_case(folder)
    tables = curation.read(case, vocabulary.relations(case.relations))
    _anchored(case, tables, sources.listing(case, tables.sources))
    return tables


def verify(folder: Path) -> tuple[Problem, ...]:
    """Every document that is not what its hash in `sources.csv` says. Raises InputError, UsageError, LimitError."""
    case = open_case(folder)
    tables = curation.read(case, vocabulary.relations(case.relations))
    return curation.verify(case, sources.listing(case, tables.sources))


def check_rdf(folder: Path) -> str:
    """Hold the RDF of an export against its shapes: one sentence. Raises ExportError with every problem, InputError."""
    from graph.export import shapes

    found = shapes.validate(folder)
    if found:
        raise ExportError("\n".join([f"{len(found)} problem{'s' * (len(found) != 1)} in the RDF:", *found]))
    return "No problems: the RDF is canonical and conforms to the shapes."


def export_as(name: str, folder: Path, path: Path | None = None, *, audience: str = "", only: Iterable[str] = ()) -> Path:
    """One format of an export (made from its `graph.nt`) or of a case; where it was written.

    An export shows what it was built to show; `audience` (internal, partner or public) is for a case. `only` are ids of statements: the others are left out.
    Raises UsageError, InputError, ExportError, WriteError.
    """
    format_ = export.choose([name])[name]
    if (folder / "graph.nt").is_file() or folder.suffix == ".nt":
        if audience:
            raise UsageError("An export shows what it was built to show. Build it for that audience, or name the case instead.")
        kb = rdf_read.read(folder)
    else:
        kb, hidden = redaction.redact(assemble(open_case(folder)), audience or "internal")
        if hidden:
            redaction.refuse(kb, hidden, redaction.K)
    wanted = frozenset(only)
    if missing := sorted(wanted - {s.id for s in kb.statements}):
        raise UsageError(f"There is no statement {', '.join(missing)}.")
    if wanted:
        kb = replace(kb, statements=tuple(s for s in kb.statements if s.id in wanted))
    path = path or Path(format_.file)
    with files.told(path):
        files.sweep(path.parent)
        format_.write(kb, path)
    return path


def evaluate(folder: Path, given: Mapping[str, Any]) -> evaluation.Figures:
    """The figures of an extractor on the annotated documents of a folder. Raises UsageError, InputError, LimitError."""
    kept = {key: value for key, value in given.items() if value is not None}
    extractor = extraction.load(kept.pop("name", "rules"), known=(), entries=vocabulary.entries(), settings=kept)
    return evaluation.evaluate(extractor, evaluation.read(folder))


def _anchored(case: Case, tables: Tables, listed: tuple[Source, ...]) -> tuple[Statement, ...]:
    """The curated statements, each quote found in its document. Raises InputError with every quote that does not stand there."""
    files_of = {source.id: source for source in listed if source.file}
    documents: dict[str, Document] = {}
    anchored: list[Statement] = []
    problems: list[Problem] = []
    for statement in tables.statements:  # sorted by source: one document at a time
        if not statement.quote or statement.source not in files_of:
            anchored.append(statement)
            continue
        source = files_of[statement.source]
        try:
            document = documents.get(source.id) or sources.read(case, source)
        except InputError as error:
            problems += error.problems
            continue
        documents = {source.id: document}
        found = curation.anchor(statement, document)
        if found is None:
            problems.append(curation.missing(statement, tables.lines, source.file))
        else:
            anchored.append(found)
    if problems:
        raise InputError(problems)
    return tuple(anchored)


def _refuse_inside(out: Path, folder: Path) -> None:
    """An export among the documents would be read as one of them by the next build."""
    reports = (folder / "reports").resolve()
    if out.resolve().is_relative_to(reports):
        raise UsageError(f"{out} lies among the documents of the case. Name a folder outside {reports.name}/ with -o.")


def _refuse_beside(out: Path, chosen: Mapping[str, Any]) -> None:
    """What withholds something may not lie beside an older file that withholds nothing."""
    written = {format_.file for format_ in chosen.values()}
    older = sorted(f.file for f in export.FORMATS.values() if f.file not in written and os.path.lexists(out / f.file))
    if older:
        raise ExportError(f"{out} holds {', '.join(older)} of an earlier export, which this one does not replace and which may name whom it "
                          "withholds. Name an empty folder with -o.")


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
