"""What answers a query in its process, called here: it gives up its rights before it reads the query, and says all as JSON lines."""

from __future__ import annotations

import io
import json
import resource
import sys
from types import SimpleNamespace

import pytest

from graph.export import iris
from graph.query import child, index
from tests.query.harbour_case import harbour_case, write


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    return write(harbour_case(), tmp_path_factory.mktemp("child") / "out")


@pytest.fixture
def ask(export, monkeypatch):
    """Ask as the engine does; what was said, line by line, and the limits that were set before."""
    limits = []
    monkeypatch.setattr(resource, "setrlimit", lambda *args: limits.append(args))

    def asked(query, **more):
        with index.opened(export) as folder:
            request = {"prefixes": iris.prefixes("base:"), "base_mark": "base:", "case": iris.TERM + "Case", "index": str(folder), "query": query, "base": "", "default_graphs": [],
                       "named_graphs": [], "rows": 100, "chars": 10**6, "seconds": 10, "memory": 2**30, **more}
            said = []
            monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(request).encode())))
            monkeypatch.setattr(child, "_WRITE", said.append)
            child.main()
        return [json.loads(line) for line in "".join(said).split("\n") if line], limits

    return asked


def test_before_it_reads_the_query_it_may_open_and_write_nothing_more(ask):
    _, limits = ask("no query at all")
    given = {name: (value, value) for name, value in (("RLIMIT_NOFILE", 3), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0), ("RLIMIT_CPU", 11), ("RLIMIT_AS", 2**30))}
    assert limits == [(getattr(resource, name), value) for name, value in given.items()]


def test_a_system_that_lacks_a_limit_is_asked_for_the_others(ask, monkeypatch):
    def refuse(*_):
        raise OSError

    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert ask("ASK {}")[0][0] == {"kind": "boolean", "value": True}
    monkeypatch.setitem(sys.modules, "resource", None)  # Windows
    assert ask("ASK {}")[0][-1] == {"end": True, "more": False}


def test_rows_are_told_with_their_kinds(ask):
    said, _ = ask("SELECT ?a ?b ?c ?d ?e { VALUES (?a ?b ?c ?d ?e) { (<https://x.example/> 'x' 'y'@en 4 UNDEF) } }")
    assert said[0] == {"kind": "rows", "variables": ["a", "b", "c", "d", "e"]}
    assert said[1] == [["iri", "https://x.example/", "", ""], ["literal", "x", "", ""], ["literal", "y", "", "en"], ["literal", "4", "http://www.w3.org/2001/XMLSchema#integer", ""], None]
    assert said[2:] == [{"end": True, "more": False}]
    assert ask("SELECT (BNODE() AS ?x) {}")[0][1][0][0] == "blank"


@pytest.mark.parametrize("cut", [{"rows": 3}, {"chars": 300}])
def test_an_answer_that_a_limit_cuts_says_so(ask, cut):
    said, _ = ask("CONSTRUCT WHERE { ?s ?p ?o }", **cut)
    assert said[0] == {"kind": "triples"}
    assert said[-1] == {"end": True, "more": True}
    assert len(said) - 2 <= 3


def test_the_prefixes_of_the_case_lie_below_its_base(ask):
    assert ask("ASK { ?x a v:Case FILTER(STRSTARTS(STR(?x), 'https://harbour.example/')) }")[0][0]["value"] is True
    below = next(name for name, iri in iris.prefixes("base:").items() if iri.startswith("base:"))
    assert ask(f"ASK {{ FILTER(STRSTARTS(STR({below}:x), 'https://harbour.example/')) }}")[0][0]["value"] is True
    assert ask(f"ASK {{ FILTER(STRSTARTS(STR({below}:x), 'h')) }}", case="https://nowhere.example/Case")[0][0]["error"] == "syntax"


def test_a_graph_that_is_named_is_the_only_one_that_is_read(ask):
    assert ask("ASK { ?s ?p ?o }", default_graphs=["https://nowhere.example/"])[0][0]["value"] is False


@pytest.mark.parametrize(("query", "more", "error"), [("SELECT", {}, "syntax"), ("ASK {}", {"base": "no base"}, "failed"), ("ASK {}", {"index": "/nowhere/at/all"}, "index")])
def test_what_goes_wrong_is_said(ask, query, more, error):
    said, _ = ask(query, **more)
    assert [s["error"] for s in said] == [error]
