"""The only module that opens files. Reads are strict UTF-8; writes reach the disk whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from typing import TYPE_CHECKING

from graph.errors import InputError, LimitError, Problem
from graph.limits import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedWriter
    from pathlib import Path

TEMPORARY = ".casegraph-tmp-"


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


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file of any size, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def publishing(out: Path) -> Iterator[Path]:
    """A folder to write into; its files take their places in `out` when the block ends well, `manifest.json` last."""
    out.mkdir(parents=True, exist_ok=True)
    stage = out / f"{TEMPORARY}{os.getpid()}"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    try:
        yield stage
        for path in sorted(stage.iterdir(), key=lambda p: (p.name == "manifest.json", p.name)):
            path.replace(out / path.name)
        sync_folder(out)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
