"""`graph.nt` is canonical and `graph.ttl` says the same, in both libraries, whatever words a case holds."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdf_strategies import BASE, knowledge_bases, of_strings, story

from graph.export import FORMATS, rdf_model, rdf_nt, rdf_turtle, writers
from graph.export.iris import mint, prefixes
from graph.export.rdf import to_rdflib, write_pair
from graph.model import Entity, EntityType

STAND = f"PREFIX : <{prefixes(BASE)['']}> PREFIX v: <{prefixes(BASE)['v']}> PREFIX rdf: <{prefixes(BASE)['rdf']}>\n"


def nt(kb):
    return "".join(rdf_nt.lines(kb))


def ttl(kb):
    return "".join(rdf_turtle.chunks(rdf_model.blocks(kb), kb.base))


def in_pyoxigraph(text, format_):
    return {str(t) for t in ox.parse(text.encode(), format=format_)}


def in_rdflib(text, format_):
    """As canonical N-Triples again, so that both libraries' terms can be compared."""
    graph = rdflib.Graph().parse(data=text.encode(), format=format_)
    return {tuple(map(_term, triple)) for triple in graph}


def _term(term):
    if isinstance(term, rdflib.URIRef):
        return "iri", str(term)
    assert isinstance(term, rdflib.Literal), "no blank nodes"
    return str(term), str(term.language), str(term.datatype)


def as_rdflib_sees(text, format_=ox.RdfFormat.N_TRIPLES):
    """What pyoxigraph reads, in the same words as `in_rdflib`."""
    def words(term):
        if isinstance(term, ox.NamedNode):
            return "iri", term.value
        plain = term.datatype.value.endswith(("#string", "#langString"))
        return term.value, str(term.language), "None" if plain else term.datatype.value
    return {(words(t.subject), words(t.predicate), words(t.object)) for t in ox.parse(text.encode(), format=format_)}


def check(kb):
    lines, turtle = nt(kb), ttl(kb)
    expected = as_rdflib_sees(lines)
    assert len(expected) == lines.count("\n")
    assert in_rdflib(lines, "nt11") == expected
    assert in_rdflib(turtle, "turtle") == expected
    assert as_rdflib_sees(turtle, ox.RdfFormat.TURTLE) == expected
    assert canonical(lines) == lines
    return lines


def canonical(lines):
    dataset = ox.Dataset([ox.Quad(t.subject, t.predicate, t.object) for t in ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES)])
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(knowledge_bases())
def test_both_formats_give_the_same_triples_in_both_libraries_and_the_lines_are_canonical(kb):
    check(replace(kb, relations={"detained": kb.relations["detained"]}))


@pytest.mark.deep
@pytest.mark.timeout(0)
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(knowledge_bases())
def test_ten_thousand_cases_are_the_same_in_both_libraries(kb):
    check(replace(kb, relations={"detained": kb.relations["detained"]}))


def test_every_field_of_a_case_survives_in_both_libraries():
    check(story())


def test_the_file_is_what_sort_makes_of_it(tmp_path):
    kb = story()
    rdf_nt.write(kb, tmp_path / "graph.nt")
    rdf_turtle.write(kb, tmp_path / "graph.ttl")
    data = (tmp_path / "graph.nt").read_bytes()
    done = subprocess.run(["sort", "-u"], input=data, capture_output=True, env={"LC_ALL": "C"}, check=True)
    assert done.stdout == data == nt(kb).encode()
    assert (tmp_path / "graph.ttl").read_text("utf-8") == ttl(kb)


def test_both_files_written_in_one_pass_are_those_written_alone(tmp_path):
    kb = story()
    write_pair(kb, tmp_path)
    assert (tmp_path / "graph.nt").read_bytes() == nt(kb).encode()
    assert (tmp_path / "graph.ttl").read_bytes() == ttl(kb).encode()
    assert len(writers({name: FORMATS[name] for name in ("nt", "ttl", "jsonl")})) == 2
    assert len(writers({"nt": FORMATS["nt"]})) == 1


def test_every_naughty_string_survives_as_name_quote_and_id(shared):
    strings = sorted(set(json.loads((shared / "hostile" / "naughty_strings.json").read_text("utf-8"))))
    kb = of_strings(strings)
    check(kb)
    store = ox.Store()
    store.load(nt(kb).encode(), format=ox.RdfFormat.N_TRIPLES)
    quotes = {row["q"].value for row in store.query(STAND + "SELECT ?q { ?s a rdf:Statement ; v:quote ?q }")}
    assert quotes == {s for s in strings if s}


@pytest.mark.parametrize("code", [0xD800, 0xDFFF])
def test_half_a_surrogate_pair_becomes_the_replacement_character_and_its_ids_stay_apart(code):
    half = chr(code)
    kb = story()
    kb = replace(kb, entities=(*kb.entities, Entity(id=half, type=EntityType.person, name=f"a{half}b"), Entity(id="�", type=EntityType.work, name="x")))
    assert '"a�b"' in check(kb)
    assert mint(BASE, "entity", half) != mint(BASE, "entity", "�")


def test_no_two_ids_share_an_iri():
    ids = ["a", "A", "a/b", "a%2Fb", "a b", "a%20b", ".", "..", "a/../b", "b", "", "é", "e\u0301", "%2E", "a+b", "ä/./x", "...", "a:b", "a#b"]
    made = {mint(BASE, kind, i) for kind in ("entity", "source", "statement", "claim", "unidentified") for i in ids}
    assert len(made) == 5 * len(ids)
    assert not any("/../" in iri or "/./" in iri or iri.endswith(("/.", "/..")) for iri in made)


def ask(kb, pattern):
    store = ox.Store()
    store.load(nt(kb).encode(), format=ox.RdfFormat.N_TRIPLES)
    return bool(store.query(f"{STAND} ASK {{ {pattern} }}"))


def test_only_what_somebody_asserts_is_a_plain_triple():
    kb = story()
    police, ana, otto = (f"<{mint(BASE, 'entity', i)}>" for i in ("organization/harbour-police", "person/ana-ruiz", "official/otto-brand"))
    assert ask(kb, f"{police} :detained {ana}")
    assert ask(kb, f"<{mint(BASE, 'unidentified', 'news')}> :abducted {ana}")
    assert ask(kb, f'{ana} :age "34"')
    assert not ask(kb, "?x :tortured ?y"), "only alleged and denied"
    assert not ask(kb, f"{otto} :leader_of ?y"), "doubtful, and nobody looked at it"
    assert ask(kb, "?s rdf:predicate :leader_of")


def test_what_a_person_rejected_is_nowhere():
    lines = nt(story())
    assert "st-f" not in lines
    assert f"<{mint(BASE, 'relation', 'killed')}> <{mint(BASE, 'entity', 'person/ana-ruiz')}>" not in lines


def test_nothing_that_a_statement_names_is_missing():
    kb = replace(story(), entities=(), sources=(), claims=())
    store = ox.Store()
    store.load(nt(kb).encode(), format=ox.RdfFormat.N_TRIPLES)
    own = {o.object for o in store if isinstance(o.object, ox.NamedNode) and o.object.value.startswith(BASE)}
    assert own <= {q.subject for q in store}


def test_to_rdflib_holds_the_triples_of_the_file_under_our_prefixes():
    kb = story()
    graph = to_rdflib(kb)
    assert len(graph) == nt(kb).count("\n")
    assert dict(graph.namespaces())["v"] == rdflib.URIRef(prefixes(BASE)["v"])


def test_the_same_case_in_another_order_gives_the_same_bytes():
    kb = story()
    turned = replace(kb, entities=kb.entities[::-1], sources=kb.sources[::-1], statements=kb.statements[::-1], claims=kb.claims[::-1],
                     relations=dict(reversed(kb.relations.items())))
    assert nt(turned) == nt(kb)
    assert ttl(turned) == ttl(kb)
