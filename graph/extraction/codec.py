"""An extraction as JSON and back, exactly: what goes into the cache comes out equal."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from graph.model import Entity, EntityType, Extraction, Method, Note, Participant, Source, Stance, Statement, Value

_CLASSES: dict[str, Any] = {cls.__name__: cls for cls in (Entity, Extraction, Note, Participant, Source, Statement, Value)}
_ENUMS = {("Entity", "type"): EntityType, ("Participant", "type"): EntityType, ("Statement", "stance"): Stance, ("Statement", "method"): Method}


def dumps(value: Any) -> str:
    """Dataclasses of the model as JSON objects with their class beside their fields; defaults are left out."""
    return json.dumps(_encode(value), ensure_ascii=True, separators=(",", ":"))


def loads(text: str) -> Any:
    """What `dumps` was given. Raises ValueError for anything else."""
    try:
        return _decode(json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"no value of the model: {error}") from error


def _encode(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        record: dict[str, Any] = {"_": type(value).__name__}
        for field in fields(value):
            item = getattr(value, field.name)
            if item != field.default:
                record[field.name] = _encode(item)
        return record
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if isinstance(value, dict):
        name = value.pop("_")
        return _CLASSES[name](**{key: _ENUMS[name, key](item) if (name, key) in _ENUMS else _decode(item) for key, item in value.items()})
    return value
