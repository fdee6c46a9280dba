"""The command line says what it did, what is wrong and what to do; never a traceback."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys

import pytest


def casegraph(*args, cwd, **env):
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return subprocess.run([sys.executable, "-m", "graph.cli", *args], cwd=cwd, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": root, **env}, check=False)


def test_help_names_every_command(tmp_path):
    done = casegraph("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("build", "check", "view"))


def test_help_loads_none_of_the_heavy_libraries(tmp_path):
    code = "import sys; sys.argv=['casegraph','--help']\nfrom graph import cli\ntry: cli.main()\nexcept SystemExit: pass\nprint([m for m in ('spacy','networkx','rdflib','pyvis','pyoxigraph','rich') if m in sys.modules])"
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": root}, check=True)
    assert done.stdout.strip().endswith("[]")


def test_check_shows_every_problem_and_fails(tmp_path):
    (tmp_path / "entities.csv").write_text("id,type,name\n,alien,Mira\n,person,\n", "utf-8")
    done = casegraph("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "entities.csv:2 [type]" in done.stderr
    assert "entities.csv:3 [name]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("args", [("build", "nowhere"), ("view", "nowhere"), ("build", "--format", "nonsense", "."), ("nonsense",)])
def test_wrong_usage_is_said_in_a_sentence(tmp_path, args):
    (tmp_path / "entities.csv").write_text("id,type,name\n,person,Mira\n", "utf-8")
    done = casegraph(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_terminal_escapes_in_the_data_never_reach_the_terminal(tmp_path):
    (tmp_path / "entities.csv").write_text("id,type,name\n,alien\x1b[31m\u202e,Mira\n", "utf-8")
    done = casegraph("check", cwd=tmp_path)
    assert "\x1b" not in done.stderr + done.stdout
    assert "\u202e" not in done.stderr


def test_it_prints_in_any_locale(tmp_path):
    (tmp_path / "entities.csv").write_text("id,type,name\n,person,Мира\n,zażółć,Мира\n", "utf-8")
    done = casegraph("check", cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


_PRESSED = """
import contextlib, os, signal, sqlite3, sys
from graph import cli
from graph.extraction import batch

store = sys.argv.pop(1)
real = batch.extract_all

def extract_all(*args):
    for item in real(*args):
        yield item
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(store)) as connection:
            if connection.execute("SELECT count(*) FROM extracted").fetchone()[0]:
                os.killpg(0, signal.SIGINT)

batch.extract_all = extract_all
cli.main()
"""
"""A build of which, as soon as something is kept, Ctrl-C is pressed: a terminal tells the command and all its processes."""


@pytest.mark.skipif(sys.platform == "win32", reason="signals as Unix has them")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_at_once_loses_nothing_done_and_leaves_no_process(tmp_path, jobs):
    reports = tmp_path / "case" / "reports"
    reports.mkdir(parents=True)
    for number in range(400):
        (reports / f"{number:03}.txt").write_text(f"Police in Karest detained Mira Hale {number} on 4 May 2021, Harbour Watch said.\n" * 5, "utf-8")
    store = tmp_path / "case" / ".casegraph" / "extracted.sqlite"
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    process = subprocess.Popen([sys.executable, "-c", _PRESSED, str(store), "build", str(tmp_path / "case"), "-o", str(tmp_path / "out"), "--jobs", jobs],
                               stderr=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, "PYTHONPATH": root})
    _, said = process.communicate()
    assert process.returncode == 130
    assert said == "Stopped. What was read is kept, and the last export is whole.\n"
    with contextlib.closing(sqlite3.connect(store)) as connection:
        kept = connection.execute("SELECT count(*) FROM extracted").fetchone()[0]
    assert kept > 0
    assert kept < 400 or jobs == "2"  # others may have run ahead
    assert not (tmp_path / "out").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
