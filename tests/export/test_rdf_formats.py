"""Every RDF format says what `graph.nt` says, in both libraries, and no view makes a hedge a fact."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdf_strategies import BASE, XML, knowledge_bases, of_strings, story

from graph.errors import ExportError
from graph.export import FORMATS, rdf_nt, rdf_views
from graph.export.iris import mint, prefixes
from graph.export.rdf_terms import parse, text

READERS = {"jsonld": ("json-ld", ox.RdfFormat.JSON_LD), "rdfxml": ("xml", ox.RdfFormat.RDF_XML), "ttl": ("turtle", ox.RdfFormat.TURTLE),
           "trig": ("trig", ox.RdfFormat.TRIG), "nquads": ("nquads", ox.RdfFormat.N_QUADS)}


def written(kb, name, folder):
    path = folder / FORMATS[name].file
    FORMATS[name].write(kb, path)
    return path.read_bytes()


def from_rdflib(data, format_):
    graph = rdflib.Dataset(default_union=True) if format_ in {"trig", "nquads"} else rdflib.Graph()
    graph.parse(data=data, format=format_)
    return {(str(s), str(p), str(o), str(getattr(o, "datatype", "")), str(getattr(o, "language", "")))
            for s, p, o in graph.triples((None, None, None))}


def from_pyoxigraph(data, format_):
    def words(o):
        if isinstance(o, ox.NamedNode):
            return o.value, "", ""
        datatype = "None" if o.datatype.value.endswith(("#string", "#langString")) else o.datatype.value
        return o.value, datatype, str(o.language)
    return {(q.subject.value, q.predicate.value, *words(q.object)) for q in ox.parse(data, format=format_)}


def lines(kb):
    return "".join(rdf_nt.lines(kb)).encode()


@pytest.mark.parametrize("name", READERS)
def test_each_format_gives_the_triples_of_the_lines_in_both_libraries(name, tmp_path):
    kb = story()
    expected = from_pyoxigraph(lines(kb), ox.RdfFormat.N_TRIPLES)
    data = written(kb, name, tmp_path)
    theirs, ours = READERS[name]
    assert from_pyoxigraph(data, ours) == expected
    assert from_rdflib(data, theirs) == expected


ANY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def survives(kb, name, folder):
    kb = replace(kb, relations={"detained": kb.relations["detained"]})
    expected = from_pyoxigraph(lines(kb), ox.RdfFormat.N_TRIPLES)
    data = written(kb, name, folder)
    theirs, ours = READERS[name]
    assert from_pyoxigraph(data, ours) == expected
    assert from_rdflib(data, theirs) == expected


@pytest.mark.parametrize("name", ["jsonld", "trig", "nquads"])
@ANY
@given(kb=knowledge_bases())
def test_any_words_survive_in_each_format(name, tmp_path, kb):
    survives(kb, name, tmp_path)


@ANY
@given(kb=knowledge_bases(XML))
def test_any_words_that_xml_can_hold_survive_in_rdf_xml(tmp_path, kb):
    survives(kb, "rdfxml", tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("name", ["jsonld", "trig", "nquads", "rdfxml"])
def test_every_naughty_string_survives_in_each_format(name, tmp_path, shared):
    strings = set(json.loads((shared / "hostile" / "naughty_strings.json").read_text("utf-8")))
    if name == "rdfxml":
        strings = {s for s in strings if not re.search("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", s)}
    survives(of_strings(sorted(strings)), name, tmp_path)


def test_rdf_xml_refuses_a_control_character_and_leaves_no_file(tmp_path):
    kb = replace(story(), title="a\x07b")
    with pytest.raises(ExportError, match=r"U\+0007"):
        written(kb, "rdfxml", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_term_is_read_back_as_it_was_written():
    everything = "".join(map(chr, [*range(0x300), 0x2028, 0xFEFF, 0xFFFE, 0xFFFF, 0x10FFFF])) + '\\u0041\\n"\\'
    assert parse(text(everything)) == (everything, "", "")


def test_trig_puts_what_a_source_says_into_its_graph(tmp_path):
    quads = list(ox.parse(written(story(), "trig", tmp_path), format=ox.RdfFormat.TRIG))
    graphs = {q.subject.value: q.graph_name for q in quads if q.predicate.value.endswith("#stance")}
    news = ox.NamedNode(mint(BASE, "source", "news"))
    assert graphs[mint(BASE, "statement", "st-a")] == news
    assert graphs[mint(BASE, "statement", "st-e")] == ox.NamedNode(mint(BASE, "source", "table"))
    assert {q.graph_name for q in quads if q.predicate.value.endswith("relation#detained")} == {news}
    assert {q.graph_name for q in quads if q.predicate.value.endswith("#prefLabel")} == {ox.DefaultGraph()}


def test_rdf_12_reifies_each_statement_and_asserts_no_more_than_rdf_11(tmp_path):
    kb = story()
    triples = list(ox.parse(written(kb, "rdf12", tmp_path), format=ox.RdfFormat.TURTLE))
    reified = {t.subject.value.rsplit("/", 1)[1]: t.object for t in triples if t.predicate.value.endswith("#reifies")}
    assert sorted(reified) == ["st-a", "st-b", "st-c", "st-d", "st-e", "st-g"]
    assert reified["st-b"].predicate.value == mint(BASE, "relation", "tortured")
    assert not any(t.predicate.value.endswith("relation#tortured") for t in triples)
    plain = set(ox.parse(lines(kb), format=ox.RdfFormat.N_TRIPLES))
    assert {t for t in triples if not t.predicate.value.endswith("#reifies")} < plain


@settings(max_examples=25)
@given(knowledge_bases())
def test_rdf_12_is_what_its_shipped_query_says(kb):
    from graph.export import rdf_12

    asked = list(rdf_views.blocks(rdf_views.construct(rdf_views.load(kb), "rdf12", kb.base)))
    assert [(subject, list(pairs)) for subject, pairs in rdf_12.blocks(kb)] == asked


@settings(max_examples=25)
@given(knowledge_bases())
def test_web_annotations_are_what_their_shipped_query_says(kb):
    from graph.export import rdf_annotations

    asked = list(rdf_views.blocks(rdf_views.construct(rdf_views.load(kb), "webannotation", kb.base)))
    assert sorted(rdf_annotations.blocks(kb)) == [(subject, list(pairs)) for subject, pairs in asked]


@settings(max_examples=25)
@given(knowledge_bases())
def test_nanopublications_are_what_their_shipped_queries_say(kb):
    from graph.export import rdf_nanopub

    made = dict(rdf_nanopub.graphs(kb))
    for graph, triples in made.items():
        assert list(ox.parse("".join(f"{' '.join(triple)} {graph} .\n" for triple in triples), format=ox.RdfFormat.N_QUADS))
    if "#" in kb.base:  # there the queries have no IRI for a graph
        return
    store = rdf_views.load(kb)
    asked = {}
    for iri in (mint(kb.base, "statement", s.id) for s in kb.statements if s.decision != "rejected"):
        for name in ("assertion", "head", "provenance", "publication"):
            found = rdf_views.construct(store, f"nanopub-{name}", kb.base, statement=iri)
            asked[f"<{iri}/np#{name}>"] = [(subject, *pair) for subject, pairs in rdf_views.blocks(found) for pair in pairs]
    assert {graph: sorted(triples) for graph, triples in made.items()} == asked


@settings(max_examples=25)
@given(knowledge_bases())
def test_a_case_in_parts_gives_the_same_views_as_in_one(kb):
    whole = rdf_views.load(kb)
    assert {quad.triple for quad in rdf_views.by_source(kb)} == {quad.triple for quad in whole}


def ask(data, format_, question):
    store = ox.Store()
    store.load(data, format=format_)
    names = {**prefixes(BASE), "oa": "http://www.w3.org/ns/oa#", "np": "http://www.nanopub.org/nschema#"}
    return list(store.query(question, prefixes=names, use_default_graph_as_union=True))


def test_web_annotations_select_the_words_and_tell_the_stance(tmp_path):
    data = written(story(), "webannotation", tmp_path)
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == len(set(ox.parse(data, format=ox.RdfFormat.TURTLE)))
    rows = ask(data, ox.RdfFormat.TURTLE, """SELECT * { ?a a oa:Annotation ; oa:hasBody/rdf:value ?words ; oa:hasTarget ?t . ?t oa:hasSource ?source .
        ?t oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact ?exact ] , [ a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end ] }""")
    assert len(rows) == 5, "one for each statement with a quote"
    words = {row["words"].value for row in rows}
    assert "Harbour Police detained Ana Ruiz (asserted by relatives)" in words
    assert "Harbour Police tortured Ana Ruiz (alleged)" in words


def test_nanopublications_have_four_graphs_and_say_only_what_is_said(tmp_path):
    data = written(story(), "nanopub", tmp_path)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format="trig")
    assert sum(1 for _ in dataset.quads()) == len(set(ox.parse(data, format=ox.RdfFormat.TRIG)))
    rows = ask(data, ox.RdfFormat.TRIG, """SELECT * { ?np a np:Nanopublication ; np:hasAssertion ?a ; np:hasProvenance ?p ; np:hasPublicationInfo ?i
        FILTER (EXISTS { GRAPH ?a { ?s rdf:subject ?x ; v:stance ?stance } } && EXISTS { GRAPH ?p { ?a prov:wasQuotedFrom ?source } }
                && EXISTS { GRAPH ?i { ?np ?about ?more } }) }""")
    assert len(rows) == 6
    assert not ask(data, ox.RdfFormat.TRIG, "SELECT * { ?x :tortured ?y }")
    assert ask(data, ox.RdfFormat.TRIG, "SELECT * { ?x :detained ?y }")


def test_a_selection_of_nanopublications(tmp_path):
    from graph.export import rdf_nanopub

    kb = story()
    graphs = [graph for graph, _ in rdf_nanopub.graphs(replace(kb, statements=tuple(s for s in kb.statements if s.id == "st-b")))]
    assert graphs == [f"<{mint(BASE, 'statement', 'st-b')}/np#{name}>" for name in ("assertion", "head", "provenance", "publication")]


@pytest.mark.parametrize("name", ["jsonld", "nanopub", "nquads", "rdf12", "rdfxml", "trig", "webannotation"])
def test_the_same_case_gives_the_same_bytes(name, tmp_path):
    kb = story()
    turned = replace(kb, entities=kb.entities[::-1], statements=kb.statements[::-1], sources=kb.sources[::-1])
    assert written(kb, name, tmp_path) == written(turned, name, tmp_path)
