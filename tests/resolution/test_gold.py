"""On the names and statements of 98 annotated stories, read by people: no two entities of a story in one node, few across stories."""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from graph.model import (
    Entity,
    EntityType,
    Extraction,
    Method,
    Participant,
    Source,
    Stance,
    Statement,
    Value,
    statement_id,
)
from graph.resolution import Resolution, resolve
from graph.resolution.compare import MERGE, compare
from graph.resolution.names import family
from graph.resolution.nodes import participants

if TYPE_CHECKING:
    from pathlib import Path


def extraction(source: str, data: dict[str, Any]) -> Extraction:
    types = set(EntityType)
    entities = {e["name"]: Entity(id=f"{source}#{i}", type=EntityType(e["type"]), name=e["name"], aliases=tuple(e.get("aliases", ())))
                for i, e in enumerate(data["entities"]) if e["type"] in types}

    def part(name: str | None) -> Participant | None:
        return Participant(id=entities[name].id, name=name, type=entities[name].type, mention=name) if name in entities else None

    statements = tuple(
        Statement(id=statement_id(source, i, i + 1, s["relation"], s["subject"] or "", str(s["object"])), subject=part(s["subject"]), relation=s["relation"],
                  object=part(s["object"]) or Value(str(s["object"])), stance=Stance(s["stance"]), speaker=part(s["speaker"]), place=part(s["place"]),
                  source=source, method=Method.extracted)
        for i, s in enumerate(data["statements"])
    )
    return Extraction(source=source, entities=tuple(entities.values()), statements=statements)


def load(folder: Path) -> tuple[Resolution, dict[str, set[str]], dict[str, str]]:
    """What is resolved, the local entities in each node, and the name of each local entity."""
    data = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    made = [extraction(name, story) for name, story in data.items()]
    found = resolve(curated=(), statements=(), extractions=made, decisions=(), sources=tuple(Source(id=n, published=d["published"] or "") for n, d in data.items()))
    before = {s.id: s for e in made for s in e.statements}
    nodes: dict[str, set[str]] = defaultdict(set)
    for statement in found.statements:
        for one, other in zip(participants(before[statement.id]), participants(statement), strict=True):
            nodes[other.id].add(one.id)
    return found, nodes, {e.id: e.name for x in made for e in x.entities}


@pytest.fixture(scope="module")
def gold(shared):
    return load(shared / "gold" / "train")


def test_no_two_entities_of_one_story_are_one_node(gold):
    _, nodes, _ = gold
    torn = {node: members for node, members in nodes.items() if len({m.split("#")[0] for m in members}) < len(members)}
    assert torn == {}


def test_entities_of_two_stories_are_one_node_only_by_a_name_that_both_have(gold):
    found, nodes, names = gold
    types = {e.id: family(e.type) for e in found.entities}
    odd = [
        (names[a], names[b]) for node, members in sorted(nodes.items()) for a, b in combinations(sorted(members), 2)
        if compare(types[node], names[a], names[b]).score < MERGE
    ]
    # An acronym that one story explains may join two; nothing else does.
    assert all(any(name.isupper() for name in pair) for pair in odd)


def test_unlike_stories_raise_few_questions(gold):
    found, _, _ = gold
    assert len([q for q in found.questions if q.right]) <= len(found.entities) // 200
