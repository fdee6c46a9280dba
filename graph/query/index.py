"""The index: an Oxigraph store beside an export, made from `graph.nt` and only ever read. It is a cache and can be deleted.

It lies in `.index/` in a folder of its own that a stamp names: the graph it was made from, as this machine has it, and the
engine. The stamp is written last, so a crash leaves none that is half made; and an index that came with an export from
elsewhere has no stamp of this machine: it is not believed, as nobody knows what it answers. Of two who make it at once one waits.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from graph import files
from graph.errors import CasegraphError, ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = ".index"
_GRAPHS = ("graph.nt", "graph.nq")
_STAMP = "stamp.json"
Found = TypeVar("Found")


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


def read(export: Path, what: Callable[[Path], Found]) -> Found:
    """What is looked up in the folder of the index in this process: for our own look-ups only, never for a query that somebody wrote.

    An index that is damaged, or swept by another process, is made again, once. Raises ExportError.
    """
    damage = ""
    for _ in range(2):
        with opened(export) as folder:
            try:
                return what(folder)
            except BaseException as error:
                # The engine may even panic, which is an exception of its own.
                if not isinstance(error, (OSError, RuntimeError, ValueError)) and type(error).__name__ != "PanicException":
                    raise
                damage = str(error)
        forget(export)
    raise ExportError(f"The index of {export} cannot be read: {damage}. Delete the folder {FOLDER} in it; it is made again.")


def forget(export: Path) -> None:
    """Remove the index of an export whose graph is about to change: it must not outlive a name that a new export keeps back."""
    shutil.rmtree(export / FOLDER, ignore_errors=True)


def graph_of(export: Path) -> Path:
    """The graph of an export, after a build that died there is finished or swept. Raises ExportError where there is none, WriteError."""
    files.recover(export)
    for name in _GRAPHS:
        if (export / name).is_file():
            return export / name
    raise ExportError(f"{str(export)!r} is no export: there is no {_GRAPHS[0]} in it. Make one with `casegraph build CASE -o {export}`.")


def _current(graph: Path, folder: Path) -> Path:
    if folder.is_symlink():
        raise ExportError(f"{folder} leads elsewhere. Delete it; the index is made again.")
    if (found := _stamped(graph, folder)) and not _others(found):
        return found
    folder.mkdir(exist_ok=True)
    with files.alone(folder):
        made = _stamped(graph, folder)  # somebody else may have made it meanwhile, and may have died before it swept
        if made is None:
            made = _load(graph, folder / f"{_engine()}-{os.urandom(8).hex()}")
            files.write_text(folder / _STAMP, json.dumps({"index": made.name, "stamp": _stamp(graph)}))
        for old in _others(made):
            with contextlib.suppress(OSError):  # an export that may only be read
                if old.is_dir() and not old.is_symlink():
                    shutil.rmtree(old, ignore_errors=True)
                else:
                    old.unlink(missing_ok=True)
        return made


def _others(made: Path) -> list[Path]:
    """What lies beside an index and its stamp: older ones, and one whose making was cut off."""
    return sorted(path for path in made.parent.iterdir() if path.name not in {made.name, _STAMP})


def _stamp(graph: Path) -> list[str | int]:
    status = graph.stat()
    return [graph.name, _engine(), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _stamped(graph: Path, folder: Path) -> Path | None:
    """The index that the stamp names, if it is of this graph."""
    known = _read_stamp(folder / _STAMP)
    name = str(known.get("index"))
    if known.get("stamp") != _stamp(graph) or not name.startswith("oxigraph-") or set(name) & set("/\\"):
        return None
    found = folder / name
    return found if found.is_dir() and not found.is_symlink() else None


def _load(graph: Path, folder: Path) -> Path:
    import pyoxigraph as ox

    folder.mkdir()  # not the engine, whose error would not say that it is the right to write that lacks
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
