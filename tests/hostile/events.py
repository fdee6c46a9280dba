"""A process that dies, or is interrupted, at the nth thing it does: what it does is counted, so no test depends on how fast a machine is."""

from __future__ import annotations

import os
import signal
import sys
import threading

from tests.hostile.command import casegraph

DISK = frozenset({"open", "write", "flush", "fsync", "replace", "rename", "mkdir", "rmdir", "unlink", "flock", "execute", "commit", "bulk_load"})
"""Calls that touch a disk: of Python itself, of SQLite, of Oxigraph."""
MANNERS = ("before", "while", "after", "anywhere")


def signalled(number, manner, at):
    """For `before` of a command: the process sends itself the signal `number` at its `at`th event.

    `before`, `while` and `after` count calls that touch a disk; `anywhere` counts whatever Python does. `while` is from
    another thread, which runs as soon as the call lets go of the interpreter: in the middle of what C and Rust do.
    """
    seen, now = 0, threading.Event()
    wanted = {"before": "c_call", "while": "c_call", "after": "c_return"}.get(manner)

    def wait():
        now.wait()
        os.kill(os.getpid(), number)

    def hook(_frame, event, what):
        nonlocal seen
        if wanted and (event != wanted or what.__name__ not in DISK):
            return
        seen += 1
        if seen == at:
            now.set() if manner == "while" else os.kill(os.getpid(), number)

    if manner == "while":
        threading.Thread(target=wait, daemon=True).start()
    threading.setprofile(hook)
    sys.setprofile(hook)


def tally(path):
    """For `before` of a command: when it ends, the file says how many events of either kind there were."""
    seen = dict.fromkeys(("c_call", "c_return", "all"), 0)
    leave = os._exit

    def hook(_frame, event, what):
        seen["all"] += 1
        if event in seen and what.__name__ in DISK:
            seen[event] += 1

    def left(code):
        sys.setprofile(None)
        path.write_text(f"{seen['c_call']} {seen['c_return']} {seen['all']}")
        leave(code)

    os._exit = left
    threading.setprofile(hook)
    sys.setprofile(hook)


def counted(path):
    """How many events each manner has to choose from, as a tally wrote it."""
    calls, returns, everything = map(int, path.read_text().split())
    path.unlink()
    return dict(zip(MANNERS, (calls, calls, returns, everything), strict=True))


def events(args, cwd, path, stdin=b""):
    """How many events each manner has to choose from in this command."""
    casegraph(*args, cwd=cwd, stdin=stdin, before=(tally, path))
    return counted(path)


def killed(manner, at):
    """What to give as `before`."""
    return signalled, signal.SIGKILL, manner, at


def interrupted(manner, at):
    """What to give as `before`."""
    return signalled, signal.SIGINT, manner, at
