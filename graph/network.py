"""Stage 5: a knowledge base as a networkx graph: nodes are entities, edges are statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.model import NOBODY_NAMED, EntityType, Value

if TYPE_CHECKING:
    import networkx as nx

    from graph.model import KnowledgeBase, Statement


def unidentified(source: str) -> str:
    """The id of the node that stands for the agents whom this source does not name."""
    return f"unidentified/{source}"


def to_networkx(kb: KnowledgeBase) -> nx.MultiDiGraph:
    """Entities as nodes and statements between them as edges, each under its id with all its fields.

    A statement without a named agent runs from a node of the type `unidentified`, one for each source. A statement whose
    object is no entity is in the list `statements` of its subject's node. Rejected statements are left out.
    """
    import networkx as nx

    graph = nx.MultiDiGraph(title=kb.title, base=kb.base)
    for entity in kb.entities:
        graph.add_node(entity.id, type=entity.type.value, name=entity.name, aliases=entity.aliases,
                       description=entity.description, protected=entity.protected, statements=[])
    for statement in kb.statements:
        if statement.decision == "rejected":
            continue
        subject = statement.subject.id if statement.subject else unidentified(statement.source)
        if subject not in graph:
            graph.add_node(subject, type=EntityType.unidentified.value, name=NOBODY_NAMED, aliases=(), description="", protected="", statements=[])
        found = fields(statement)
        if isinstance(statement.object, Value):
            graph.nodes[subject]["statements"].append(found)
        else:
            graph.add_edge(subject, statement.object.id, key=statement.id, **found)
    return graph


def fields(statement: Statement) -> dict[str, Any]:
    """The fields of a statement that say something; entities by id."""
    known: dict[str, Any] = {
        "id": statement.id, "relation": statement.relation, "stance": statement.stance.value, "time": statement.time,
        "source": statement.source, "quote": statement.quote, "start": statement.start, "end": statement.end,
        "locator": statement.locator, "method": statement.method.value, "extractor": statement.extractor, "rule": statement.rule,
        "confidence": statement.confidence, "doubts": statement.doubts, "decision": statement.decision, "note": statement.note,
        "speaker": statement.speaker.id if statement.speaker else None, "via": tuple(p.id for p in statement.via),
        "place": statement.place.id if statement.place else None, "qualifiers": statement.qualifiers,
        "subject_mention": statement.subject.mention if statement.subject else None,
        "object_mention": statement.object.mention if not isinstance(statement.object, Value) else None,
        "value": statement.object.value if isinstance(statement.object, Value) else None,
    }
    return {key: value for key, value in known.items() if value not in {None, ""} and value != ()}
