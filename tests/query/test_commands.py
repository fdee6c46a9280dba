"""The commands that ask: answers on stdout, complaints on stderr, exit code 0, 1 or 2, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def casegraph(*args):
    return subprocess.run([sys.executable, "-m", "graph.cli", *map(str, args)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, stdin=subprocess.DEVNULL, check=False)


@pytest.mark.parametrize(("args", "words"), [
    (("query", "who-detained", "--set", "person=ana ruiz"), ["the police had taken her", "alleged", "Relatives of Ana Ruiz", "news"]),
    (("query", "SELECT ?n { person:ana-ruiz skos:prefLabel ?n }", "--format", "csv"), ["n\nAna Ruiz\n"]),
    (("query", "ASK { ?s a v:Case }"), ["yes"]),
    (("query", "CONSTRUCT { ?s a v:Case } WHERE { ?s a v:Case }", "--format", "turtle"), ["<https://harbour.example/case>"]),
    (("show", "la ruiz"), ["Ana Ruiz  (person, person/ana-ruiz)", "“we never held her”", "DENIED by Irma Vale"]),
    (("show", "city guard"), ["DOUBTFUL, ALLEGED by"]),
    (("path", "vale", "city guard"), ["Irma Vale — Harbour Police — City Guard", "“Vale, the head of the Harbour Police”"]),
])
def test_an_answer_is_on_stdout_alone(harbour, args, words):
    done = casegraph(*args, "--export", harbour)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(word in done.stdout for word in words)


def test_a_table_says_what_was_asked_and_whom_a_name_turned_out_to_be(harbour):
    told = casegraph("query", "done-to", "--set", "entity=ana ruiz", "--set", "relation=detained", "--export", harbour).stdout
    assert " ".join(told.split("\n\n")[0].split()) == "Who did what to a person, according to whom; entity: Ana Ruiz (person); relation: detained"
    assert casegraph("query", "done-to", "--set", "entity=ana ruiz", "--format", "csv", "--export", harbour).stdout.startswith("who,did,to,stance")


def test_that_nothing_is_said_is_said(harbour):
    done = casegraph("query", "who-detained", "--set", "person=vale", "--export", harbour)
    assert (done.returncode, done.stdout) == (0, "Who detained a person, and who says so; person: Irma Vale (official)\n\nNo claim in this export says so.\n")


def test_the_questions_are_listed_and_two_exports_compared(harbour):
    assert "who-detained" in casegraph("questions").stdout
    assert casegraph("diff", harbour, harbour).stdout.startswith("0 came, 0 went, 0 changed")


@pytest.mark.parametrize(("args", "code", "words"), [
    (("query", "who-detained", "--set", "person=ana"), 2, "may be 2"),
    (("query", "who-detained", "--set", "person=ana r"), 2, "Ana Rojas"),
    (("query", "who-detained", "--set", "person"), 2, "--set name=value"),
    (("query", "nothing-like-it"), 2, "There is no question"),
    (("query", "SELECT * { SERVICE <http://x.example/> {} }"), 1, "SERVICE is refused"),
    (("query", "SELECT * { ?s ?p }"), 1, "no SPARQL"),
    (("query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "--seconds", "1"), 1, "stopped after 1 seconds"),
    (("query", "denied", "--format", "pdf"), 2, "no form 'pdf'"),
    (("show", "nobody at all"), 2, "Nothing is called"),
])
def test_what_is_wrong_is_one_message_on_stderr(harbour, args, code, words):
    done = casegraph(*args, "--export", harbour)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("args", [("query", "denied", "-e"), ("show", "x", "-e"), ("path", "a", "b", "-e"), ("serve",)])
def test_a_folder_that_is_no_export_is_named_with_the_way_to_one(tmp_path, args):
    done = casegraph(*args, tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "casegraph build" in done.stderr
    assert "Traceback" not in done.stderr


def test_rows_that_a_limit_cuts_are_said_to_be_cut(harbour):
    done = casegraph("query", "SELECT * { ?s ?p ?o }", "--rows", "3", "--format", "tsv", "--export", harbour)
    assert len(done.stdout.splitlines()) == 4
    assert "more rows than these 3" in done.stderr


def test_without_the_extra_serve_says_what_to_install(tmp_path):
    code = ("import sys; sys.modules['starlette'] = sys.modules['starlette.applications'] = None; sys.argv = ['casegraph', 'serve'];"
            "from graph import cli; cli.main()")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "casegraph[serve]" in done.stderr
