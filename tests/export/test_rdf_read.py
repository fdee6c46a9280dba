"""An export holds all that a knowledge base knows: reading it back and writing it again gives the same bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from rdf_strategies import knowledge_bases, story

from graph.errors import ExportError
from graph.export import rdf_nt
from graph.export.rdf_read import from_ntriples, read


def nt(kb):
    return "".join(rdf_nt.lines(kb)).encode()


def test_a_case_comes_back_as_it_was(tmp_path):
    kb = story()
    rdf_nt.write(kb, tmp_path / "graph.nt")
    back = read(tmp_path)
    kept = [s for s in kb.statements if s.decision != "rejected"]
    assert {s.id: s for s in back.statements} == {s.id: s for s in kept}
    assert back.sources == kb.sources
    assert back.entities == kb.entities
    assert (back.title, back.base, back.language) == (kb.title, kb.base, kb.language)
    assert back.claims == tuple(c for c in kb.claims if any(s.id in c.statements for s in kept))
    assert {r.id: (r.label, r.inverse, r.definition, sorted(r.domain), sorted(r.range)) for r in back.relations.values()} == {
        r.id: (r.label, r.inverse, r.definition, sorted(r.domain), sorted(r.range)) for r in kb.relations.values()}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(knowledge_bases())
def test_reading_and_writing_again_gives_the_same_bytes(kb):
    kb = replace(kb, relations={"detained": kb.relations["detained"]})
    assert nt(from_ntriples(nt(kb))) == nt(kb)


@pytest.mark.parametrize("data", [b"", b"nonsense", b"<urn:a> <urn:b> <urn:c> .\n", nt(story()).replace(b"#stance>", b"#stnce>")])
def test_what_is_no_export_of_ours_is_one_clear_error(data):
    with pytest.raises(ExportError, match=r"graph\.nt is no"):
        from_ntriples(data)
