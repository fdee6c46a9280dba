"""The engine: answers come from the index, one process a query, and a query that wants too much is stopped by one error."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph import pipeline
from graph.errors import ExportError, QueryError, StoppedError
from graph.query import engine, index, names, paths
from graph.query.engine import Ask, Limits
from graph.query.results import Term

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def export(harbour, tmp_path):
    """A copy that a test may change."""
    shutil.copy(harbour / "graph.nt", tmp_path / "graph.nt")
    return tmp_path


def indexes(export):
    return sorted(p.name for p in (export / index.FOLDER).iterdir() if p.is_dir())


def test_every_form_of_query_is_answered(export):
    assert engine.run(export, "ASK { ?s a v:Case }").truth
    assert not engine.run(export, "ASK { ?s a v:Nothing }").truth
    rows = engine.run(export, 'SELECT ?name ?nothing { ?x skos:prefLabel "Ana Ruiz" ; skos:prefLabel ?name }')
    assert (rows.variables, rows.rows) == (("name", "nothing"), ((Term("literal", "Ana Ruiz"), None),))
    triples = engine.run(export, "CONSTRUCT { ?x a v:Found } WHERE { ?x skos:prefLabel 'Ana Ruiz' }")
    assert [term.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for term in triples.rows[0]] == ["ana-ruiz", "type", "Found"]
    assert engine.run(export, "DESCRIBE person:ana-ruiz").kind == "triples"


def test_the_prefixes_of_the_model_need_not_be_declared(export):
    assert engine.run(export, "ASK { statement:st-arrest rdf:object person:ana-ruiz ; q:reason 'a banner' ; rdf:predicate :detained }").truth


def test_what_is_in_the_query_wins_over_the_prefixes_of_the_model(export):
    assert not engine.run(export, "PREFIX person: <http://x/> ASK { ?s rdf:object person:ana-ruiz }").truth


def test_the_index_is_made_once_and_again_when_the_graph_changes(export):
    before = engine.run(export, COUNT).rows
    made = indexes(export)
    assert engine.run(export, COUNT).rows == before
    assert indexes(export) == made
    lines = (export / "graph.nt").read_text("utf-8").splitlines(keepends=True)
    (export / "graph.nt").write_text("".join(lines[1:]), "utf-8")
    assert int(engine.run(export, COUNT).rows[0][0].value) == int(before[0][0].value) - 1
    assert len(indexes(export)) == 1
    assert indexes(export) != made


def test_an_index_that_came_with_an_export_from_elsewhere_is_not_believed(export, tmp_path):
    """Somebody who sends an export can put any index beside it: it answers nothing that the graph does not say."""
    true = engine.run(export, COUNT).rows
    lines = (export / "graph.nt").read_text("utf-8").splitlines(keepends=True)
    other = tmp_path / "other"
    other.mkdir()
    (other / "graph.nt").write_text("".join(lines[5:]), "utf-8")
    assert engine.run(other, COUNT).rows != true
    shutil.rmtree(export / index.FOLDER)
    shutil.copytree(other / index.FOLDER, export / index.FOLDER)
    assert engine.run(export, COUNT).rows == true


@pytest.mark.parametrize("name", ["../outside", "/", "", "stamp.json"])
def test_a_stamp_that_names_another_folder_is_not_followed(export, name):
    before = engine.run(export, COUNT).rows
    stamp = json.loads((export / index.FOLDER / "stamp.json").read_text())
    (export / index.FOLDER / "stamp.json").write_text(json.dumps(stamp | {"index": name}))
    assert engine.run(export, COUNT).rows == before


def test_an_index_that_leads_elsewhere_is_refused_and_nothing_is_swept_there(export, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    (export / index.FOLDER).symlink_to(tmp_path / "mine")
    with pytest.raises(ExportError, match="leads elsewhere"):
        engine.run(export, COUNT)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_what_a_process_left_that_died_before_it_swept_is_swept_by_the_next(export):
    engine.run(export, COUNT)
    [made] = indexes(export)
    shutil.copytree(export / index.FOLDER / made, export / index.FOLDER / "oxigraph-older")
    (export / index.FOLDER / ".casegraph-tmp-1").write_text("half a stamp")
    assert engine.run(export, COUNT).rows
    assert sorted(p.name for p in (export / index.FOLDER).iterdir()) == sorted([made, "stamp.json"])


def test_what_cannot_be_swept_is_in_nobodys_way(export, monkeypatch):
    engine.run(export, COUNT)
    (export / index.FOLDER / "older").write_text("mine")
    real = Path.unlink

    def unlink(path, missing_ok=False):
        if path.name == "older":
            raise PermissionError(13, "Permission denied", str(path))
        real(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    made = indexes(export)
    assert engine.run(export, COUNT).rows
    assert indexes(export) == made


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 1e300])
def test_a_time_that_is_none_is_refused(export, seconds):
    with pytest.raises(QueryError, match="at most 86,400 seconds"):
        engine.run(export, COUNT, Limits(seconds=seconds))


def test_where_the_index_is_somebody_elses_a_query_is_answered_all_the_same(export, monkeypatch):
    """An index that others made may be old, and its folder may not be written to: one in a temporary folder answers."""
    (export / index.FOLDER).mkdir()
    real = Path.mkdir

    def mkdir(path, *args, **kwargs):
        if path.parent == export / index.FOLDER:
            raise PermissionError(13, "Permission denied", str(path))
        real(path, *args, **kwargs)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert engine.run(export, COUNT).rows
    assert list((export / index.FOLDER).iterdir()) == []


@pytest.mark.parametrize("stamp", [b"", b"{", b"[]", b'{"index": "nowhere", "stamp": 1}', b"\xff"])
def test_a_broken_stamp_is_made_anew(export, stamp):
    engine.run(export, COUNT)
    (export / index.FOLDER / "stamp.json").write_bytes(stamp)
    assert engine.run(export, COUNT).rows


def test_what_a_killed_process_left_is_swept(export):
    left = export / index.FOLDER / ".casegraph-tmp-999999999-x"
    left.mkdir(parents=True)
    (export / index.FOLDER / "loose").write_text("x")
    engine.run(export, COUNT)
    assert len(list((export / index.FOLDER).iterdir())) == 2


def test_two_that_make_the_index_at_once_are_both_right(export):
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: engine.run(export, COUNT).rows, range(2))
    assert first == second
    assert len(indexes(export)) == 1


def test_where_nothing_can_be_written_a_query_is_answered_all_the_same(export, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(index, "_current", refuse)
    assert engine.run(export, COUNT).rows
    assert not (export / index.FOLDER).exists()


def test_a_full_disk_is_an_error_of_ours(export, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(index, "_current", refuse)
    with pytest.raises(ExportError, match="No space left"):
        engine.run(export, COUNT)


def test_a_folder_that_is_no_export_says_how_to_make_one(tmp_path):
    with pytest.raises(ExportError, match="casegraph build"):
        engine.run(tmp_path, COUNT)


def test_a_graph_that_is_broken_is_named(tmp_path):
    (tmp_path / "graph.nt").write_text("this is no line\n")
    with pytest.raises(ExportError, match=r"graph\.nt cannot be read"):
        engine.run(tmp_path, COUNT)
    assert list((tmp_path / index.FOLDER).iterdir()) == []


def test_rows_beyond_the_limit_are_cut_and_it_is_said(export):
    result = engine.run(export, "SELECT * { ?s ?p ?o }", Limits(rows=5))
    assert (len(result.rows), result.more) == (5, True)
    assert not engine.run(export, "SELECT * { ?s ?p ?o } LIMIT 5", Limits(rows=5)).more


def test_an_answer_beyond_the_size_limit_is_cut_and_it_is_said(export):
    result = engine.run(export, "SELECT * { ?s ?p ?o }", Limits(chars=1000))
    assert result.more
    assert 0 < len(result.rows) < 20


@pytest.mark.parametrize("bomb", [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }",
    "SELECT (COUNT(*) AS ?n) { ?a (!<http://x/>|^!<http://x/>)* ?b . ?c (!<http://x/>|^!<http://x/>)* ?d . ?e (!<http://x/>)* ?f }",
])
def test_a_bomb_is_stopped_in_time_by_one_named_error(export, bomb):
    with pytest.raises(StoppedError, match="stopped"):
        engine.run(export, bomb, Limits(seconds=1))


def test_a_query_that_wants_too_much_memory_is_stopped_by_one_named_error(export):
    with pytest.raises(StoppedError, match="stopped"):
        engine.run(export, "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?g", Limits(memory=600 * 2**20))


def test_a_wrong_query_says_where(export):
    with pytest.raises(QueryError, match="line 2, column"):
        engine.run(export, "SELECT *\n{ ?s ?p }")


def test_an_unknown_prefix_is_named(export):
    with pytest.raises(QueryError, match="nope"):
        engine.run(export, "SELECT * { ?s nope:x ?o }")


def test_the_process_that_answers_can_open_no_socket_and_no_file_even_past_the_guard(export, monkeypatch):
    """The guard is one lock, the limits of the process another: here the first is taken away."""

    class Open:
        text = "SELECT * { SERVICE <http://127.0.0.1:8080/> { ?s ?p ?o } }"
        prefixes = frozenset()

        def binding(self, _values):
            return self

    monkeypatch.setattr(engine.guard, "check", lambda _query, **_: Open())
    with pytest.raises(QueryError, match="Too many open files"):
        engine.run(export, "SELECT * {}")


def test_the_process_that_answers_imports_nothing_of_ours():
    code = ("import sys, runpy, io; sys.stdin = io.TextIOWrapper(io.BytesIO(b'{\"index\": \"/nowhere\"}'));"
            f"runpy.run_path({str(engine._CHILD)!r}, run_name='__main__');"
            "print([m for m in sys.modules if m.split('.')[0] in ('graph', 'rdflib', 'rich', 'networkx', 'typer')])")
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_values_are_bound_as_terms(export):
    ask = Ask(query="SELECT ?s { VALUES ?x { UNDEF } ?s rdf:object ?x }", bound={"x": Term("iri", "https://harbour.example/entity/person/island")})
    assert [row[0].value for row in engine.run(export, ask).rows] == ["https://harbour.example/statement/st-doubt"]


def test_an_index_does_not_outlive_the_export_it_was_made_from(tmp_path):
    """A build for the public into the folder of an internal one leaves no index with the names that it keeps back."""
    case, out = tmp_path / "case", tmp_path / "out"
    case.mkdir()
    (case / "entities.csv").write_text("id,type,name\n,person,Mira Tal\n,person,Ola Ferr\n", "utf-8")
    (case / "sources.csv").write_text("id,title\nnotes,Notes\n", "utf-8")
    (case / "statements.csv").write_text("subject,relation,object,stance,source\nMira Tal,helped,Ola Ferr,asserted,notes\n", "utf-8")
    pipeline.build(case, out, formats=["nt"])
    assert engine.run(out, "ASK { ?x skos:prefLabel 'Mira Tal' }").truth
    assert (out / index.FOLDER).is_dir()
    (case / "entities.csv").write_text("id,type,name\n,person,Mira Sol\n,person,Ola Ferr\n", "utf-8")
    (case / "statements.csv").write_text("subject,relation,object,stance,source\nMira Sol,helped,Ola Ferr,asserted,notes\n", "utf-8")
    pipeline.build(case, out, formats=["nt"])
    assert not (out / index.FOLDER).exists()
    assert not engine.run(out, "ASK { ?x skos:prefLabel 'Mira Tal' }").truth


def test_an_answer_that_breaks_off_is_no_answer(export, monkeypatch):
    monkeypatch.setattr(engine, "_in_child", lambda *_: ['{"kind": "rows", "variables": []}', "[]"])
    with pytest.raises(StoppedError, match="before its answer was whole"):
        engine.run(export, COUNT)


DAMAGE = {
    "CURRENT": lambda made: (made / "CURRENT").write_text("nothing"),
    "gone": lambda made: [path.unlink() for path in made.iterdir()],
    "tables": lambda made: [path.write_bytes(b"x" * 500) for path in made.glob("*.sst")],
    "manifest": lambda made: [path.write_bytes(path.read_bytes()[:10]) for path in made.glob("MANIFEST*")],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_names_and_paths_are_found_though_the_index_was_damaged(export, damage):
    """They are looked up in our own process, where the engine's error would be the user's."""
    def ask():
        return [n.name for n in names.entities(export)], paths.between(export, "person/guard", "official/chief")

    before = ask()
    assert before[0]
    assert before[1]
    names._read.cache_clear()
    [made] = indexes(export)
    DAMAGE[damage](export / index.FOLDER / made)
    assert names.entities(export)
    [again] = indexes(export)
    DAMAGE[damage](export / index.FOLDER / again)
    names._read.cache_clear()
    assert ask() == before


def test_an_index_that_stays_damaged_is_said(export):
    def fail(_folder):
        raise RuntimeError("Corruption: all of it")

    with pytest.raises(ExportError, match=r"all of it. Delete the folder \.index"):
        index.read(export, fail)

    def stop(_folder):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.read(export, stop)


def test_a_damaged_index_is_made_again(export):
    before = engine.run(export, COUNT)
    [folder] = indexes(export)
    (export / index.FOLDER / folder / "CURRENT").write_text("nothing")
    assert engine.run(export, COUNT) == before


def test_an_index_that_cannot_be_opened_at_all_says_what_to_do(export, monkeypatch):
    monkeypatch.setattr(engine, "_in_child", lambda *_: ['{"error": "index", "message": "broken"}'])
    with pytest.raises(QueryError, match=r"Delete the folder \.index"):
        engine.run(export, COUNT)
