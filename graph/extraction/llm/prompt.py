"""The prompt and the form of the answer, made from the vocabulary, so that a case's own relation is asked for at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from graph.model import QUALIFIERS, EntityType, Stance, fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

VERSION = 1
_TYPES = [t.value for t in EntityType if t is not EntityType.unidentified]


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions, the JSON schema of the answer, and a hash of both that every statement carries."""

    text: str
    schema: Mapping[str, Any]
    hash: str


def build(entries: Mapping[str, Mapping[str, Any]]) -> Prompt:
    """The prompt for these vocabulary entries."""
    lines = [f"- {name}: {'/'.join(entry['domain'])} -> {'/'.join(entry['range'])}. {entry.get('definition', '')}".rstrip() for name, entry in sorted(entries.items())]
    template = resources.files(__package__).joinpath("prompt.md").read_text("utf-8")
    text = template.replace("{relations}", "\n".join(lines))
    schema = _schema(sorted(entries))
    return Prompt(text, schema, fingerprint(VERSION, text, json.dumps(schema, sort_keys=True))[:8])


def question(text: str, names: Sequence[str], published: str) -> str:
    """What is asked about one window: its text as a JSON string, with who was named before it and when it was published."""
    return json.dumps({"published": published or None, "named_before": list(names), "report": text}, ensure_ascii=False)


def _schema(relations: list[str]) -> dict[str, Any]:
    maybe = {"type": ["string", "null"]}
    statement = {
        "type": "object", "additionalProperties": False,
        "properties": {
            "subject": maybe, "subject_type": {"type": ["string", "null"], "enum": [*_TYPES, None]},
            "relation": {"type": "string", "enum": relations},
            "object": {"type": "string"}, "object_type": {"type": "string", "enum": [*_TYPES, "literal"]},
            "stance": {"type": "string", "enum": [s.value for s in Stance]}, "speaker": maybe, "time": maybe, "place": maybe,
            "qualifiers": {"type": "object", "additionalProperties": False, "properties": {key: {"type": "string"} for key in QUALIFIERS}},
            "quote": {"type": "string"},
        },
        "required": ["subject", "subject_type", "relation", "object", "object_type", "stance", "speaker", "time", "place", "quote"],
    }
    return {"type": "object", "additionalProperties": False, "required": ["statements"],
            "properties": {"statements": {"type": "array", "items": statement}}}
