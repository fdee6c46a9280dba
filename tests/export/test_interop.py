"""Other programs' libraries read what is written for them, and no hedge becomes a fact there."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import zipfile
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from rdf_strategies import knowledge_bases, story

from graph.errors import ExportError
from graph.export import FORMATS
from graph.model import Entity, EntityType, Method, Participant, Stance, Statement

ANY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def written(kb, name, folder):
    path = folder / FORMATS[name].file
    FORMATS[name].write(kb, path)
    return path


def ftm(kb, folder):
    return [json.loads(line) for line in written(kb, "ftm", folder).read_text("utf-8").splitlines()]


THING = {"name": None, "alias": None, "description": None, "country": None, "wikidataId": None, "keywords": None, "notes": None,
         "summary": None, "proof": "Document", "publisher": None, "sourceUrl": None}
LINK = {"role": None, "status": None, "summary": None, "description": None, "proof": "Document", "publisher": None, "sourceUrl": None,
        "recordId": None, "date": None, "startDate": None, "endDate": None}
SCHEMAS = {
    "Person": {**THING, "position": None}, "Organization": THING, "PublicBody": THING, "LegalEntity": THING,
    "Address": {**THING, "full": None, "latitude": None, "longitude": None},
    "Document": {**THING, "title": None, "fileName": None, "author": None, "publishedAt": None},
    "Position": {**THING, "organization": "Organization"},
    "Event": {**THING, "organizer": "LegalEntity", "involved": "LegalEntity", "location": None, "recordId": None, "date": None, "startDate": None, "endDate": None},
    "UnknownLink": {**LINK, "subject": "Thing", "object": "Thing"}, "Membership": {**LINK, "member": "LegalEntity", "organization": "Organization"},
    "Employment": {**LINK, "employee": "Person", "employer": "Organization"}, "Representation": {**LINK, "agent": "LegalEntity", "client": "LegalEntity"},
    "Occupancy": {**{k: v for k, v in LINK.items() if k != "role"}, "holder": "Person", "post": "Position"},
    "Family": {**{k: v for k, v in LINK.items() if k not in {"role", "status"}}, "person": "Person", "relative": "Person", "relationship": None},
}
"""What we use of FollowTheMoney 4: properties of each schema, and the schema that a reference must have."""
IS_A = {"Organization": {"PublicBody"}, "LegalEntity": {"Person", "Organization", "PublicBody"},
        "Thing": {"Person", "Organization", "PublicBody", "LegalEntity", "Address", "Document", "Position", "Event"}}
EDGES = {"UnknownLink": ("subject", "object"), "Membership": ("member", "organization"), "Employment": ("employer", "employee"),
         "Representation": ("agent", "client"), "Occupancy": ("holder", "post"), "Family": ("person", "relative")}


def check_ftm(records):
    """Every record uses what there is, as it is meant; and followthemoney itself agrees, where it is installed."""
    schemas = {r["id"]: r["schema"] for r in records}
    assert len(schemas) == len(records), "each id once"
    for record in records:
        known = SCHEMAS[record["schema"]]
        assert re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", record["id"])
        assert record["properties"].keys() <= known.keys()
        assert all(record["properties"].get(end) for end in EDGES.get(record["schema"], ()))
        for name, values in record["properties"].items():
            if wanted := known[name]:
                assert all(schemas[value] in {wanted, *IS_A.get(wanted, ())} for value in values), (record["schema"], name)
    if importlib.util.find_spec("followthemoney"):
        check_with_the_library(records)


def check_with_the_library(records):
    """Its own validation; it cleans nothing away; and every reference fits."""
    from followthemoney import model

    schemas = {r["id"]: model.get(r["schema"]) for r in records}
    for record in records:
        schema = schemas[record["id"]]
        schema.validate(record)
        assert not schema.abstract
        cleaned = model.get_proxy(record, cleaned=False)
        for name, values in record["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (record["schema"], name)
            assert len(cleaned.get(name)) == len(values), (record["schema"], name, values)
            if prop.range:
                assert all(schemas[value].is_a(prop.range) for value in values), (record["schema"], name)


def test_what_we_know_of_followthemoney_is_what_it_has():
    model = pytest.importorskip("followthemoney", reason="needs the extra [interop]").model
    for name, properties in SCHEMAS.items():
        schema = model.get(name)
        assert {p: (schema.get(p).range.name if schema.get(p).range else None) for p in properties} == properties
        if name in EDGES:
            assert {schema.edge_source, schema.edge_target} == set(EDGES[name])
    for general, special in IS_A.items():
        assert all(model.get(s).is_a(general) for s in special)


def everything():
    """A case in which each relation is asserted between entities of all the types that it takes."""
    kb = story()
    kb = replace(kb, entities=(*kb.entities, Entity(id="work/film", type=EntityType.work, name="A Film")))
    by_type = {e.type.value: e for e in kb.entities}

    def who(type_):
        entity = by_type[type_]
        return Participant(id=entity.id, name=entity.name, type=EntityType(entity.type))
    statements = [Statement(id=f"st-{r.id}-{left}-{right}".replace("_", "-"), subject=who(left), relation=r.id, object=who(right),
                            stance=Stance.asserted, source="news", method=Method.curated, time="2017/..", qualifiers=(("role", "mayor"), ("what", "sister")))
                  for r in kb.relations.values() for left in r.domain for right in r.range if right != "literal"]
    return replace(kb, statements=(*kb.statements, *statements))


def test_followthemoney_can_hold_every_record(tmp_path):
    records = ftm(everything(), tmp_path)
    check_ftm(records)
    assert {"Person", "PublicBody", "Organization", "Address", "Document", "Event", "Occupancy", "Position", "Membership", "Representation",
            "Employment", "UnknownLink", "LegalEntity"} <= {r["schema"] for r in records}


@ANY
@given(kb=knowledge_bases())
def test_followthemoney_can_hold_any_words(tmp_path, kb):
    check_ftm(ftm(kb, tmp_path))


def test_what_is_alleged_denied_or_doubtful_is_an_unknown_link_that_says_so(tmp_path):
    records = {r["id"]: r for r in ftm(story(), tmp_path)}
    assert records["st-a"]["schema"] == "Event"
    assert records["st-a"]["properties"]["proof"]
    assert records["st-a"]["properties"]["summary"] == ["the police detained Ruiz"]
    for statement, status in (("st-b", "alleged"), ("st-c", "denied"), ("st-g", "not reviewed")):
        assert records[statement]["schema"] == "UnknownLink"
        assert records[statement]["properties"]["status"] == [status]
        assert records[statement]["properties"]["role"][0].startswith(status)
    assert "st-f" not in records


def test_gephi_and_networkx_read_the_gexf_and_it_has_no_date_of_today(tmp_path):
    path = written(story(), "gexf", tmp_path)
    graph = nx.read_gexf(path)
    assert graph.nodes["person/ana-ruiz"]["label"] == "Ana Ruiz"
    labels = {data["id"]: data["label"] for _, _, data in graph.edges(data=True)}
    assert labels == {"st-a": "detained (asserted)", "st-b": "tortured (alleged)", "st-c": "tortured (denied)", "st-d": "abducted (asserted)",
                      "st-g": "leads (not reviewed)"}
    assert "lastmodified" not in path.read_text("utf-8")


def test_control_characters_never_reach_xml(tmp_path):
    """GEXF, made on request, refuses them; GraphML is made by every build, which one form feed in one document must not end."""
    kb = story()
    kb = replace(kb, entities=tuple(replace(e, description="a\x00\x0bb\ufffe") for e in kb.entities))
    graph = nx.read_graphml(written(kb, "graphml", tmp_path))
    assert graph.nodes["person/ana-ruiz"]["description"] == "a��b�"
    with pytest.raises(ExportError, match=r"U\+0000"):
        written(kb, "gexf", tmp_path)
    assert not (tmp_path / "graph.gexf").exists()


def test_gexf_keeps_every_character_that_xml_can_write(tmp_path):
    kb = story()
    words = "a\t\r\n\"b\" <c> & 'd' \u2028\U0001f600"
    kb = replace(kb, entities=tuple(replace(e, description=words) for e in kb.entities))
    assert nx.read_gexf(written(kb, "gexf", tmp_path)).nodes["person/ana-ruiz"]["description"] == words


def tables(kb, folder):
    with zipfile.ZipFile(written(kb, "neo4j", folder)) as archive:
        return {name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in ("nodes.csv", "relationships.csv")}


def test_neo4j_tables_join_and_their_types_tell_the_stance(tmp_path):
    read = tables(story(), tmp_path)
    nodes = {row["id:ID"] for row in read["nodes.csv"]}
    edges = read["relationships.csv"]
    assert all(row[":START_ID"] in nodes and row[":END_ID"] in nodes for row in edges)
    assert {row["statement"]: row[":TYPE"] for row in edges} == {
        "st-a": "DETAINED", "st-b": "TORTURED__ALLEGED", "st-c": "TORTURED__DENIED", "st-d": "ABDUCTED", "st-e": "AGE", "st-g": "LEADER_OF__NOT_REVIEWED"}


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "\rx"])
def test_no_cell_for_neo4j_is_a_formula(word, tmp_path):
    kb = story()
    kb = replace(kb, statements=tuple(replace(s, quote=word) for s in kb.statements))
    assert {row["quote"] for row in tables(kb, tmp_path)["relationships.csv"]} == {"'" + word}


@pytest.mark.parametrize("name", ["ftm", "gexf", "neo4j"])
def test_the_same_case_gives_the_same_bytes(name, tmp_path):
    first = written(story(), name, tmp_path).read_bytes()
    assert written(story(), name, tmp_path).read_bytes() == first
