"""What was extracted before: a small store inside the case, by the bytes of the document and everything that the answer depends on.

It is only ever a shortcut: a row that does not carry its own checksum is not believed, and a damaged store is made anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import graph
from graph import files
from graph.extraction.codec import dumps, loads
from graph.model import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any, Self

    from graph.case import Case
    from graph.model import Entity, Extraction, Source

FOLDER = ".casegraph"
_FILE = "extracted.sqlite"
_TABLE = "CREATE TABLE IF NOT EXISTS extracted (key TEXT PRIMARY KEY, checksum TEXT NOT NULL, value TEXT NOT NULL)"


@cache
def _code() -> str:
    """A hash of the code and data that extraction is made of, so that a new version never meets an old answer."""
    digest = hashlib.sha256(graph.__version__.encode())
    root = Path(graph.__file__).parent
    for package in ("extraction", "sources"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in {".md", ".onnx", ".py", ".toml", ".txt"}:
                digest.update(path.relative_to(root).as_posix().encode() + files.sha256_of(path).encode())
    return digest.hexdigest()


def context(case: Case, known: Sequence[Entity], entries: Mapping[str, Any]) -> str:
    """What every answer of this case depends on beside the document: extractor, settings, vocabulary, entities, limits, code."""
    return fingerprint(case.extractor, repr(sorted(case.settings.items())), repr(known), repr(entries), repr(case.limits), case.language, _code())


class Cache:
    """The store of one case; use it as a context manager. Without a writable folder it is empty and stays so."""

    def __init__(self, folder: Path, context: str) -> None:
        self._path = folder / FOLDER / _FILE
        self._context = context
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        with suppress(OSError, sqlite3.Error):
            self._path.parent.mkdir(exist_ok=True)
            try:
                self._connection = self._open()
            except sqlite3.DatabaseError:
                self._path.unlink()
                self._connection = self._open()
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.commit()
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=5)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(_TABLE)
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            connection.close()
            raise sqlite3.DatabaseError("damaged")
        return connection

    def key(self, source: Source, sha256: str) -> str:
        """The key of a document: its bytes, what the tables say of it, and the context."""
        return fingerprint(self._context, sha256, repr(source))

    def get(self, key: str) -> tuple[Source, Extraction] | None:
        """What was kept under this key, or None; a row that is damaged counts as none."""
        if self._connection is None:
            return None
        with suppress(sqlite3.Error, ValueError):
            row = self._connection.execute("SELECT checksum, value FROM extracted WHERE key = ?", (key,)).fetchone()
            if row and row[0] == _checksum(key, row[1]):
                return loads(row[1])
        return None

    def put(self, key: str, source: Source, extraction: Extraction) -> None:
        """Keep an answer; it lasts from the next commit on, which comes every so often and at the end."""
        if self._connection is None:
            return
        value = dumps(source, extraction)
        with suppress(sqlite3.Error):
            self._connection.execute("INSERT OR REPLACE INTO extracted VALUES (?, ?, ?)", (key, _checksum(key, value), value))
            self._connection.commit()


def _checksum(key: str, value: str) -> str:
    return hashlib.sha256(f"{key}\n{value}".encode()).hexdigest()
