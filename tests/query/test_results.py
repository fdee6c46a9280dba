"""Answers as text: what a spreadsheet, a terminal or another program gets is data and nothing else."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph

from graph.query import results
from graph.query.results import Result, Term
from graph.query.table import to_table

TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\x00\x1b\x07\t\n\r\"'\\,;=+-@|<>&\u2028\u202e\ufeff\ufffe")), max_size=15)
TERMS = st.one_of(
    st.none(),
    st.sampled_from(["http://x/a", "urn:b", "http://x/#c"]).map(lambda iri: Term("iri", iri)),
    TEXT.map(lambda text: Term("literal", text)),
    st.tuples(TEXT, st.sampled_from(["en", "zh-hant"])).map(lambda pair: Term("literal", pair[0], "", pair[1])),
    TEXT.map(lambda text: Term("literal", text, "http://x/type")),
    st.sampled_from(["b0", "b1"]).map(lambda label: Term("blank", label)),
)
ANSWERS = st.lists(st.tuples(TERMS, TERMS), max_size=4).map(lambda rows: Result("rows", variables=("a", "b"), rows=tuple(rows)))


def engines_term(term):
    if isinstance(term, ox.NamedNode):
        return Term("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return Term("blank", term.value)
    if term is None:
        return None
    datatype = term.datatype.value
    return Term("literal", term.value, "" if term.language or datatype.endswith("#string") else datatype, term.language or "")


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_json_and_tsv_lose_nothing(answer):
    parsed = ox.parse_query_results(results.to_json(answer).encode(), format=ox.QueryResultsFormat.JSON)
    assert tuple(tuple(engines_term(term) for term in row) for row in parsed) == answer.rows
    lines = results.to_tsv(answer).split("\n")
    assert lines[0] == "?a\t?b"
    assert [tuple(line.split("\t")) for line in lines[1:-1]] == [tuple(results.n3(t) if t else "" for t in row) for row in answer.rows]


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_xml_is_xml_whatever_is_in_it(answer):
    rows = list(ox.parse_query_results(results.to_xml(answer).encode(), format=ox.QueryResultsFormat.XML))
    assert len(rows) == len(answer.rows)


@settings(max_examples=60, deadline=None)
@given(ANSWERS)
def test_no_cell_of_a_csv_is_a_formula_and_every_other_is_as_it_was(answer):
    read = list(csv.reader(io.StringIO(results.to_csv(answer), newline="")))[1:]
    for row, cells in zip(answer.rows, read, strict=True):
        for term, cell in zip(row, cells, strict=True):
            value = "" if term is None else f"_:{term.value}" if term.kind == "blank" else term.value
            assert cell in {value, "'" + value}
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or is_number(cell)


def is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("value", "cell"), [
    ("=1+1", "'=1+1"), ("+1", "+1"), ("-3.25", "-3.25"), ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"), ("@SUM(1)", "'@SUM(1)"), ("plain", "plain"),
    ("+49 30 1234", "'+49 30 1234"), ("\t=1", "'\t=1"),
])
def test_a_formula_becomes_text_and_a_number_stays_one(value, cell):
    assert results.to_csv(Result("rows", variables=("a",), rows=((Term("literal", value),),))).splitlines()[1] in {cell, f'"{cell}"'}


@settings(max_examples=60, deadline=None)
@given(ANSWERS, st.integers(20, 200))
def test_nothing_in_a_table_drives_the_terminal_or_is_wider_than_it(answer, width):
    text = to_table(answer, width)
    assert not any((c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or c in "\u202e\u2066\u200f" for c in text)
    assert all(len(line) <= max(width, 40) for line in text.split("\n"))


def test_a_table_that_fits_is_one_and_one_that_does_not_is_told_row_by_row():
    rows = ((Term("literal", "Ana Ruiz"), Term("literal", "words " * 30)), (Term("literal", "José Núñez"), None))
    answer = Result("rows", variables=("who", "exact_words"), rows=rows)
    wide, narrow = to_table(answer, 100), to_table(answer, 20)
    assert wide.splitlines()[0].split() == ["who", "exact", "words"]
    assert narrow.startswith("— 1 of 2 —\nwho          Ana Ruiz\nexact words  words")
    assert wide.count("words") == narrow.count("words") == 31


def test_a_row_that_is_told_alone_is_headed_by_its_claim_never_without_how_it_is_put():
    columns = {"time": "2020", "who": "Harbour Police", "did": "detained", "to": "Ana Ruiz", "stance": "alleged", "words": "the police had taken her"}
    answer = Result("rows", variables=tuple(columns), rows=(tuple(Term("literal", cell) for cell in columns.values()),))
    assert to_table(answer, 50) == (
        "— 1 of 1, alleged — Harbour Police detained Ana\n  Ruiz\ntime    2020\nwords   the police had taken her\n")
    without = to_table(answer.only(["who", "did", "to", "time", "words"]), 30)
    assert without.startswith("— 1 of 1 —\nwho    Harbour Police\ndid    detained\n")


def test_a_column_without_a_value_takes_no_place():
    answer = Result("rows", variables=("a", "b"), rows=((Term("literal", "x"), None),))
    assert "b" not in to_table(answer)


@pytest.mark.parametrize(("result", "text"), [
    (Result("boolean", truth=True), "yes\n"), (Result("boolean"), "no\n"), (Result("rows", variables=("a",)), "No answer.\n")])
def test_short_answers_are_words(result, text):
    assert to_table(result) == text


def test_yes_and_no_in_every_form():
    yes = Result("boolean", truth=True)
    assert json.loads(results.to_json(yes)) == {"head": {}, "boolean": True}
    assert "<boolean>true</boolean>" in results.to_xml(yes)
    assert (results.to_csv(yes), results.to_tsv(yes)) == ("true\r\n", "true\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["http://x/a", "http://x/b"]), st.sampled_from(["http://x/p", "http://x/q#r"]), TERMS.filter(bool)), max_size=5))
def test_triples_are_the_same_in_every_form(given_triples):
    rows = tuple((Term("iri", s), Term("iri", p), o) for s, p, o in given_triples if "\ufffe" not in o.value)
    answer = Result("triples", rows=rows)
    lines = results.to_ntriples(answer)
    expected = set(ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES))
    assert lines.split("\n")[:-1] == sorted(set(lines.split("\n")[:-1]))
    turtle = results.to_turtle(answer, {"x": "http://x/"})
    assert {str(q) for q in ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)} == {str(q) for q in expected} or "_:" in lines
    assert len(Graph().parse(data=turtle, format="turtle")) == len(expected)
    assert len(set(ox.parse(results.to_rdfxml(answer).encode(), format=ox.RdfFormat.RDF_XML))) <= len(expected)


def test_columns_can_be_chosen():
    answer = Result("rows", variables=("a", "b"), rows=((Term("literal", "1"), Term("literal", "2")),))
    assert answer.only(["b", "c", "a"]) == Result("rows", variables=("b", "a"), rows=((Term("literal", "2"), Term("literal", "1")),))
