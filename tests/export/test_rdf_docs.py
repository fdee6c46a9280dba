"""What `docs/rdf.md` shows is what an export holds."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
from rdf_strategies import BASE, story

from graph.export import rdf_nt
from graph.export.iris import prefixes

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "rdf.md").read_text("utf-8")
EXPORT = "".join(rdf_nt.lines(story()))


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[1]


def test_the_example_parses_and_uses_only_terms_that_an_export_has():
    known = set(re.findall(r"<(https://claims\.example/[^>]*)>", EXPORT))
    example = list(ox.parse(block("turtle"), format=ox.RdfFormat.TURTLE))
    used = {t.value for triple in example for t in (triple.predicate, triple.object) if "claims.example" in t.value}
    assert len(used) > 15
    assert used <= known


def test_the_query_of_the_page_answers_on_an_export():
    store = ox.Store()
    store.load(EXPORT.encode(), format=ox.RdfFormat.N_TRIPLES)
    rows = list(store.query(block("sparql"), prefixes=prefixes(BASE)))
    said = {(row["agent"].value, row["did"].value, row["to"].value, row["how"].value, row["speaker"].value) for row in rows}
    assert ("Harbour Police", "detained", "Ana Ruiz", "asserted", "relatives") in said
    assert ("Harbour Police", "tortured", "Ana Ruiz", "alleged", "Sol Herald") in said
    assert len(rows) == 6


def test_every_property_of_ours_in_an_export_is_on_the_page_and_in_the_ontology():
    ours = set(re.findall(r"<https://claims\.example/vocabulary#(\w+)> [^\n]", EXPORT))
    used = set(re.findall(r"^<[^>]*> <https://claims\.example/vocabulary#(\w+)>", EXPORT, re.MULTILINE))
    defined = set(re.findall(r"^<https://claims\.example/vocabulary#(\w+)> <\S+label>", EXPORT, re.MULTILINE))
    assert used <= defined <= ours | defined
    offsets = {name for name in used if re.fullmatch(r"(subject|object|speaker|place)(Start|End)", name)}
    assert not {name for name in used - offsets if f"v:{name}" not in PAGE}
