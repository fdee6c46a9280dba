"""The command line in a process of its own, forked from this one: as fast as a call, and it can be starved, cut off or killed."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import traceback
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graph import cli

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code (negative: the signal that killed it) and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Running:
    """A command at work, and what it prints."""

    process: multiprocessing.Process
    printed: tuple
    read: list = field(default_factory=list)

    def kill(self):
        with contextlib.suppress(ProcessLookupError):  # it has ended
            os.kill(self.process.pid, signal.SIGKILL)

    def until(self, pattern, times):
        """Read what it prints until the pattern was there so often, or it ended."""
        while len(re.findall(pattern, b"".join(self.read), re.MULTILINE)) < times and (part := os.read(self.printed[0].fileno(), 2**16)):
            self.read.append(part)

    def end(self):
        """Wait for it."""
        texts = []
        for pipe, parts in zip(self.printed, (self.read, []), strict=True):
            while part := os.read(pipe.fileno(), 2**16):
                parts.append(part)
            texts.append(b"".join(parts).decode("utf-8"))
            pipe.close()
        self.process.join()
        return Done(self.process.exitcode, *texts)


def start(args, cwd, stdin=b"", out=None, before=None):
    """Begin a command; `before` is called in its process first, `out` is a file for stdout."""
    server = _server()
    pipes = [server.Pipe(duplex=False) for _ in range(2)]
    process = server.Process(target=_run, args=([*map(str, args)], cwd, stdin, [write for _, write in pipes], out, before))
    process.start()
    for _, write in pipes:
        write.close()
    return Running(process, tuple(read for read, _ in pipes))


def casegraph(*args, cwd, stdin=b"", out=None, before=None):
    """Run a command to its end."""
    return start(args, cwd, stdin, out, before).end()


@cache
def _server():
    """A process without threads, with everything imported that a command needs, that is forked for each: a fork of a process with threads may hang."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.hostile.warm"])
    return context


def _run(args, cwd, stdin, printed, out, before):
    code = 70
    try:
        os.chdir(cwd)
        with tempfile.TemporaryFile() as typed:
            typed.write(stdin)
            typed.seek(0)
            os.dup2(typed.fileno(), 0)
        for target, pipe in zip((1, 2), printed, strict=True):
            os.dup2(pipe.fileno(), target)
            pipe.close()
        if out:
            os.dup2(os.open(out, os.O_WRONLY), 1)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  they last as long as the process
        sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        sys.argv = ["casegraph", *args]
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if before:
            before[0](*before[1:])
        code = 0
        cli.main()
    except SystemExit as leave:
        code = leave.code if isinstance(leave.code, int) else bool(leave.code)
    except BaseException:  # noqa: BLE001  what a user would see
        code = 99
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError):
                stream.flush()
        os._exit(code)


def starve(room):
    """For `before`: from here on no file grows beyond so many bytes; the system itself refuses the write."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))


def nobody():
    """For `before`: whoever runs the tests as root is refused what anybody else is."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def leftovers(folder):
    """Whatever a writer may leave behind when it dies."""
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*")
                  if p.name.startswith((".casegraph-tmp-", ".casegraph-new", ".casegraph-journal")))


def rows(*cells):
    """A table of these rows."""
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in cells)


def make_case(folder, spellings=6):
    """A small case: two documents, tables, and pairs of spellings that only a person can tell apart."""
    (folder / "reports").mkdir(parents=True)
    (folder / "case.toml").write_text('title = "0"\n', "utf-8")
    (folder / "reports" / "note.txt").write_text("Police in Tarnovik detained Mira Solheim on 4 May 2021.\n\nMira Solheim was allegedly beaten.\n", "utf-8")
    (folder / "reports" / "page.html").write_text("<html><body><p>Harbour Watch helped Mira Solheim.</p></body></html>", "utf-8")
    people = [("id", "type", "name"), ("", "organization", "Harbour Watch")]
    told = [("subject", "relation", "object", "stance", "source")]
    for n, (one, two) in enumerate((("Betirova", "Betitova"), ("Kandelov", "Kandelow"), ("Marshanin", "Marshamin"), ("Ordinsky", "Ordynsky"),
                                    ("Velimirovic", "Velimirovik"), ("Tarkhanova", "Tarchanova"))[:spellings]):
        given = ("Zarema", "Anton", "Boris", "Clara", "Dunja", "Elisa")[n]
        people += [("", "person", f"{given} {one}"), ("", "person", f"{given} {two}")]
        told += [("Harbour Watch", "helped", f"{given} {one}", "asserted", "log"), ("Harbour Watch", "helped", f"{given} {two}", "alleged", "log")]
    (folder / "sources.csv").write_text(rows(("id", "title"), ("log", "The log")), "utf-8")
    (folder / "entities.csv").write_text(rows(*people), "utf-8")
    (folder / "statements.csv").write_text(rows(*told), "utf-8")
    return folder
