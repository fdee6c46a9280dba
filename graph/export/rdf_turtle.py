"""`graph.ttl`: the triples of `graph.nt` for people, with prefixes and grouped by subject."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graph import files
from graph.export import rdf_model
from graph.export.iris import XSD, prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from graph.model import KnowledgeBase

_NEXT = " ;\n    "
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_INTEGER = f'"^^<{XSD}integer>'
_SHORT = re.compile(rf'"(-?\d+\.\d+)"\^\^<{XSD}decimal>|"(true|false)"\^\^<{XSD}boolean>')
REMEMBERED = 50_000
"""Terms; those of the vocabulary are soon among them."""


def write(kb: KnowledgeBase, path: Path) -> None:
    """Write the file subject by subject; memory does not grow with it."""
    with files.writing(path) as file:
        for part in chunks(rdf_model.blocks(kb), kb.base):
            file.write(part.encode("utf-8"))


def chunks(blocks: Iterable[rdf_model.Block], base: str, **more: str) -> Iterator[str]:
    """The prefixes of the case (`more` adds some), then the text of each subject."""
    names = {**prefixes(base), **more}
    yield header(names)
    yield from subjects(blocks, names)


def header(names: dict[str, str]) -> str:
    """The declaration of these prefixes."""
    return "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in names.items())


def subjects(blocks: Iterable[rdf_model.Block], names: dict[str, str]) -> Iterator[str]:
    """The text of each subject. A name that needs an escape is written as an IRI: not every reader knows escapes in names."""
    known: dict[str, str] = {}
    short = _shortener(names, known)
    for subject, pairs in blocks:
        types = [short(object_) for predicate, object_ in pairs if predicate == rdf_model.TYPE]
        parts = [f"\n{short(subject)} a {', '.join(types)}"] if types else [f"\n{short(subject)} "]
        last, lead = "", _NEXT if types else ""
        for predicate, object_ in pairs:
            if predicate == rdf_model.TYPE:
                continue
            value = object_ if object_[-1] == '"' else known.get(object_) or short(object_)
            if predicate == last:
                parts.append(f", {value}")
            else:
                parts.append(f"{lead}{known.get(predicate) or short(predicate)} {value}")
                last, lead = predicate, _NEXT
        parts.append(" .\n")
        yield "".join(parts)


def _shortener(names: dict[str, str], known: dict[str, str]) -> Callable[[str], str]:
    """A function from an N-Triples term to the same term as Turtle; `known` remembers what comes again."""
    by_namespace = {namespace: name for name, namespace in sorted(names.items(), reverse=True)}

    def short(term: str) -> str:
        if term[0] == '"':
            if term.endswith(_INTEGER):
                result = term[1 : -len(_INTEGER)]
            elif term[-1] != ">" or "\\" in term:
                return term
            elif match := _SHORT.fullmatch(term):
                result = match[1] or match[2]
            else:
                literal, _, datatype = term.rpartition("^^")
                result = f"{literal}^^{short(datatype)}"
        elif term.startswith("<<"):  # a triple term of RDF 1.2
            return term
        else:
            cut = max(term.rfind("/"), term.rfind("#"), term.rfind(":")) + 1
            name = by_namespace.get(term[1:cut])
            result = f"{name}:{term[cut:-1]}" if name is not None and _LOCAL.fullmatch(term, cut, len(term) - 1) else term
        if len(known) < REMEMBERED:
            known[term] = result
        return result

    return short
