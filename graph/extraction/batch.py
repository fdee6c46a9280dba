"""All documents of a case through the extractor: in order, from the cache where nothing changed, in several processes if asked."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph import files, sources
from graph.errors import CasegraphError, InputError, LimitError
from graph.extraction import load
from graph.extraction.cache import FOLDER, Cache, context
from graph.model import Extraction, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, Self

    from graph.case import Case
    from graph.extraction import Extractor
    from graph.model import Entity, Source


@dataclass(frozen=True, slots=True)
class Job:
    """What a process needs to extract: it is sent once, and makes its own extractor."""

    case: Case
    known: tuple[Entity, ...]
    entries: Mapping[str, Any]

    def extractor(self) -> Extractor:
        """A new extractor. Raises UsageError where there is none of that name."""
        return load(self.case.extractor, known=self.known, entries=self.entries, settings=self.case.settings,
                    store=self.case.folder / FOLDER / "answers")


def extract_all(job: Job, listed: Iterable[Source], jobs: int = 1) -> Iterator[tuple[Source, Extraction]]:
    """Each source as its document describes it, with what was extracted from it, in the order given.

    A document that cannot be read gives a note of the kind `left-out`, and the rest goes on. What is done is kept even where a
    later document or a Ctrl-C ends the run. Raises UsageError for an unknown extractor.
    """
    if "llm" in job.case.extractor:
        jobs = 1  # a model answers one by one, and what it may cost is counted for the run
    with ExitStack() as stack:
        cache = stack.enter_context(Cache(job.case.folder, context(job.case, job.known, job.entries)))
        worker = _Worker(job) if jobs == 1 else stack.enter_context(_Pool(job, jobs))
        begun: deque[tuple[str, Any]] = deque()
        stack.callback(_keep_what_is_done, cache, begun)
        for source in listed:
            key, done = _before(cache, job.case, source)
            begun.append((key, done or worker.start(source)))
            if len(begun) == (1 if jobs == 1 else 8 * jobs):
                yield _finished(cache, worker, begun)
        while begun:
            yield _finished(cache, worker, begun)


def _finished(cache: Cache, worker: _Worker | _Pool, begun: deque[tuple[str, Any]]) -> tuple[Source, Extraction]:
    """What came of the document that was begun first; it is kept."""
    key, work = begun[0]
    if isinstance(work, tuple):
        begun.popleft()
        return work
    known, extraction = worker.finish(work)
    begun.popleft()
    if key:
        cache.put(key, known, extraction)
    return known, extraction


def _keep_what_is_done(cache: Cache, begun: Iterable[tuple[str, Any]]) -> None:
    """Put into the cache what other processes have done already when the run ends early."""
    for key, work in begun:
        if key and isinstance(work, Future) and work.done() and not work.cancelled() and work.exception() is None:
            cache.put(key, *work.result())


def _before(cache: Cache, case: Case, source: Source) -> tuple[str, tuple[Source, Extraction] | None]:
    """The key of a source in the cache and what is there; a source without a file needs no work."""
    if not source.file:
        return "", (source, Extraction(source=source.id))
    try:
        digest = files.sha256(files.read_bytes(case.folder / source.file, case.limits.file_bytes))
    except CasegraphError:
        return "", None
    key = cache.key(source, digest)
    return key, cache.get(key)


class _Worker:
    """Extracts in this process; the extractor is made when the first document needs it."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._extractor: Extractor | None = None

    def start(self, source: Source) -> Source:
        return source

    def finish(self, source: Source) -> tuple[Source, Extraction]:
        self._extractor = self._extractor or self._job.extractor()
        return _extract(self._job.case, source, self._extractor)


class _Pool:
    """Extracts in several processes. They end when the run does, however it ends, and when this process does."""

    def __init__(self, job: Job, jobs: int) -> None:
        self._pool = ProcessPoolExecutor(jobs, initializer=_begin, initargs=(job,))
        self._others = set(multiprocessing.active_children())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:  # nobody waits for a document that will not be used
            for process in set(multiprocessing.active_children()) - self._others:
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def start(self, source: Source) -> Future[tuple[Source, Extraction]]:
        return self._pool.submit(_in_process, source)

    def finish(self, work: Future[tuple[Source, Extraction]]) -> tuple[Source, Extraction]:
        return work.result()


_worker: _Worker | None = None


def _begin(job: Job) -> None:
    global _worker  # noqa: PLW0603  a process of a pool has one job
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C goes to all processes; the first of them ends the others
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = _Worker(job)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_process(source: Source) -> tuple[Source, Extraction]:
    assert _worker is not None
    return _worker.finish(source)


def _extract(case: Case, source: Source, extractor: Extractor) -> tuple[Source, Extraction]:
    try:
        document = sources.read(case, source)
    except (InputError, LimitError) as error:
        told = map(str, error.problems) if isinstance(error, InputError) else [str(error)]
        note = Note(kind="left-out", source=source.id, message=" ".join(" ".join(told).split()))
        return source, Extraction(source=source.id, notes=(note,))
    extraction = extractor.extract(document)
    return document.source, replace(extraction, notes=(*document.notes, *extraction.notes))
