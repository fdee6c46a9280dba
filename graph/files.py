"""The only module that opens files. Reads are strict UTF-8; writes reach the disk whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import stat
from typing import TYPE_CHECKING, Any

from graph.errors import CasegraphError, ExportError, InputError, LimitError, Problem, WriteError
from graph.limits import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedWriter
    from pathlib import Path

TEMPORARY = ".casegraph-tmp-"
STAGE = ".casegraph-new"
JOURNAL = ".casegraph-journal"
MANIFEST = "manifest.json"
_OURS_BYTES = 16 * 2**20
"""A journal or a manifest that is larger is none of ours."""
_REMEDIES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "Free some space, then run it again."),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "Name a folder that you may write to."),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.EISDIR), "Something of that name is in the way: name another."),
    errno.ENAMETOOLONG: "Give it a shorter name.",
}


def read_bytes(path: Path, limit: int = DEFAULT.file_bytes) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Raises InputError, LimitError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            data = _read(descriptor, limit + 1) if regular else b""
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        raise InputError([Problem(path.name, what=f"cannot be read: {_reason(error)}.")]) from error
    if not regular:
        raise InputError([Problem(path.name, what="is no regular file.", remedy="Put a copy of the document there.")])
    if len(data) > limit:
        raise LimitError(f"{path.name} is larger than {limit:,} bytes. Raise `file_bytes` under [limits] in case.toml.")
    return data


def _read(descriptor: int, length: int) -> bytes:
    """At most so many bytes; a file that grows meanwhile is read no further."""
    parts = []
    while length and (part := os.read(descriptor, min(length, 2**24))):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def read_text(path: Path, limit: int = DEFAULT.file_bytes) -> str:
    """The text of a UTF-8 file without its byte order mark; newlines as they are. Raises InputError, LimitError."""
    return decode(read_bytes(path, limit), path.name)


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file of any size, one at a time, each with its newline. Raises InputError."""
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError([Problem(path.name, what=f"cannot be read: {_reason(error)}.")]) from error


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
def told(path: Path) -> Iterator[None]:
    """What the system refuses while the block runs, as a WriteError that names the file and what to do."""
    try:
        yield
    except OSError as error:
        where = path if error.filename is None or TEMPORARY in str(error.filename) else error.filename2 or error.filename
        remedy = _REMEDIES.get(error.errno or 0, "")
        raise WriteError(f"{where} cannot be written: {_reason(error)}." + (f" {remedy}" if remedy else "")) from error


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BufferedWriter]:
    """A file that takes the place of `path` when the block ends well, and is gone when it does not. Raises OSError.

    A link at `path` gives way to the file; what it points at stays as it is.
    """
    temporary = path.with_name(f"{TEMPORARY}{os.urandom(8).hex()}")
    try:
        with temporary.open("xb") as file:
            _hold(file.fileno())
            yield file
            file.flush()
            os.fsync(file.fileno())
            if os.name != "nt":  # pragma: no branch
                temporary.replace(path)  # while it is held, so that nobody sweeps it
        if os.name == "nt":  # pragma: no cover - where what is open has a fixed name
            temporary.replace(path)
        sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text whole or not at all. Raises OSError."""
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


def sweep(folder: Path) -> None:
    """Remove what writers that were killed left in a folder. Who still writes holds its file, and keeps it."""
    for leftover in sorted(folder.glob(f"{TEMPORARY}*")):
        with contextlib.suppress(OSError):
            descriptor = os.open(leftover, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            try:
                if _hold(descriptor):
                    leftover.unlink()
            finally:
                os.close(descriptor)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder for this process, after whoever holds it now; a lock dies with its process, and leaves no file."""
    with _lock(folder, wait=True):
        yield


@contextlib.contextmanager
def _lock(folder: Path, *, wait: bool = False) -> Iterator[bool]:
    if not hasattr(os, "O_DIRECTORY"):  # Windows opens no folder
        yield True
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield _hold(descriptor, wait=wait)
    finally:
        os.close(descriptor)


def _hold(descriptor: int, *, wait: bool = False) -> bool:
    """Lock what is open for this process: False where another holds it. No lock, and True, where the system has none."""
    try:
        import fcntl
    except ImportError:  # Windows, where nobody removes what another has open
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file of any size, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def publishing(out: Path) -> Iterator[Path]:
    """A folder to write into; when the block ends well its files take their places in `out`, all of them or none.

    The files are whole on disk before a journal is renamed into place; that rename is the one step that makes them the export.
    A build that dies before it leaves the old export, one that dies after it leaves the new one: `recover`, which every
    command that reads or writes an export calls first, moves the rest. A file of the old export that the new one does not have
    goes with it, if it is still what the old manifest says. Raises ExportError where another build is writing here, WriteError.
    """
    with told(out):
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out):
            _recover(out)
            stage = out / STAGE
            stage.mkdir()
            try:
                yield stage
                names = sorted((p.name for p in stage.iterdir()), key=lambda name: (name == MANIFEST, name))
                for name in names:
                    if (out / name).is_dir():
                        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(out / name))  # noqa: TRY301
                sync_folder(stage)
                write_text(out / JOURNAL, json.dumps({"comes": names, "goes": _stale(out, names)}))
            except BaseException:
                if not (out / JOURNAL).exists():
                    shutil.rmtree(stage, ignore_errors=True)
                raise
            _recover(out)


def recover(out: Path) -> None:
    """Finish what a build that died had decided, and sweep up what it had not. Does nothing where a build is at work.

    Raises WriteError where it cannot be finished: then the folder holds files of two builds. Raises ExportError where the
    journal is none of ours.
    """
    if not any(os.path.lexists(out / name) for name in (JOURNAL, STAGE)):
        return
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(_locked(out))
        except ExportError:
            return
        with told(out):
            _recover(out)


def _stale(out: Path, names: list[str]) -> list[str]:
    """The files that the manifest of the old export names, that are what it says, and that the new export does not have."""
    try:
        outputs = json.loads(read_bytes(out / MANIFEST, _OURS_BYTES))["outputs"]
        old = {name: digest for name, digest in outputs.items() if _is_name(name) and name not in names}
        return sorted(name for name, digest in old.items() if (out / name).is_file() and sha256_of(out / name) == digest)
    except (CasegraphError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []


def _recover(out: Path) -> None:
    journal, stage = out / JOURNAL, out / STAGE
    if stage.is_symlink():  # never ours, and nothing may be moved out of where it points
        stage.unlink()
    if os.path.lexists(journal):
        comes, goes = _decided(journal)
        for name in comes:
            with contextlib.suppress(FileNotFoundError):  # moved before the build died
                (stage / name).replace(out / name)
        for name in goes:
            (out / name).unlink(missing_ok=True)
        sync_folder(out)
        shutil.rmtree(stage, ignore_errors=True)
        journal.unlink()
        sync_folder(out)
    shutil.rmtree(stage, ignore_errors=True)
    sweep(out)


def _decided(journal: Path) -> tuple[list[str], list[str]]:
    """What comes and what goes. An export may come from anywhere: a journal that names a file outside the folder is refused."""
    comes, goes, good = [], [], False
    with contextlib.suppress(CasegraphError, ValueError, LookupError, TypeError, RecursionError):
        data: dict[str, Any] = json.loads(read_bytes(journal, _OURS_BYTES))
        comes, goes = list(data["comes"]), list(data["goes"])
        good = all(map(_is_name, [*comes, *goes])) and not journal.is_symlink()
    if not good:
        raise ExportError(f"{journal} is no journal of a build. Delete it, and make the export again.")
    return comes, goes


def _is_name(name: object) -> bool:
    """Whether this is the name of a file in the folder itself, on any system."""
    return isinstance(name, str) and name not in {"", ".", ".."} and not set(name) & set("/\\:\0")


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder for this process. Raises ExportError where another holds it."""
    with _lock(folder) as mine:
        if not mine:
            raise ExportError(f"Another build is writing to {folder}. Wait until it is done, or name another folder with -o.")
        yield
