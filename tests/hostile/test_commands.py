"""Whatever a user types or feeds to a command: one clear message, the right exit code, never a traceback, nothing that drives the terminal."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys

import pytest

from graph import pipeline
from tests.hostile.command import ROOT, casegraph, leftovers, make_case, nobody, rows
from tests.hostile.events import events, interrupted

pytestmark = [pytest.mark.full, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]
ESCAPES = "\x1b[31mred\x1b[0m \x1b]8;;https://x.example/\x1b\\link\x1b]8;;\x1b\\ \x1b]0;title\x07 \x9b2J \u202egnp.exe \u2066x\u2069 \u061c\x07\x08"
DRIVES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A case, its export, and what is neither."""
    folder = tmp_path_factory.mktemp("desk")
    pipeline.build(make_case(folder / "case", spellings=1), folder / "out")
    (folder / "file").write_text("no folder")
    (folder / "empty").mkdir()
    (folder / "junk").mkdir()
    (folder / "junk" / "graph.nt").write_text("this is no line\n")
    (folder / "junk" / "entities.csv").write_bytes(b"\xff\xfe\x00id")
    (folder / "broken").mkdir()
    (folder / "broken" / "case.toml").write_text("title = [")
    (folder / "pipes" / "reports").mkdir(parents=True)
    os.mkfifo(folder / "pipes" / "reports" / "waits.txt")
    os.mkfifo(folder / "pipes" / "graph.nt")
    (folder / "loop").symlink_to(folder / "loop")
    return folder


LONG = "n" * 300
PLACES = ["nowhere", "file", "file/below", "empty", "junk", "broken", "loop", "pipes", LONG, "/dev/null", "/proc/self/mem", "a\nb", "\x1b[31m", "", "-", "\udcff"]
COMMANDS = [
    ("build", "?", "-o", "new"), ("check", "?"), ("check", "--rdf", "?"), ("verify", "?"), ("review", "?"), ("review", "--list", "?"), ("add", "?", "--case", "case"),
    ("add", "file", "--case", "?"), ("diff", "?", "out"), ("diff", "out", "?"), ("export", "gexf", "?", "-o", "new.gexf"), ("export", "?", "out"),
    ("path", "?", "mira", "-e", "out"), ("path", "mira", "watch", "-e", "?"), ("query", "?", "-e", "out"), ("query", "denied", "-e", "?"), ("show", "?", "-e", "out"),
    ("show", "mira", "-e", "?"), ("query", "who-detained", "--set", "?", "-e", "out"), ("query", "who-detained", "--set", "person=?", "-e", "out"), ("query", "denied", "--format", "?", "-e", "out"),
    ("view", "?"), ("evaluate", "?"), ("serve", "?"), ("build", "case", "-o", "new", "--format", "?"), ("build", "case", "-o", "new", "--audience", "?"),
    ("build", "case", "-o", "new", "--extractor", "?"), ("build", "case", "-o", "new", "--extractor", "llm", "--endpoint", "?"), ("build", "case", "--k", "?"), ("?",), ("questions", "?"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nonsense_is_answered_with_a_sentence(desk, command):
    for place in PLACES:
        if (command[0], place) == ("serve", "junk"):  # it would serve, and say at each question what is wrong
            continue
        args = [part.replace("?", place) for part in command]
        done = casegraph(*args, cwd=desk, stdin=b"maybe\n")
        assert done.code in {0, 1, 2}, (args, done.err)
        assert "Traceback" not in done.err, (args, done.err)
        assert done.code == 0 or done.err.strip() or (done.out.strip() and command[0] == "verify"), args
        assert not DRIVES.search(done.out.replace(place, "") + done.err.replace(place, "")), args


NUMBERS = ["nan", "inf", "-inf", "-1", "1e300", "9" * 30, "", "x", "1_0", "\u0663"]


@pytest.mark.parametrize("command", [("query", "denied", "-e", "out", "--seconds"), ("query", "denied", "-e", "out", "--rows"), ("build", "case", "-o", "new", "-j"),
                                     ("build", "case", "-o", "new", "--audience", "public", "--k"), ("serve", "out", "--port")], ids=" ".join)
def test_a_number_that_is_none_is_answered_with_a_sentence(desk, command):
    for number in NUMBERS:
        if command[-1] == "--port" and number in {"1_0", "\u0663"}:  # which Python reads: it would serve
            continue
        done = casegraph(*command, number, cwd=desk)
        assert done.code in {0, 1, 2}, (number, done.err)
        assert "Traceback" not in done.err, (number, done.err)
        assert done.code == 0 or done.err.strip(), number


@pytest.mark.parametrize("args", [("build", LONG), ("build", "loop"), ("add", "empty", "--case", "case"), ("add", "loop", "--case", "case"), ("check", "pipes"), ("diff", "pipes", "out"),
                                  ("build", "case", "-o", "file"), ("build", "case", "-o", "file/below"), ("export", "gexf", "out", "-o", "empty"), ("export", "gexf", "out", "-o", "nowhere/x"),
                                  ("init", "file"), ("init", LONG), ("query", LONG, "-e", "out"), ("view", "file"), ("build", "case", "-o", "case/reports/out")])
def test_what_is_in_the_way_is_named(desk, args):
    done = casegraph(*args, cwd=desk)
    assert done.code in {1, 2} or args[:2] == ("check", "pipes")
    assert "Traceback" not in done.err


def test_a_folder_that_may_not_be_read_or_written_is_said(desk, tmp_path):
    if casegraph("questions", cwd="/", before=(nobody,)).code:
        pytest.skip("nobody but root may read this installation")
    tmp_path.chmod(0o755)
    for folder in (tmp_path.parent, tmp_path.parent.parent):
        if folder.owner() == tmp_path.owner():
            folder.chmod(0o755)
    case = shutil.copytree(desk / "case", tmp_path / "case")
    shutil.copytree(desk / "out", tmp_path / "out")
    (tmp_path / "case" / "secret.txt").write_text("x")
    for path in (case / "secret.txt", case / "entities.csv"):
        path.chmod(0)
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut").chmod(0)
    tmp_path.chmod(0o555)
    for args, words in ((("build", "case", "-o", "new"), "entities.csv"), (("check", "case"), "Permission denied"), (("build", "shut", "-o", "new"), "shut"),
                        (("add", "case/secret.txt", "--case", "case"), "secret.txt"), (("init", "new"), "cannot be made"), (("export", "gexf", "out", "-o", "x.gexf"), "may write to"),
                        (("show", "mira", "-e", "shut"), "shut"), (("view", "shut"), "shut")):
        done = casegraph(*args, cwd=tmp_path, before=(nobody,))
        assert done.code in {1, 2}, (args, done.err)
        assert words in done.err, (args, done.err)
        assert "Traceback" not in done.err
    done = casegraph("query", "denied", "-e", "out", cwd=tmp_path, before=(nobody,))  # to ask needs no right to write
    tmp_path.chmod(0o755)
    if sys.executable in done.err:
        pytest.skip("all but the query: nobody but root may run this interpreter")
    assert (done.code, done.err) == (0, ""), done.err


@pytest.mark.parametrize("args", [("query", "SELECT * { ?s ?p ?o }", "--format", "csv", "-e", "out"), ("questions",), ("show", "mira", "-e", "out")])
def test_a_pipe_that_is_closed_ends_a_command_quietly(desk, args):
    done = subprocess.run(["sh", "-c", '"$@" | head -c 1', "sh", sys.executable, "-m", "graph.cli", *args], cwd=desk, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.stderr == ""
    assert done.stdout


@pytest.mark.parametrize("args", [("questions",), ("--version",), ("--help",), ("check", "case")])
def test_a_full_disk_behind_stdout_is_said(desk, args):
    done = casegraph(*args, cwd=desk, out="/dev/full")
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "No space left" in done.err


@pytest.mark.parametrize("args", [("build", "case", "-o", "new"), ("review", "case")])
def test_ctrl_c_ends_a_command_without_a_traceback_and_changes_nothing(desk, tmp_path, args):
    most = events(args, desk, tmp_path / "events")["anywhere"]
    shutil.rmtree(desk / "new", ignore_errors=True)
    for part in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9):
        done = casegraph(*args, cwd=desk, before=interrupted("anywhere", int(most * part)))
        assert done.code in {0, 1, 130}, done.err
        assert "Traceback" not in done.err
        assert leftovers(desk) == []


@pytest.fixture(scope="module")
def loud(tmp_path_factory):
    """A case in which every name, title, word and id tries to drive the terminal."""
    folder = tmp_path_factory.mktemp("loud")
    case = folder / "case"
    (case / "reports").mkdir(parents=True)
    (case / "reports" / f"{ESCAPES.replace('/', '')}.txt").write_text(f"Police detained Mira {ESCAPES} Solheim on 4 May 2021.\n", "utf-8")
    (case / "reports" / "scan\x1b[31m.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (case / "case.toml").write_text('title = "Loud \\u001b[31m \\u202e case"\n', "utf-8")
    (case / "entities.csv").write_text(rows(("id", "type", "name", "aliases", "description"), ("person/a", "person", f"Mira {ESCAPES} Solheim", ESCAPES, ESCAPES),
                                            ("person/b", "person", "Mirra Solheim", "", ESCAPES), ("", "organization", f"Harbour {ESCAPES} Watch", "", "")), "utf-8")
    (case / "sources.csv").write_text(rows(("id", "title", "publisher"), ("log", ESCAPES, f"Gazette {ESCAPES}")), "utf-8")
    (case / "statements.csv").write_text(rows(("subject", "relation", "object", "stance", "source", "locator", "quote", "note"),
                                              (f"Harbour {ESCAPES} Watch", "helped", "person/a", "alleged", "log", ESCAPES, f"words {ESCAPES}", ESCAPES),
                                              (f"Harbour {ESCAPES} Watch", "helped", "person/b", "denied", "log", ESCAPES, f"words {ESCAPES}", ESCAPES)), "utf-8")
    return folder


COMMANDS_OF_NAMES = [
    ("build", "case", "-o", "out"), ("check", "case"), ("verify", "case"), ("review", "case", "--list"), ("review", "case"), ("show", "harbour", "-e", "out"),
    ("show", "nobody\x1b[31m", "-e", "out"), ("path", "person/a", "person/b", "-e", "out"), ("query", "denied", "-e", "out"), ("query", "SELECT ?o { ?s ?p ?o }", "-e", "out"),
    ("query", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "-e", "out"), ("query", "\x1b[31m", "-e", "out"), ("query", "who-detained", "--set", "person=\x1b[31m", "-e", "out"),
    ("diff", "out", "other"), ("build", "case\x1b[31m", "-o", "new"), ("view", "\x1b]0;x\x07"), ("build", "case", "-o", "new\x1b[31m"), ("export", "\x1b[31m", "out"),
]


def test_no_name_and_no_word_drives_the_terminal(loud):
    pipeline.build(loud / "case", loud / "other", formats=["nt"])
    text = (loud / "other" / "graph.nt").read_text("utf-8").splitlines(keepends=True)
    (loud / "other" / "graph.nt").write_text("".join(line for line in text if "Harbour" not in line), "utf-8")
    for args in COMMANDS_OF_NAMES:
        done = casegraph(*args, cwd=loud, stdin=b"\x1b[31m\ns\nq\n")
        assert "Traceback" not in done.err, (args, done.err)
        assert not DRIVES.search(done.out), (args, DRIVES.search(done.out))
        assert not DRIVES.search(done.err), (args, DRIVES.search(done.err))


@pytest.mark.parametrize("form", ["csv", "json", "tsv", "xml"])
def test_data_for_a_program_is_whole_and_on_a_terminal_it_is_clean(loud, form):
    if not (loud / "out" / "graph.nt").exists():
        pipeline.build(loud / "case", loud / "out")
    args = ("query", "SELECT ?o { ?s skos:prefLabel ?o }", "--format", form, "-e", "out")
    assert "\u202e" in casegraph(*args, cwd=loud).out
    ours, theirs = pty.openpty()
    done = subprocess.run([sys.executable, "-m", "graph.cli", *args], cwd=loud, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    os.close(theirs)
    shown = os.read(ours, 2**16).decode()
    os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Solheim" in shown
    assert not DRIVES.search(shown.replace("\r\n", "\n"))


def test_no_library_writes_a_word_of_a_document_to_the_terminal(tmp_path):
    """What trafilatura, pdfium and the rest log of a document would hold its words: a build says what we say, and nothing else."""
    make_case(tmp_path / "case", spellings=1)
    (tmp_path / "case" / "reports" / "odd.html").write_text("<html><head><meta name='date' content='Quorvish'></head><body><div>Quorvish</div></body></html>", "utf-8")
    (tmp_path / "case" / "reports" / "cut.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<</Quorvish")
    code = ("import logging, sys, warnings; from graph import cli, console; console.quiet();"
            "logging.getLogger('trafilatura').error('Quorvish'); warnings.warn('Quorvish'); sys.argv[1:] = ['build', 'case', '-o', 'out']; cli.main()")
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Quorvish" not in done.stdout


def test_memory_and_depth_that_run_out_are_said(monkeypatch, capsys):
    from graph import cli

    for error, words in ((MemoryError(), "not enough memory"), (RecursionError(), "nested too deeply"), (OSError(5, "Input/output error", "x"), "x: Input/output error")):
        def fail(error=error):
            raise error

        monkeypatch.setattr(cli, "app", fail)
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert left.value.code == 1
        assert words in capsys.readouterr().err


