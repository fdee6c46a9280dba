"""Every export conforms to the shapes, and every fault that is put into one is found and told in plain words."""

from __future__ import annotations

import re
from dataclasses import replace

import pyshacl
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdf_strategies import BASE, knowledge_bases, story

from graph.errors import ExportError
from graph.export import rdf_nt
from graph.export.iris import prefixes
from graph.export.shapes import is_canonical, problems, shapes, validate

NAMES = prefixes(BASE)
FEW = {name: story().relations[name] for name in ("detained", "tortured", "abducted", "leader_of", "age", "works_for")}
GOOD = "".join(rdf_nt.lines(replace(story(), relations=FEW))).splitlines()


def full(text):
    """`v:stance` as `<…>`; a literal as it is."""
    def iri(match):
        return f"<{NAMES[match[1]]}{match[2]}>"
    return re.sub(r"(?<![\w<\"/:])([a-z]*):([\w/-]+)", iri, text)


def add(*lines):
    return lambda have: have + [full(line) + " ." for line in lines]


def drop(pattern):
    """Leave out the lines that hold these terms in a row."""
    wanted = full(pattern)

    def change(have):
        left = [line for line in have if not line.startswith(wanted)]
        assert len(left) < len(have), wanted
        return left
    return change


def swap(pattern, other):
    def change(have):
        changed = [full(other) + " ." if line.startswith(full(pattern)) else line for line in have]
        assert changed != have, pattern
        return changed
    return change


A, CLAIM = "statement:st-a", re.search(r"<\S+/st-a> <\S+#claim> <\S+/(cl-\w+)>", "\n".join(GOOD))[1]
INTEGER, DATE, DECIMAL, EDTF = ("^^" + full(name) for name in ("xsd:integer", "xsd:date", "xsd:decimal", "edtf:EDTF"))
POLICE, ANA = "organization:harbour-police", "person:ana-ruiz"

FAULTS = {
    "a retelling of what is not there": (add("source:wire prov:wasDerivedFrom source:gone"), "source/wire retells something that is no source"),
    "a retelling of a retelling": (add("source:news prov:wasDerivedFrom source:table"), "source/wire retells a source that is itself a retelling"),
    "no source": (drop(f"{A} prov:wasQuotedFrom"), "st-a must have one source"),
    "a source that is not there": (swap(f"{A} prov:wasQuotedFrom", f"{A} prov:wasQuotedFrom source:gone"), "st-a has a source that is not in"),
    "two sources": (add(f"{A} prov:wasQuotedFrom source:table"), "st-a must have one source"),
    "no stance": (drop(f"{A} v:stance"), "st-a must have one stance"),
    "two stances": (add(f"{A} v:stance v:denied"), "st-a must have one stance"),
    "a stance that is none": (swap(f"{A} v:stance", f"{A} v:stance v:maybe"), "st-a must have one stance"),
    "no subject": (drop(f"{A} rdf:subject"), "st-a must have one subject"),
    "a subject that is not there": (swap(f"{A} rdf:subject", f"{A} rdf:subject person:nobody"), "st-a has a subject that is no entity"),
    "no relation": (drop(f"{A} rdf:predicate"), "st-a must have one relation"),
    "a relation that nobody defined": (swap(f"{A} rdf:predicate", f"{A} rdf:predicate relation:own"), "st-a has a relation that the export does not define"),
    "no object": (drop(f"{A} rdf:object"), "st-a must have one object"),
    "a number as object": (swap(f"{A} rdf:object", f'{A} rdf:object "1"{INTEGER}'), "st-a has an object that is no entity"),
    "a quote that is too short": (swap(f"{A} v:end", f'{A} v:end "23"{INTEGER}'), "st-a has a quote whose length"),
    "an end before the start": (swap(f"{A} v:start", f'{A} v:start "99"{INTEGER}'), "st-a must start at"),
    "a start below 0": (swap(f"{A} v:start", f'{A} v:start "-1"{INTEGER}'), "st-a must start at"),
    "an offset that is text": (swap(f"{A} v:start", f'{A} v:start "0"'), "st-a must start at"),
    "no end": (drop(f"{A} v:end"), "st-a has one offset"),
    "extracted without words": (drop(f"{A} v:quote"), "st-a was extracted but has no quote"),
    "words and the word that they are withheld": (add(f'{A} v:withheld "true"^^{full("xsd:boolean")}'), "st-a has a quote, though"),
    "no method": (drop(f"{A} v:method"), "st-a must have one method"),
    "a confidence above 1": (swap(f"{A} v:confidence", f'{A} v:confidence "1.5"{DECIMAL}'), "st-a may have one confidence"),
    "a time that is none": (lambda have: drop(f"{A} v:latest")(drop(f"{A} v:earliest")(swap(f"{A} v:time", f'{A} v:time "someday"{EDTF}')(have))),
                            "st-a has a time without its bounds"),
    "a day that is none": (swap(f"{A} v:earliest", f'{A} v:earliest "2020-02-31"{DATE}'), "st-a must have its earliest day"),
    "days in the wrong order": (swap(f"{A} v:earliest", f'{A} v:earliest "2021-01-01"{DATE}'), "st-a must have its earliest day"),
    "a speaker that is words": (swap(f"{A} v:speaker", f'{A} v:speaker "family"'), "st-a may have one speaker"),
    "a place that is not there": (swap(f"{A} v:place", f"{A} v:place place:gone"), "st-a may have one place"),
    "a decision that may not be there": (add(f"{A} v:decision v:rejected"), "st-a may only have the decision accepted"),
    "a subject of the wrong type": (swap(f"{A} rdf:predicate", f"{A} rdf:predicate :works_for"), "st-a has a subject of a type"),
    "an object of the wrong type": (swap(f"{A} rdf:object", f"{A} rdf:object place:port-sol"), "st-a has an object of a type"),
    "words where an entity belongs": (swap(f"{A} rdf:object", f'{A} rdf:object "Ana"'), "st-a has an object of a type"),
    "an allegation as a plain triple": (add(f"{POLICE} :tortured {ANA}"), "harbour-police is the subject of a plain triple that nobody asserts"),
    "a doubtful line as a plain triple": (add(f"official:otto-brand :leader_of {POLICE}"), "otto-brand is the subject of a plain triple that waits"),
    "an entity without a name": (drop(f"{ANA} skos:prefLabel"), "ana-ruiz must have one name"),
    "an entity with two names": (add(f'{ANA} skos:prefLabel "Other"'), "ana-ruiz must have one name"),
    "an entity without a type": (drop(f"{ANA} rdf:type v:Person"), "ana-ruiz must be an IRI"),
    "an entity of two types": (add(f"{ANA} rdf:type v:Place"), "ana-ruiz must be an IRI"),
    "a parent that is not there": (swap(f"{POLICE} v:parent", f"{POLICE} v:parent place:gone"), "harbour-police belongs to something"),
    "a place off the globe": (swap("place:port-sol geo:lat", f'place:port-sol geo:lat "91"{DECIMAL}'), "port-sol must have a latitude"),
    "the same as a web page": (swap(f"{ANA} owl:sameAs", f"{ANA} owl:sameAs wikidata:P31"), "ana-ruiz is said to be the same"),
    "a hash that is none": (swap("source:news v:sha256", 'source:news v:sha256 "abc"'), "news must have its SHA-256"),
    "a source without an id": (drop("source:news dcterms:identifier"), "news must have one id"),
    "a claim that is not there": (add(f"{A} v:claim claim:cl-gone"), "st-a makes a claim that is not in"),
    "a claim without a statement": (drop(f"{A} v:claim"), f"{CLAIM} is made by no statement"),
    "a claim with a stance too many": (add(f"claim:{CLAIM} v:claimStance v:denied"), f"{CLAIM} has other stances"),
    "a claim contested by nobody": (swap(f"claim:{CLAIM} v:contested", f'claim:{CLAIM} v:contested "true"^^{full("xsd:boolean")}'), f"{CLAIM} is contested though"),
    "a claim without a count": (drop(f"claim:{CLAIM} v:independentSpeakers"), f"{CLAIM} must have one count"),
    "a claim about somebody else": (swap(f"claim:{CLAIM} v:claimSubject", f"claim:{CLAIM} v:claimSubject official:otto-brand"), "st-a makes a claim with another"),
    "a relay of nobody": (drop("statement:st-a/via/1 v:speaker"), "via/1 must have one speaker"),
    "a misspelt property": (add(f'{A} v:qoute "x"'), "qoute is a property that the vocabulary does not have"),
    "no vocabulary": (lambda have: [line for line in have if not line.startswith("<https://claims.example/vocabulary>")], "the vocabulary is not part"),
    "a blank node": (add(f"{A} v:speaker _:b"), "graph.nt has blank nodes"),
    "a decimal with a zero too many": (swap(f"{A} v:confidence", f'{A} v:confidence "0.80"{DECIMAL}'), "engines change or drop"),
    "a line that is cut": (lambda have: [*have[:-1], have[-1][:-10]], "no valid N-Triples"),
    "a relative IRI": (lambda have: [*have, f"<x> {full('rdf:type')} <y> ."], "no valid N-Triples"),
}


def nt(lines):
    return ("\n".join(sorted(set(lines))) + "\n").encode()


def test_a_sound_export_has_no_problem():
    assert problems(nt(GOOD)) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(name):
    change, words = FAULTS[name]
    found = problems(nt(change(list(GOOD))))
    assert any(words in problem for problem in found), found
    assert all(problem.endswith(".") for problem in found)


@pytest.mark.parametrize("name", ["an allegation as a plain triple", "a subject of the wrong type", "a quote that is too short", "a misspelt property", "no vocabulary"])
def test_the_shapes_alone_find_it_too_in_any_shacl_engine(name):
    graph = rdflib.Graph().parse(data=nt(FAULTS[name][0](list(GOOD))), format="nt11")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(), shacl_graph_format="turtle", inference="none")
    assert not conforms
    assert FAULTS[name][1].split(" ", 1)[1] in text


def test_a_sound_export_conforms_in_any_shacl_engine():
    graph = rdflib.Graph().parse(data=nt(GOOD), format="nt11")
    assert pyshacl.validate(graph, shacl_graph=shapes(), shacl_graph_format="turtle", inference="none")[0]


@pytest.mark.parametrize("change", [lambda d: d[::-1], lambda d: [*d, d[-1]], lambda d: [d[0].replace("e", "\\u0065", 1), *d[1:]], lambda d: [d[0].replace(" ", "  ", 1), *d[1:]]])
def test_lines_that_are_not_canonical_are_found(change):
    assert any("not canonical" in p for p in problems(("\n".join(change(list(GOOD))) + "\n").encode()))


@pytest.mark.parametrize(("value", "datatype", "good"), [
    ("1", "integer", True), ("01", "integer", False), ("+1", "integer", False), ("-0", "integer", False), ("0.8", "decimal", True), ("1.0", "decimal", False),
    ("1.50", "decimal", False), ("-0", "decimal", False), (".5", "decimal", False), ("TRUE", "boolean", False), ("1", "boolean", False),
    ("2020-01-01Z", "date", False), ("2020-01-01", "date", True), ("1.50", "string", True)])
def test_only_canonical_forms_pass(value, datatype, good):
    assert is_canonical(value, NAMES["xsd"] + datatype) is good


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(knowledge_bases())
def test_whatever_words_a_case_holds_its_triples_conform(kb):
    """Ids and offsets are chosen at random there, so only what the writer answers for is asked."""
    answers = ("must be an IRI", "must have one id", "canonical", "engines", "blank", "N-Triples", "not in this export", "no entity", "nobody asserts", "waits")
    found = problems("".join(rdf_nt.lines(replace(kb, relations={"detained": kb.relations["detained"]}))).encode())
    assert not [p for p in found if any(a in p for a in answers) and not p.endswith("must have one id (it has ).")]


def test_an_export_without_quotes_conforms():
    kb = story()
    bare = replace(kb, statements=tuple(replace(s, quote="", prefix="", suffix="", start=None, end=None) for s in kb.statements))
    assert problems("".join(rdf_nt.lines(bare)).encode()) == []


def test_an_export_is_checked_by_its_folder_and_a_missing_one_is_an_error_of_ours(tmp_path):
    with pytest.raises(ExportError, match=r"There is no graph\.nt"):
        validate(tmp_path)
    rdf_nt.write(story(), tmp_path / "graph.nt")
    assert validate(tmp_path) == []
