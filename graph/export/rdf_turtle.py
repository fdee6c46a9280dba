"""`graph.ttl`: the triples of `graph.nt` for people, with prefixes and grouped by subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_model
from graph.export.iris import prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graph.model import KnowledgeBase

_NEXT = " ;\n    "
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_SHORT = re.compile(r'"(-?\d+)"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>|"(-?\d+\.\d+)"\^\^<http://www\.w3\.org/2001/XMLSchema#decimal>'
                    r'|"(true|false)"\^\^<http://www\.w3\.org/2001/XMLSchema#boolean>')


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the file subject by subject; memory does not grow with it."""
    with files.writing(path) as file:
        for part in chunks(rdf_model.blocks(kb), kb.base):
            file.write(part.encode("utf-8"))


def chunks(blocks: Iterator[rdf_model.Block], base: str) -> Iterator[str]:
    """The prefixes, then the text of each subject."""
    names = prefixes(base)
    yield "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in names.items())
    short = _shortener(names)
    for subject, pairs in blocks:
        types = [short(object_) for predicate, object_ in pairs if predicate == rdf_model.TYPE]
        rest: list[str] = [f"a {', '.join(types)}"] if types else []
        last = rdf_model.TYPE
        for predicate, object_ in pairs:
            if predicate == rdf_model.TYPE:
                continue
            if predicate == last:
                rest[-1] += f", {short(object_)}"
            else:
                rest.append(f"{short(predicate)} {short(object_)}")
            last = predicate
        yield f"\n{short(subject)} {_NEXT.join(rest)} .\n"


def _shortener(names: dict[str, str]) -> Callable[[str], str]:
    """A function from an N-Triples term to the same term as Turtle."""
    by_namespace = {namespace: name for name, namespace in sorted(names.items(), reverse=True)}
    known: dict[str, str] = {}

    def short(term: str) -> str:
        if term[0] == '"':
            if term[-1] != ">" or "\\" in term:
                return term
            match = _SHORT.fullmatch(term)
            if match:
                return match[match.lastindex or 0]
            literal, _, datatype = term.rpartition("^^")
            return f"{literal}^^{short(datatype)}"
        if term in known:
            return known[term]
        cut = max(term.rfind("/"), term.rfind("#"), term.rfind(":")) + 1
        namespace, local = term[1:cut], term[cut:-1]
        name = by_namespace.get(namespace)
        result = f"{name}:{local}" if name is not None and _LOCAL.fullmatch(local) else term
        if len(known) < 100_000:
            known[term] = result
        return result

    return short
