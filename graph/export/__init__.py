"""Stage 6: one module per format, each with `write(kb, path)`; `FORMATS` names them, and a module loads when it is used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Format:
    """The file that a format writes, the module with its `write`, and whether every build makes it."""

    file: str
    module: str
    default: bool = True

    def write(self, kb: KnowledgeBase, path: Path) -> None:
        """Write the knowledge base to this path. Raises ExportError."""
        import_module(f"graph.export.{self.module}").write(kb, path)


FORMATS = {
    "graphml": Format("graph.graphml", "graphml"),
    "html": Format("graph.html", "html"),
    "jsonl": Format("statements.jsonl", "jsonl"),
    "nt": Format("graph.nt", "rdf_nt"),
    "ttl": Format("graph.ttl", "rdf_turtle"),
}


def choose(names: Iterable[str] | None) -> dict[str, Format]:
    """The formats of these names, or the default ones; sorted by name. Raises UsageError that lists what there is."""
    chosen = sorted(set(names)) if names else [name for name, format_ in FORMATS.items() if format_.default]
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown:
        raise UsageError(f"There is no format {', '.join(unknown)}. There are {', '.join(sorted(FORMATS))}.")
    return {name: FORMATS[name] for name in sorted(chosen)}
