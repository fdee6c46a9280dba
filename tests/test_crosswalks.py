"""Codes of other schemes stand beside relations that there are, sorted as the relations are, and reach the ontology."""

from __future__ import annotations

import tomllib
from importlib import resources

from graph import vocabulary
from graph.export import rdf_ontology
from graph.model import KnowledgeBase

CODES = tomllib.loads(resources.files("graph.vocabulary").joinpath("crosswalks.toml").read_text("utf-8"))
PLOVER = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}


def test_every_code_is_for_a_relation_and_is_one_of_its_scheme():
    assert CODES.keys() <= vocabulary.relations().keys()
    assert all(codes.keys() == {"plover"} and codes["plover"] in PLOVER for codes in CODES.values())


def test_a_code_is_a_notation_with_its_scheme_as_datatype():
    blocks = dict(rdf_ontology.blocks(KnowledgeBase(title="", base="https://case.example/", relations=vocabulary.relations())))
    assert any(object_.endswith("rdf-schema#Datatype>") for _, object_ in blocks["<https://claims.example/crosswalk#plover>"])
    pairs = blocks["<https://claims.example/relation#detained>"]
    assert ("<http://www.w3.org/2004/02/skos/core#notation>", '"COERCE"^^<https://claims.example/crosswalk#plover>') in pairs
