"""The only module that opens files. Reads are strict UTF-8; writes reach the disk whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
from typing import TYPE_CHECKING

from graph.errors import ExportError, InputError, LimitError, Problem
from graph.limits import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedWriter
    from pathlib import Path

TEMPORARY = ".casegraph-tmp-"
STAGE = ".casegraph-new"
JOURNAL = ".casegraph-journal"
MANIFEST = "manifest.json"


def read_bytes(path: Path, limit: int = DEFAULT.file_bytes) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises InputError, LimitError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError([Problem(path.name, what=f"cannot be read: {reason}.")]) from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise InputError([Problem(path.name, what="is no regular file.", remedy="Put a copy of the document there.")])
        data = file.read(limit + 1)
        if len(data) > limit:
            raise LimitError(f"{path.name} is larger than {limit:,} bytes. Raise `file_bytes` under [limits] in case.toml.")
        return data


def read_text(path: Path, limit: int = DEFAULT.file_bytes) -> str:
    """The text of a UTF-8 file without its byte order mark; newlines as they are. Raises InputError, LimitError."""
    return decode(read_bytes(path, limit), path.name)


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file of any size, one at a time, each with its newline. Raises InputError."""
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError([Problem(path.name, what=f"cannot be read: {error.strerror}.")]) from error


def decode(data: bytes, name: str) -> str:
    """UTF-8 as text, without a byte order mark. Raises InputError that names line and byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError([Problem(name, line, what=f"is not UTF-8 (byte {data[error.start]:#04x} at {error.start}).",
                                  remedy="Save the file as UTF-8.")]) from error


def sha256(data: bytes) -> str:
    """The SHA-256 of these bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BufferedWriter]:
    """A file that takes the place of `path` when the block ends well, and is gone when it does not."""
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text whole or not at all."""
    with writing(path) as file:
        file.write(text.encode("utf-8"))


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(path: Path) -> None:
    """Remove what a writer of this file left behind when it was killed. Only for who holds the folder (`alone`)."""
    for leftover in path.parent.glob(f"{TEMPORARY}*-{path.name}"):
        with contextlib.suppress(OSError):
            leftover.unlink()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process, after whoever holds it now. No lock where the system has none."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file of any size, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def publishing(out: Path) -> Iterator[Path]:
    """A folder to write into; when the block ends well its files take their places in `out`, all of them or none.

    The files are whole on disk before a journal is renamed into place; that rename is the one step that makes them the export.
    A build that dies before it leaves the old export, one that dies after it leaves the new one: `recover`, which every
    command that reads or writes an export calls first, moves the rest. Raises ExportError where another build is writing here.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _locked(out):
        _recover(out)
        stage = out / STAGE
        stage.mkdir()
        try:
            yield stage
            names = sorted((p.name for p in stage.iterdir()), key=lambda name: (name == MANIFEST, name))
            sync_folder(stage)
            write_text(out / JOURNAL, json.dumps(names))
        except BaseException:
            if not (out / JOURNAL).exists():
                shutil.rmtree(stage, ignore_errors=True)
            raise
        _recover(out)


def recover(out: Path) -> None:
    """Finish what a build that died had decided, and sweep up what it had not. Does nothing where a build is at work."""
    if out.is_dir() and ((out / JOURNAL).exists() or (out / STAGE).exists()):
        with contextlib.suppress(ExportError), _locked(out):
            _recover(out)


def _recover(out: Path) -> None:
    journal, stage = out / JOURNAL, out / STAGE
    if journal.exists():
        for name in json.loads(journal.read_text("utf-8")):
            with contextlib.suppress(FileNotFoundError):  # moved before the build died
                (stage / name).replace(out / name)
        sync_folder(out)
        shutil.rmtree(stage, ignore_errors=True)
        journal.unlink()
        sync_folder(out)
    shutil.rmtree(stage, ignore_errors=True)
    for leftover in out.glob(f"{TEMPORARY}*"):
        with contextlib.suppress(OSError):
            leftover.unlink()


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; a lock dies with its process, and leaves no file. No lock where the system has none."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise ExportError(f"Another build is writing to {folder}. Wait until it is done, or name another folder with -o.") from error
    try:
        yield
    finally:
        os.close(descriptor)
