"""A new case: empty tables and commented settings, which never take the place of a file that is there."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from graph import files, vocabulary
from graph.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATE = ("README.txt", "case.toml", "decisions.csv", "entities.csv", "relations.toml", "sources.csv", "statements.csv")


@dataclass(frozen=True, slots=True)
class NewCase:
    """What was written into a folder, and what was there before and left as it was."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]


def create(folder: Path) -> NewCase:
    """Make a new case in `folder`, which may exist and hold documents. Raises UsageError where nothing is left to write, or it cannot be."""
    kept = tuple(name for name in TEMPLATE if (folder / name).is_symlink() or (folder / name).exists())
    written = tuple(name for name in TEMPLATE if name not in kept)
    if not written:
        raise UsageError(f"{str(folder)!r} is a case already; nothing was changed.")
    try:
        (folder / "reports").mkdir(parents=True, exist_ok=True)
        files.sweep(folder)
        for name in written:
            files.write_text(folder / name, text(name))
    except OSError as error:
        raise UsageError(f"{str(folder)!r} cannot be made: {error.strerror}. Name another folder.") from error
    return NewCase(folder, written, kept)


def text(name: str) -> str:
    """The text of one file of an empty case; `relations.toml` ends with a list of the standard relations."""
    template = resources.files("graph.curation").joinpath("empty_case", name).read_text("utf-8")
    if name != "relations.toml":
        return template
    return template + "".join(
        f"#   {relation.id:<19} {relation.definition} ({_types(relation.domain)} → {_types(relation.range)})\n"
        for relation in vocabulary.relations().values()
    )


def _types(types: tuple[str, ...]) -> str:
    return "/".join(types)
