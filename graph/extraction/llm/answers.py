"""What a model answered, as values; nothing in it is believed yet."""

from __future__ import annotations

import json
import re
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
    """The proposals of an answer, and what in it is none. Raises ValueError where the answer is no JSON of the asked form.

    Of an answer that was cut off, at its limit of length or by a lost connection, the statements before the cut count.
    """
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise ValueError("the answer holds no JSON")
    proposals, broken = [], []
    try:
        data = json.loads(text[start:end + 1])
        items = data.get("statements") if isinstance(data, dict) else None
    except (ValueError, RecursionError) as error:
        items = _before_the_cut(text[start:])
        if not items:
            raise ValueError(f"the answer is no JSON: {error}") from error
        broken.append(f"the answer breaks off after {len(items)} statement{'s' * (len(items) != 1)}; what follows is lost")
    if not isinstance(items, list):
        raise ValueError("the answer has no list of statements")  # noqa: TRY004  it is the answer that is wrong
    for item in items:
        try:
            proposals.append(_proposal(item))
        except (KeyError, TypeError, ValueError) as error:
            broken.append(f"no statement in the asked form: {type(error).__name__} {error}")
    return proposals, broken


def _before_the_cut(text: str) -> list[Any]:
    """The whole statements at the beginning of a broken answer."""
    opening = re.match(r'\{\s*"statements"\s*:\s*\[\s*', text)
    position = opening.end() if opening else len(text)
    items: list[Any] = []
    while position < len(text):
        try:
            item, position = json.JSONDecoder().raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        items.append(item)
        position = _SEPARATOR.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing as well
    return items


_SEPARATOR = re.compile(r"[\s,]*")


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
