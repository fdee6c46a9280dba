"""The disk refuses, at every single write, sync, rename and new folder in turn: an error of ours, the old files whole, nothing left."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import pathlib
import shutil
from datetime import UTC, datetime

import pytest

from graph import curation, export, files, pipeline
from graph.case import open_case
from graph.curation import decisions, template
from graph.errors import CasegraphError, UsageError
from graph.extraction.cache import FOLDER as CACHE
from graph.model import Decision
from graph.query import engine, index
from tests.hostile.command import casegraph, leftovers, make_case, starve
from tests.query.harbour_case import harbour_case

NOW = datetime(2031, 5, 6, tzinfo=UTC)
CALLS = ("fsync", "replace", "rename", "mkdir", "unlink")


class Disk:
    """Refuses the nth call of what touches it, and counts the calls."""

    def __init__(self, monkeypatch, at, code):
        self.calls, self.at, self.code = 0, at, code
        for name in CALLS:
            self._wrap(monkeypatch, name)
        disk, real = self, pathlib.Path.open

        class Raw(io.FileIO):
            def write(self, data):
                disk.touch()
                return super().write(data)

        def open_(path, mode="r", *args, **kwargs):
            if mode == "xb":
                disk.touch()
                return io.BufferedWriter(Raw(path, "xb"))
            return real(path, mode, *args, **kwargs)

        monkeypatch.setattr(pathlib.Path, "open", open_)

    def _wrap(self, monkeypatch, name):
        real = getattr(os, name)

        def call(*args, **kwargs):
            if name != "unlink" or files.TEMPORARY not in str(args[0]):  # a disk that refuses to forget leaves a file until the next run
                self.touch()
            return real(*args, **kwargs)

        monkeypatch.setattr(os, name, call)

    def touch(self):
        self.calls += 1
        if self.calls == self.at:
            raise OSError(self.code, os.strerror(self.code))


def add(folder):
    return curation.add(open_case(folder / "case"), [folder / "letter.txt"], now=NOW)


def decide(folder):
    decisions.append(folder / "case" / "decisions.csv", Decision(decision="same", left="a", right="b"))


def publish(folder):
    with files.publishing(folder / "out") as stage:
        for name in ("graph.nt", "manifest.json"):
            files.write_text(stage / name, f"{name} new")


def ask(folder):
    assert engine.run(folder / "asked", "ASK { ?s a v:Case }").truth


def init(folder):
    with contextlib.suppress(UsageError) if (folder / "new" / "statements.csv").exists() else contextlib.nullcontext():
        template.create(folder / "new")


def write(name):
    return lambda folder: pipeline.export_as(name, folder / "asked", folder / "old.file")


QUICK = {"add": add, "ask": ask, "decide": decide, "init": init, "neo4j": write("neo4j"), "publish": publish}
SLOW = {"ask", "init"}
WRITERS = [*(pytest.param(writer, id=name, marks=[pytest.mark.full] * (name in SLOW)) for name, writer in QUICK.items()),
           *(pytest.param(write(name), id=name, marks=pytest.mark.full) for name in sorted(export.FORMATS.keys() - QUICK.keys()))]
BEFORE = {"case/decisions.csv": b"decision,left,right\nsame,x,y\n", "out/graph.nt": b"old", "out/manifest.json": b"{}", "old.file": b"old"}

EXPORT = ("out/graph.nt", "out/manifest.json")


def world(folder):
    make_case(folder / "case", spellings=1)
    (folder / "letter.txt").write_text("A letter to the Harbour Watch.\n", "utf-8")
    (folder / "out").mkdir()
    (folder / "asked").mkdir()
    told = tuple(s for s in harbour_case().statements if "\x1b" not in s.quote)  # XML cannot hold it, and refuses for that alone
    export.FORMATS["nt"].write(harbour_case(told), folder / "asked" / "graph.nt")
    for name, data in BEFORE.items():
        (folder / name).write_bytes(data)
    return state(folder)


def state(folder):
    """The files that a writer may replace, as whoever comes next finds them."""
    files.recover(folder / "out")
    return {name: (folder / name).read_bytes() for name in [*BEFORE, "case/sources.csv"]}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_disk_that_refuses_at_any_step_loses_nothing(tmp_path_factory, monkeypatch, writer):
    last, first = tmp_path_factory.mktemp("last"), tmp_path_factory.mktemp("first")
    old = world(first)
    world(last)
    writer(last)
    new = state(last)
    at, refused, done = 1, 0, False
    while not done:
        folder = tmp_path_factory.mktemp("world")
        world(folder)
        with monkeypatch.context() as patch:
            disk = Disk(patch, at, errno.ENOSPC if at % 2 else errno.EIO)
            try:
                writer(folder)
            except CasegraphError as error:
                refused += any(reason in str(error) for reason in ("No space left", "Input/output error"))
            done = disk.calls < at
        found = state(folder)
        assert [name for name in found if found[name] not in {old[name], new[name]}] == []
        assert [found[name] for name in EXPORT] in ([old[name] for name in EXPORT], [new[name] for name in EXPORT])
        writer(folder)
        assert leftovers(folder) == []
        at += 1
    assert refused >= min(at - 2, 6)


@pytest.mark.full
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("room", [0, 300, 20_000, 200_000])
def test_a_disk_that_is_full_after_so_many_bytes_is_a_sentence_and_the_old_files_stay(tmp_path, room):
    """The system itself refuses to let any file grow beyond this (RLIMIT_FSIZE): the cache and the index, which are C, included."""
    case = make_case(tmp_path / "case")
    (case / "decisions.csv").write_text("decision,left,right\n" + "different,person/a,person/b\n" * 20, "utf-8")
    (tmp_path / "letter.txt").write_text("A letter to the Harbour Watch.\n" * 20, "utf-8")
    pipeline.build(case, tmp_path / "out")
    for args, typed in ((("build", "case", "-o", "out"), b""), (("add", "letter.txt", "--case", "case"), b""), (("init", "new"), b""),
                        (("query", "denied", "-e", "out"), b""), (("export", "gexf", "out", "-o", "x.gexf"), b""), (("review", "case"), b"y\nq\n")):
        if args[0] in {"build", "query"}:
            shutil.rmtree(case / CACHE, ignore_errors=True)
            index.forget(tmp_path / "out")
        old = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
        done = casegraph(*args, cwd=tmp_path, stdin=typed, before=(starve, room))
        assert done.code in {0, 1, 2}, done.err
        assert "Traceback" not in done.err
        assert done.code == 0 or "cannot be" in done.err or "Error" in done.err or "no space" in done.err.lower(), done.err
        if done.code:
            assert {p: p.read_bytes() for p in old} == old
        again = casegraph(*args, cwd=tmp_path, stdin=typed)
        assert again.code == 0 or args[0] == "init", again.err
        assert leftovers(tmp_path) == []
