"""A crash leaves the last good export: whatever dies, wherever, every file is whole and they belong together."""

from __future__ import annotations

import ast
import contextlib
import errno
import json
import multiprocessing
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from graph import files
from graph.errors import CasegraphError, ExportError, InputError, LimitError, WriteError
from graph.export import rdf_read, shapes
from graph.query import index
from tests.hostile.events import MANNERS, counted, killed, tally

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


def _events(out, path):
    tally(path)
    publish(out, 0)
    os._exit(0)


def _publish_until(out, version, kill):
    kill[0](*kill[1:])
    publish(out, version)


def _in_a_child(target, *args):
    child = fork.Process(target=target, args=args)
    child.start()
    child.join()
    return child.exitcode


@pytest.mark.skipif(fork is None, reason="needs fork")
@pytest.mark.parametrize("rounds", [40, pytest.param(1000, marks=pytest.mark.full)])
def test_a_build_killed_at_a_random_moment_leaves_one_whole_export(tmp_path, rounds):
    """Before, while and after it touches the disk, and anywhere else; it is the new export only once all of it is."""
    chance, out = random.Random(rounds), tmp_path / "out"
    publish(out, 0)
    _in_a_child(_events, out, tmp_path / "events")
    most = counted(tmp_path / "events")
    last = 0
    for version in range(1, rounds + 1):
        manner = MANNERS[version % 4]
        at = {1: 1, 2: most[manner]}.get(version) or chance.randint(1, most[manner])
        code = _in_a_child(_publish_until, out, version, killed(manner, at))
        assert code == -signal.SIGKILL or manner == "while"  # which may be too late for the last call of all
        found = versions(out)
        assert found in ({frozenset({str(last).encode()})}, {frozenset({str(version).encode()})}), found
        assert leftovers(out) == []
        last = int(next(iter(next(iter(found)))))
    publish(out, rounds + 1)
    assert versions(out) == {frozenset({str(rounds + 1).encode()})}


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


def _dies_before_moving(out, version, monkeypatch):
    """A build that has decided and moved nothing yet."""
    real, calls = files._recover, []

    def die(folder):
        calls.append(folder)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(folder)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(files, "_recover", die)
        publish(out, version)
    assert (out / files.JOURNAL).exists()


@pytest.mark.parametrize("read", [index.graph_of, shapes.validate, rdf_read.read])
def test_whoever_reads_an_export_first_finishes_the_build_that_died(tmp_path, monkeypatch, read):
    publish(tmp_path, 1)
    _dies_before_moving(tmp_path, 2, monkeypatch)
    with contextlib.suppress(CasegraphError):  # these files are no graph
        read(tmp_path)
    assert leftovers(tmp_path) == []
    assert versions(tmp_path) == {frozenset({b"2"})}


def test_while_a_build_is_at_work_nobody_else_finishes_it(tmp_path, monkeypatch):
    publish(tmp_path, 1)
    _dies_before_moving(tmp_path, 2, monkeypatch)
    with files.alone(tmp_path):
        files.recover(tmp_path)
        assert (tmp_path / files.JOURNAL).exists()
    assert versions(tmp_path) == {frozenset({b"2"})}


def test_a_build_that_cannot_be_finished_is_said_and_not_read_half(tmp_path, monkeypatch):
    publish(tmp_path, 1)
    _dies_before_moving(tmp_path, 2, monkeypatch)

    def refuse(*_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(WriteError, match="Name a folder that you may write to"):
        files.recover(tmp_path)


@pytest.mark.parametrize("journal", [
    '{"comes": ["../letter.txt"], "goes": []}', '{"comes": [], "goes": ["../letter.txt"]}', '{"comes": ["/etc/hostname"], "goes": []}', '{"comes": [".."], "goes": []}',
    '{"comes": ["a/b"], "goes": []}', '{"comes": [3], "goes": []}', '{"comes": ["C:x"], "goes": []}', '["graph.nt"]', "{}", "", "[" * 100_000, "\xff",
])
def test_an_export_from_elsewhere_moves_and_removes_nothing_outside_its_folder(tmp_path, journal):
    """Whoever sends an export can put a journal into it."""
    out = tmp_path / "out"
    publish(out, 1)
    (tmp_path / "letter.txt").write_text("mine")
    (out / "letter.txt").write_text("theirs")
    (out / files.JOURNAL).write_bytes(journal.encode("latin-1"))
    with pytest.raises(ExportError, match="no journal of a build"):
        files.recover(out)
    assert (tmp_path / "letter.txt").read_text() == "mine"
    assert (out / "letter.txt").read_text() == "theirs"


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_journal_that_is_no_file_is_refused_and_never_waited_for(tmp_path, kind):
    publish(tmp_path, 1)
    (tmp_path / "other").write_text('{"comes": [], "goes": []}')
    (tmp_path / files.JOURNAL).symlink_to(tmp_path / "other") if kind == "link" else os.mkfifo(tmp_path / files.JOURNAL)
    with pytest.raises(ExportError, match="no journal of a build"):
        files.recover(tmp_path)


def test_a_stage_that_leads_elsewhere_gives_nothing_away(tmp_path):
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    (home / "key").write_text("secret")
    publish(out, 1)
    (out / files.STAGE).symlink_to(home)
    (out / files.JOURNAL).write_text('{"comes": ["key"], "goes": []}')
    files.recover(out)
    assert (home / "key").read_text() == "secret"
    assert leftovers(out) == []


def test_a_link_at_an_output_gives_way_and_what_it_leads_to_stays(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    (out / "graph.nt").symlink_to(tmp_path / "mine.txt")
    publish(out, 1)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert not (out / "graph.nt").is_symlink()


def _manifested(out, names):
    """An export of these files, with a manifest that tells their hashes."""
    with files.publishing(out) as stage:
        for name in names:
            files.write_text(stage / name, name)
        files.write_text(stage / "manifest.json", json.dumps({"outputs": {name: files.sha256_of(stage / name) for name in names}}))


def test_what_the_old_export_had_and_the_new_one_has_not_goes_with_it(tmp_path):
    _manifested(tmp_path, ["graph.html", "graph.nt", "report.md"])
    (tmp_path / "report.md").write_text("with notes of mine")
    _manifested(tmp_path, ["graph.nt"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["graph.nt", "manifest.json", "report.md"]


@pytest.mark.parametrize("manifest", ["", "[]", '{"outputs": []}', '{"outputs": {"../letter.txt": "x", "nothing": "y"}}', "[" * 100_000])
def test_a_manifest_that_is_none_takes_nothing_with_it(tmp_path, manifest):
    out = tmp_path / "out"
    publish(out, 1)
    (tmp_path / "letter.txt").write_text("mine")
    (out / "manifest.json").write_text(manifest)
    publish(out, 2)
    assert (tmp_path / "letter.txt").read_text() == "mine"
    assert versions(out) == {frozenset({b"2"})}


def test_a_folder_in_the_way_of_an_output_is_named_before_anything_changes(tmp_path):
    publish(tmp_path, 1)
    (tmp_path / "graph.nt").unlink()
    (tmp_path / "graph.nt").mkdir()
    with pytest.raises(WriteError, match=r"graph\.nt cannot be written: Is a directory\. Something of that name is in the way"):
        publish(tmp_path, 2)
    assert b"1" in (tmp_path / "graph.html").read_bytes()
    assert leftovers(tmp_path) == []


def test_two_who_write_the_same_file_do_not_sweep_each_other(tmp_path):
    with files.writing(tmp_path / "a.txt") as file:
        file.write(b"first")
        files.sweep(tmp_path)
        files.write_text(tmp_path / "a.txt", "second")
    assert (tmp_path / "a.txt").read_bytes() == b"first"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_what_nobody_holds_any_more_is_swept_and_no_link_is_followed(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / f"{files.TEMPORARY}dead").write_text("half")
    (tmp_path / f"{files.TEMPORARY}link").symlink_to(tmp_path / "mine.txt")
    files.sweep(tmp_path)
    assert sorted(os.listdir(tmp_path)) == [f"{files.TEMPORARY}link", "mine.txt"]


def test_a_system_without_locks_reads_and_writes_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.delattr(os, "O_DIRECTORY")
    publish(tmp_path, 1)
    with files.alone(tmp_path):
        publish(tmp_path, 2)
    assert versions(tmp_path) == {frozenset({b"2"})}
    assert leftovers(tmp_path) == []


def test_a_name_of_the_greatest_length_can_be_written(tmp_path):
    path = tmp_path / ("n" * 255)
    files.write_text(path, "x")
    assert path.read_text() == "x"


def test_a_file_that_fails_while_it_is_read_is_named(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x")

    def fail(*_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "read", fail)
    with pytest.raises(InputError, match=r"a\.txt cannot be read: Input/output error"):
        files.read_bytes(tmp_path / "a.txt")


def test_lines_of_what_is_not_there_are_a_clear_error(tmp_path):
    with pytest.raises(InputError, match=r"x\.nt cannot be read"):
        list(files.lines(tmp_path / "x.nt"))
    (tmp_path / "x.nt").write_bytes(b"a\nb")
    assert list(files.lines(tmp_path / "x.nt")) == [b"a\n", b"b"]


def test_a_folder_is_no_document(tmp_path):
    with pytest.raises(InputError, match="no regular file"):
        files.read_bytes(tmp_path)


_OTHERS = {
    "cli.py: os.open": "nowhere, for what is still to be printed when a pipe is closed",
    "extraction/cache.py: self._path.unlink": "an SQLite file that is damaged; it is a cache",
    "query/index.py: old.unlink": "what is left of an older index",
    "query/index.py: shutil.rmtree": "an index, which is a cache",
    "sources/office.py: archive.open": "a part of a document that was read whole",
}


def test_no_other_module_opens_a_file_or_removes_one():
    """Whatever could tear a file or follow a link stands in one module; what else touches the disk is on a list with its reason."""
    root, found = Path(files.__file__).parent, set()
    doing = {"open", "fdopen", "write_text", "write_bytes", "touch", "unlink", "rename", "rmtree", "symlink_to", "hardlink_to", "copyfile", "copy2", "copytree", "move"}
    for path in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called.rpartition(".")[2] in doing or called in {"os.remove", "os.replace"}:
                found.add(f"{path.relative_to(root).as_posix()}: {called}")
    assert {f for f in found if not f.startswith("files.py: ") and ": files." not in f} == {*_OTHERS}
