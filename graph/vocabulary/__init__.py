"""The vocabulary: relations with labels, inverses, domains and ranges, and the words that express them, as data."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from graph import files
from graph.errors import InputError, Problem
from graph.model import EntityType, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ENTITY_TYPES = {str(t) for t in EntityType} - {"unidentified"}
_KEYS = {"label", "inverse", "definition", "domain", "range", "crosswalk"}


@cache
def _standard() -> dict[str, dict[str, Any]]:
    found, codes = (tomllib.loads(resources.files(__name__).joinpath(name).read_text("utf-8")) for name in ("relations.toml", "crosswalks.toml"))
    return {name: {"crosswalk": codes.get(name, {}), **entry} for name, entry in found.items()}


def entries(path: Path | None = None) -> dict[str, dict[str, Any]]:
    """The standard entries with those of a case's own `relations.toml` laid over them, key by key; sorted by id.

    Keys beside those of `Relation` (verbs, nouns …) are for extraction, which reads them here. Raises InputError.
    """
    merged = {name: dict(entry) for name, entry in _standard().items()}
    if path is not None and path.exists():
        for name, entry in _read(path).items():
            merged[name] = {**merged.get(name, {}), **entry}
        _validate(path, merged)
    return dict(sorted(merged.items()))


def relations(path: Path | None = None) -> dict[str, Relation]:
    """Every relation by id, sorted; `path` is a case's own `relations.toml`. Raises InputError."""
    return {
        name: Relation(
            id=name,
            label=entry["label"],
            inverse=entry["inverse"],
            definition=entry.get("definition", ""),
            domain=tuple(entry["domain"]),
            range=tuple(entry["range"]),
            crosswalk=tuple(sorted(entry.get("crosswalk", {}).items())),
        )
        for name, entry in entries(path).items()
    }


def nearest(word: str, known: Mapping[str, object] | list[str], count: int = 3) -> list[str]:
    """The known words most like this one, best first, at most `count`."""
    folded = {name.casefold(): name for name in sorted(known)}
    return [folded[name] for name in get_close_matches(word.casefold(), list(folded), n=count, cutoff=0.5)]


def _read(path: Path) -> dict[str, dict[str, Any]]:
    try:
        data = tomllib.loads(files.read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError([Problem(path.name, what=f"is no valid TOML: {error}.")]) from error
    wrong = [Problem(path.name, column=name, what="is no table.", remedy=f"Write [{name}] and its keys below it.")
             for name, entry in data.items() if not isinstance(entry, dict)]
    if wrong:
        raise InputError(wrong)
    return data


def _validate(path: Path, merged: Mapping[str, Mapping[str, Any]]) -> None:
    problems = []
    for name, entry in merged.items():
        if not name.isidentifier() or not name.isascii() or name != name.lower():
            problems.append(Problem(path.name, column=name, what="is no good name for a relation.",
                                    remedy="Use lowercase letters, digits and _."))
        for key in ("label", "inverse"):
            if not isinstance(entry.get(key), str) or not entry[key].strip():
                problems.append(Problem(path.name, column=name, what=f"has no {key}.", remedy=f'Write {key} = "…".'))
        for key, allowed in (("domain", _ENTITY_TYPES), ("range", _ENTITY_TYPES | {"literal"})):
            types = entry.get(key)
            if not isinstance(types, list) or not types or not all(isinstance(t, str) and t in allowed for t in types):
                problems.append(Problem(path.name, column=name, what=f"{key} must be a list of types.",
                                        remedy=f"Choose from {', '.join(sorted(allowed))}."))
        crosswalk = entry.get("crosswalk", {})
        if not isinstance(crosswalk, dict) or not all(isinstance(v, str) for v in crosswalk.values()):
            problems.append(Problem(path.name, column=name, what="crosswalk must map schemes to codes."))
    if problems:
        raise InputError(problems)
