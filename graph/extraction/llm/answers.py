"""What a model answered, as values; nothing in it is believed yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from graph.model import QUALIFIERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One statement as a model proposes it."""

    subject: str | None
    subject_type: str
    relation: str
    object: str
    object_type: str
    stance: str
    speaker: str | None
    time: str
    place: str | None
    qualifiers: tuple[tuple[str, str], ...]
    quote: str


def parse(text: str) -> tuple[list[Proposal], list[str]]:
    """The proposals of an answer, and what in it is none. Raises ValueError where the answer is no JSON of the asked form."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise ValueError("the answer holds no JSON")
    try:
        data = json.loads(text[start:end + 1])
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the answer is no JSON: {error}") from error
    items = data.get("statements") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise ValueError("the answer has no list of statements")  # noqa: TRY004  it is the answer that is wrong
    proposals, broken = [], []
    for item in items:
        try:
            proposals.append(_proposal(item))
        except (KeyError, TypeError, ValueError) as error:
            broken.append(f"no statement in the asked form: {type(error).__name__} {error}")
    return proposals, broken


def _proposal(item: Any) -> Proposal:
    if not isinstance(item, dict):
        raise TypeError("not an object")

    def text(key: str) -> str:
        value = item.get(key)
        if value is None:
            return ""
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise TypeError(f"{key} is no text")
        return str(value).strip()

    for key in ("relation", "object", "quote", "stance"):
        if not text(key):
            raise ValueError(f"{key} is missing")
    qualifiers = item.get("qualifiers") or {}
    if not isinstance(qualifiers, dict):
        raise TypeError("qualifiers is no object")
    kept = tuple(sorted((key, str(value).strip()) for key, value in qualifiers.items() if key in QUALIFIERS and isinstance(value, (str, int)) and str(value).strip()))
    return Proposal(subject=text("subject") or None, subject_type=text("subject_type"), relation=text("relation"), object=text("object"),
                    object_type=text("object_type"), stance=text("stance"), speaker=text("speaker") or None, time=text("time"),
                    place=text("place") or None, qualifiers=kept, quote=str(item["quote"]))
