"""An extraction as JSON and back, exactly: what goes into the cache comes out equal.

A record of the model is a list of its fields in order. Reading is what a rebuild spends its time on, so it is a plain loop in
which each class knows which of its fields need more than JSON gives.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from graph.model import Entity, EntityType, Extraction, Method, Note, Participant, Source, Stance, Statement, Value

if TYPE_CHECKING:
    from collections.abc import Callable


def dumps(source: Source, extraction: Extraction) -> str:
    """A source with its extraction; both come back from `loads`."""
    return json.dumps([_record(source), _record(extraction)], ensure_ascii=True, separators=(",", ":"))


def loads(text: str) -> tuple[Source, Extraction]:
    """What `dumps` was given. Raises ValueError for anything else."""
    try:
        source, extraction = json.loads(text)
        return _source(source), _extraction(extraction)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no values of the model: {error}") from error


def _record(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return [_record(getattr(value, field.name)) for field in fields(value)]
    return [_record(item) for item in value] if isinstance(value, tuple) else value


def _reader(cls: Any, **special: Callable[[Any], Any]) -> Callable[[list[Any]], Any]:
    """What makes a record of this class again; `special` is for the fields that JSON holds in another form."""
    names = [field.name for field in fields(cls)]
    others = [(number, special[name]) for number, name in enumerate(names) if name in special]

    def read(values: list[Any]) -> Any:
        if len(values) != len(names):
            raise TypeError(f"{len(values)} values for {len(names)} fields")
        for number, convert in others:
            values[number] = convert(values[number])
        return cls(**dict(zip(names, values, strict=True)))

    return read


def _several(read: Callable[[Any], Any]) -> Callable[[list[Any]], tuple[Any, ...]]:
    return lambda values: tuple(map(read, values)) if values else ()


def _maybe(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _one_of(cls: Any) -> Callable[[str], Any]:
    return {member.value: member for member in cls}.__getitem__


_participant = _reader(Participant, type=_one_of(EntityType))
_source = _reader(Source, retells=tuple)


def _object(values: list[Any]) -> Participant | Value:
    """A literal has one field, an entity more."""
    return Value(values[0]) if len(values) == 1 else _participant(values)


_statement = _reader(
    Statement, subject=_maybe(_participant), object=_object, stance=_one_of(Stance), speaker=_maybe(_participant), via=_several(_participant),
    place=_maybe(_participant), qualifiers=_several(tuple), method=_one_of(Method), doubts=tuple,
)
_extraction = _reader(
    Extraction, entities=_several(_reader(Entity, type=_one_of(EntityType), aliases=tuple)), statements=_several(_statement), notes=_several(_reader(Note)),
)
