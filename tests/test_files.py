"""A crash leaves the last good export: whatever dies, wherever, every file is whole and they belong together."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import random
import signal
import time

import pytest

from graph import files
from graph.errors import ExportError, InputError, LimitError

NAMES = ("graph.html", "graph.nt", "manifest.json", "report.md")
fork = multiprocessing.get_context("fork") if hasattr(os, "fork") else None


def publish(out, version, size=2000):
    with files.publishing(out) as stage:
        for name in NAMES:
            with files.writing(stage / name) as file:
                file.write(f"{name} {version} ".encode() * size)


def versions(out):
    """The version of each file of an export after the next command has looked at it; a torn file has several."""
    files.recover(out)
    return {frozenset((out / name).read_bytes().split()[1::2]) for name in NAMES}


def leftovers(out):
    return sorted(p.name for p in out.iterdir() if p.name not in NAMES)


def test_an_export_takes_its_place_whole(tmp_path):
    publish(tmp_path, 1)
    publish(tmp_path, 2)
    assert versions(tmp_path) == {frozenset({b"2"})}
    assert leftovers(tmp_path) == []


def test_a_build_that_fails_changes_nothing(tmp_path):
    publish(tmp_path, 1)
    with pytest.raises(RuntimeError), files.publishing(tmp_path) as stage:
        (stage / "graph.nt").write_text("half")
        raise RuntimeError
    assert versions(tmp_path) == {frozenset({b"1"})}
    assert leftovers(tmp_path) == []


def test_what_is_not_ours_stays(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    publish(tmp_path, 1)
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.skipif(fork is None, reason="needs fork")
def test_two_builds_at_once_are_told_apart(tmp_path):
    with files.publishing(tmp_path) as stage:
        (stage / "manifest.json").write_text("first")
        with pytest.raises(ExportError, match="Another build is writing"), files.publishing(tmp_path):
            pass
    assert (tmp_path / "manifest.json").read_text() == "first"


class _Fault:
    """Fails the nth call of what touches the disk, and counts the calls."""

    def __init__(self, monkeypatch, at):
        self.calls, self.at = 0, at
        for name in ("fsync", "replace", "rename", "mkdir"):
            self._wrap(monkeypatch, os, name)

    def _wrap(self, monkeypatch, module, name):
        real = getattr(module, name)

        def call(*args, **kwargs):
            self.calls += 1
            if self.calls == self.at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, call)


def test_a_full_disk_at_any_step_loses_nothing(tmp_path, monkeypatch):
    publish(tmp_path, 0)
    last, at, done = 0, 1, False
    while not done:
        with monkeypatch.context() as patch:
            fault = _Fault(patch, at)
            with contextlib.suppress(OSError):
                publish(tmp_path, at)
            done = fault.calls < at
        found = versions(tmp_path)
        assert found <= {frozenset({str(last).encode()}), frozenset({str(at).encode()})}
        assert len(found) == 1
        assert leftovers(tmp_path) == []
        (only,) = found
        last, at = int(next(iter(only))), at + 1
    assert at > 10


@pytest.mark.parametrize("room", [0, 1, 100, 4096, 30_000, 60_000, 100_000])
def test_a_disk_that_fills_while_writing_loses_nothing(tmp_path, room):
    """The system itself refuses the write after so many bytes of a file (RLIMIT_FSIZE), in a process of its own."""
    resource = pytest.importorskip("resource")
    publish(tmp_path, 1)

    def write():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        publish(tmp_path, 2, size=8000)

    child = fork.Process(target=write)
    child.start()
    child.join()
    assert child.exitcode
    assert versions(tmp_path) == {frozenset({b"1"})}
    assert leftovers(tmp_path) == []


def _kill_at_random(out, rounds, seed):
    chance = random.Random(seed)
    publish(out, 0)
    started = time.perf_counter()
    child = fork.Process(target=publish, args=(out, 0))
    child.start()
    child.join()
    usual = time.perf_counter() - started
    last = 0
    for version in range(1, rounds + 1):
        child = fork.Process(target=publish, args=(out, version))
        child.start()
        time.sleep(chance.uniform(0, usual * 1.5))
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        found = versions(out)
        assert found in ({frozenset({str(last).encode()})}, {frozenset({str(version).encode()})}), found
        assert leftovers(out) == []
        last = int(next(iter(next(iter(found)))))
    assert last > 0


@pytest.mark.skipif(fork is None, reason="needs fork")
@pytest.mark.parametrize("rounds", [40, pytest.param(1000, marks=pytest.mark.full)])
def test_a_build_killed_at_a_random_moment_leaves_one_whole_export(tmp_path, rounds):
    _kill_at_random(tmp_path, rounds, seed=rounds)


def test_a_write_that_fails_keeps_the_old_file(tmp_path):
    path = tmp_path / "table.csv"
    files.write_text(path, "old")
    with pytest.raises(RuntimeError), files.writing(path) as file:
        file.write(b"new")
        raise RuntimeError
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["table.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a FIFO")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "report.txt")
    with pytest.raises(InputError, match="no regular file"):
        files.read_bytes(tmp_path / "report.txt")


def test_a_loop_of_links_is_refused_by_name(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(InputError, match=r"a\.txt cannot be read"):
        files.read_bytes(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["x\0y.txt", "n" * 300, "missing.txt"])
def test_a_name_that_leads_nowhere_is_a_clear_error(tmp_path, name):
    with pytest.raises(InputError, match="cannot be read"):
        files.read_bytes(tmp_path / name)


def test_a_file_above_the_limit_names_the_limit(tmp_path):
    (tmp_path / "big.txt").write_bytes(b"x" * 11)
    with pytest.raises(LimitError, match="file_bytes"):
        files.read_bytes(tmp_path / "big.txt", limit=10)
    assert files.read_bytes(tmp_path / "big.txt", limit=11) == b"x" * 11


@pytest.mark.parametrize("data", [b"ok\n\xff", "text".encode("utf-16"), b"\xc3"])
def test_what_is_not_utf8_is_refused_with_its_place(tmp_path, data):
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(InputError, match=r"t\.csv:\d+ is not UTF-8"):
        files.read_text(tmp_path / "t.csv")
