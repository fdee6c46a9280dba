"""What stands in `graph.graphml` is what the networkx graph holds."""

from __future__ import annotations

import networkx as nx
from hypothesis import HealthCheck, given, settings
from rdf_strategies import knowledge_bases, story

from graph.export import graphml
from graph.network import to_networkx


def test_networkx_reads_the_graph_that_it_is(tmp_path):
    graphml.write(story(), tmp_path / "graph.graphml")
    read, graph = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True), to_networkx(story())
    assert set(read.nodes) == set(graph.nodes)
    assert {(s, o, k) for s, o, k in read.edges(keys=True)} == {(s, o, k) for s, o, k in graph.edges(keys=True)}
    for s, o, k, data in graph.edges(keys=True, data=True):
        assert read.edges[s, o, k]["stance"] == data["stance"]
        assert read.edges[s, o, k].get("quote", "").strip() == data.get("quote", "").strip()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(knowledge_bases())
def test_whatever_words_a_case_holds_it_is_xml(tmp_path, kb):
    graphml.write(kb, tmp_path / "graph.graphml")
    assert nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True).number_of_edges() == to_networkx(kb).number_of_edges()
