"""The index: an Oxigraph store beside an export, made from `graph.nt` and only ever read. It is a cache and can be deleted.

It lies in `.index/<hash of graph.nt and of the engine>/`. A folder gets that name by one rename when it is complete, so
a crash leaves none that is half made, and of two processes that make it at once one wins and both are right.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graph import files
from graph.errors import CasegraphError, ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

FOLDER = ".index"
_GRAPHS = ("graph.nt", "graph.nq")
_STAMP = "stamp.json"


@contextlib.contextmanager
def opened(export: Path) -> Iterator[Path]:
    """The folder of the export's index, made where it is missing or old. Raises ExportError.

    Where the export's folder cannot be written, the index lies in a temporary folder while the block runs.
    """
    graph = graph_of(export)
    try:
        found: Path | None = _current(graph, export / FOLDER)
    except OSError as error:
        if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise ExportError(f"The index of {export} cannot be made: {error.strerror or error}.") from error
        found = None
    if found:
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="casegraph-") as temporary:
        yield _load(graph, Path(temporary) / "index")


@contextlib.contextmanager
def store(export: Path) -> Iterator[ox.Store]:
    """The index to read from in this process: for our own look-ups only, never for a query that somebody wrote."""
    import pyoxigraph

    with opened(export) as folder:
        yield pyoxigraph.Store.read_only(str(folder))


def forget(export: Path) -> None:
    """Remove the index of an export whose graph is about to change: it must not outlive a name that a new export keeps back."""
    shutil.rmtree(export / FOLDER, ignore_errors=True)


def graph_of(export: Path) -> Path:
    """The graph of an export. Raises ExportError where there is none."""
    for name in _GRAPHS:
        if (export / name).is_file():
            return export / name
    raise ExportError(f"{str(export)!r} is no export: there is no {_GRAPHS[0]} in it. Make one with `casegraph build CASE -o {export}`.")


def _current(graph: Path, folder: Path) -> Path:
    status = graph.stat()
    stamp = [graph.name, _engine(), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
    known = _read_stamp(folder / _STAMP)
    if known.get("stamp") == stamp and (folder / str(known.get("index"))).is_dir():
        return folder / str(known["index"])
    name = f"{files.sha256_of(graph)[:24]}-{_engine()}"
    folder.mkdir(exist_ok=True)
    if not (folder / name).is_dir():
        made = _load(graph, folder / f"{files.TEMPORARY}{os.getpid()}-{os.urandom(4).hex()}")
        try:
            made.rename(folder / name)
        except OSError:  # somebody else made it meanwhile
            shutil.rmtree(made, ignore_errors=True)
    files.write_text(folder / _STAMP, json.dumps({"index": name, "stamp": stamp}))
    for old in sorted(folder.iterdir()):
        if old.name not in {name, _STAMP} and not _in_use(old):
            shutil.rmtree(old, ignore_errors=True)
    return folder / name


def _load(graph: Path, folder: Path) -> Path:
    import pyoxigraph as ox

    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS if graph.suffix == ".nq" else ox.RdfFormat.N_TRIPLES)
        store.flush()
    except (SyntaxError, ValueError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ExportError(f"{graph} cannot be read: {error}. Make the export again with `casegraph build`.") from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _engine() -> str:
    """The engine whose files these are: another version makes its own."""
    from importlib.metadata import version

    return f"oxigraph-{version('pyoxigraph')}"


def _read_stamp(path: Path) -> dict[str, object]:
    try:
        data = json.loads(files.read_text(path))
    except (CasegraphError, OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}


def _in_use(folder: Path) -> bool:
    """Whether a process that still runs is making this one."""
    pid = folder.name.removeprefix(files.TEMPORARY).split("-")[0]
    if not folder.name.startswith(files.TEMPORARY) or not pid.isdigit():
        return False
    if os.name == "nt":  # there, signal 0 is no question
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
