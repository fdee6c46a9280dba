"""The command line says what it did, what is wrong and what to do; never a traceback."""

from __future__ import annotations

import os
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
