"""What real builds write is canonical, conforms to the shapes, and is the same in both libraries: the sample case for every audience, and real articles."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from graph import pipeline, redaction
from graph.case import open_case
from graph.export import rdf_nt
from graph.export.shapes import problems

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def seeds():
    return pipeline.assemble(open_case(SEEDS))


@pytest.fixture(scope="module")
def articles(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    (folder / "reports").mkdir()
    for path in sorted((shared / "articles").iterdir()):
        if path.suffix in {".txt", ".md", ".html"}:
            (folder / "reports" / path.name).write_bytes(path.read_bytes())
    return pipeline.assemble(open_case(folder))


def check(kb):
    data = "".join(rdf_nt.lines(kb)).encode()
    assert problems(data) == []
    triples = list(ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    dataset = ox.Dataset([ox.Quad(t.subject, t.predicate, t.object) for t in triples])
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert "".join(sorted(f"{quad} .\n" for quad in dataset)).encode() == data
    assert len(rdflib.Graph().parse(data=data, format="nt11")) == len(set(triples)) == data.count(b"\n")


@pytest.mark.parametrize("audience", ["internal", pytest.param("partner", marks=pytest.mark.full), "public"])
def test_the_sample_case_for_every_audience(seeds, audience):
    check(redaction.redact(seeds, audience)[0])


@pytest.mark.full
def test_the_sample_case_without_quotes(seeds):
    check(redaction.without_quotes(seeds))


@pytest.mark.full
def test_real_articles(articles):
    assert sum(s.method == "extracted" for s in articles.statements) >= 40
    check(articles)
