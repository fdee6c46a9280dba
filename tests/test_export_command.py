"""`casegraph export` makes every format from an export alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from graph import pipeline
from graph.errors import UsageError
from graph.export import FORMATS, rdf_nt

sys.path.insert(0, str(Path(__file__).parent / "export"))
from rdf_strategies import story


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_made_from_an_export_is_the_one_made_from_the_case(name, tmp_path):
    rdf_nt.write(story(), tmp_path / "graph.nt")
    again = pipeline.export_as(name, tmp_path, tmp_path / "again")
    if name in {"nt", "ttl", "jsonld", "trig", "nquads", "rdfxml", "rdf12", "webannotation", "nanopub"}:
        FORMATS[name].write(story(), tmp_path / "direct")
        assert again.read_bytes() == (tmp_path / "direct").read_bytes()
    assert again.stat().st_size > 100


def test_a_selection_holds_only_the_statements_that_were_asked_for(tmp_path):
    rdf_nt.write(story(), tmp_path / "graph.nt")
    text = pipeline.export_as("nanopub", tmp_path, tmp_path / "np.trig", only=["st-b"]).read_text("utf-8")
    assert "st-b" in text
    assert "st-a" not in text
    with pytest.raises(UsageError, match="There is no statement st-none"):
        pipeline.export_as("nanopub", tmp_path, tmp_path / "np.trig", only=["st-none"])


def test_an_export_is_never_taken_for_one_that_hides_more_than_it_does(tmp_path):
    rdf_nt.write(story(), tmp_path / "graph.nt")
    with pytest.raises(UsageError, match="Build it for that audience"):
        pipeline.export_as("ttl", tmp_path, tmp_path / "out", audience="public")
    assert not (tmp_path / "out").exists()


def test_a_format_that_is_not_there_is_told_with_those_that_are(tmp_path):
    with pytest.raises(UsageError, match="jsonld"):
        pipeline.export_as("owl", tmp_path)
