"""`statements.jsonl`: one statement a line, as other tools and the scorer read it (DESIGN: what a build writes)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graph import files
from graph.model import Value

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import KnowledgeBase, Participant, Statement


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the statements in the order of the knowledge base: by source and offset."""
    with files.writing(path) as file:
        for statement in kb.statements:
            file.write(json.dumps(to_json(statement), ensure_ascii=False, separators=(", ", ": ")).encode("utf-8", "backslashreplace") + b"\n")


def to_json(statement: Statement) -> dict[str, Any]:
    """A statement as plain JSON values; what is not known is null."""
    return {
        "id": statement.id,
        "subject": _participant(statement.subject),
        "relation": statement.relation,
        "object": {"value": statement.object.value} if isinstance(statement.object, Value) else _participant(statement.object),
        "stance": statement.stance.value,
        "speaker": _name(statement.speaker),
        "via": [_name(p) for p in statement.via],
        "time": statement.time or None,
        "place": _name(statement.place),
        "qualifiers": dict(statement.qualifiers),
        "source": statement.source,
        "locator": statement.locator or None,
        "quote": statement.quote,
        "start": statement.start,
        "end": statement.end,
        "method": statement.method.value,
        "extractor": statement.extractor or None,
        "rule": statement.rule or None,
        "confidence": statement.confidence,
        "doubts": list(statement.doubts),
        "decision": statement.decision,
        "note": statement.note or None,
    }


def _participant(participant: Participant | None) -> dict[str, str] | None:
    if participant is None:
        return None
    return {"id": participant.id, "name": participant.name, "type": participant.type.value, "mention": participant.mention}


def _name(participant: Participant | None) -> dict[str, str] | None:
    return None if participant is None else {"id": participant.id, "name": participant.name}
