"""Stage 6: one module per format, each with `write(kb, path)`; `FORMATS` names them, and a module loads when it is used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
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
    "ftm": Format("entities.ftm.jsonl", "ftm", default=False),
    "gexf": Format("graph.gexf", "gexf", default=False),
    "graphml": Format("graph.graphml", "graphml"),
    "html": Format("graph.html", "html"),
    "jsonl": Format("statements.jsonl", "jsonl"),
    "jsonld": Format("graph.jsonld", "rdf_jsonld", default=False),
    "nanopub": Format("nanopublications.trig", "rdf_nanopub", default=False),
    "neo4j": Format("neo4j.zip", "neo4j", default=False),
    "nquads": Format("graph.nq", "rdf_nquads", default=False),
    "nt": Format("graph.nt", "rdf_nt"),
    "rdf12": Format("graph-1.2.ttl", "rdf_12", default=False),
    "rdfxml": Format("graph.rdf", "rdf_xml", default=False),
    "report": Format("report.md", "report"),
    "trig": Format("graph.trig", "rdf_trig", default=False),
    "ttl": Format("graph.ttl", "rdf_turtle"),
    "webannotation": Format("annotations.ttl", "rdf_annotations", default=False),
}


def choose(names: Iterable[str] | None) -> dict[str, Format]:
    """The formats of these names, or the default ones; sorted by name. Raises UsageError that lists what there is."""
    chosen = sorted(set(names)) if names else [name for name, format_ in FORMATS.items() if format_.default]
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown:
        raise UsageError(f"There is no format {', '.join(unknown)}. There are {', '.join(sorted(FORMATS))}.")
    return {name: FORMATS[name] for name in sorted(chosen)}


def writers(chosen: dict[str, Format]) -> list[Callable[[KnowledgeBase, Path], None]]:
    """What writes these formats into a folder, one after the other; `graph.nt` and `graph.ttl` are made in one pass."""
    from graph.export import rdf

    together = {"nt", "ttl"} if {"nt", "ttl"} <= chosen.keys() else set()
    alone = [partial(_write_one, format_) for name, format_ in chosen.items() if name not in together]
    return [*alone, rdf.write_pair] if together else [*alone]


def _write_one(format_: Format, kb: KnowledgeBase, folder: Path) -> None:
    format_.write(kb, folder / format_.file)
