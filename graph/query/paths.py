"""How two are linked: the shortest chains of statements between them, each link with its words.

A chain goes along statements in either direction. What somebody denies, what nobody is named for and what has words for an
object link nobody. A link is what somebody said: it is no proof that two know each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from graph.errors import UsageError
from graph.export import iris
from graph.query import index, names, told

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from graph.query.told import Told

LINKS = f"""
SELECT ?statement ?subject ?object WHERE {{
  ?statement <{iris.RDF}subject> ?subject ; <{iris.RDF}object> ?object ; <{iris.TERM}stance> ?stance .
  ?object a <{iris.TERM}Entity> .
  FILTER(?stance != <{iris.TERM}denied>)
  FILTER NOT EXISTS {{ ?subject a <{iris.TERM}Unidentified> }}
}}
"""


@dataclass(frozen=True, slots=True)
class Step:
    """From one to the next: their names, and the statements between them."""

    left: str
    right: str
    statements: tuple[Told, ...]


def between(export: Path, left: str, right: str, at_most: int = 3) -> tuple[tuple[Step, ...], ...]:
    """The shortest chains from one to the other, at most so many, sorted by names; none where nothing links them.

    Raises UsageError (a name that is nobody's or several's, twice the same), ExportError.
    """
    import networkx as nx

    first, second = names.entity(export, left), names.entity(export, right)
    if first.iri == second.iri:
        raise UsageError(f"{left!r} and {right!r} are the same: {first.name}.")
    graph, links = _graph(export)
    if first.iri not in graph or second.iri not in graph:
        return ()
    try:
        chains = sorted(islice(nx.all_shortest_paths(graph, first.iri, second.iri), 100 * at_most))[:at_most]
    except nx.NetworkXNoPath:
        return ()
    label = {thing.iri: thing.name for thing in names.entities(export)}
    wanted = {statement for chain in chains for pair in pairwise(chain) for statement in links[frozenset(pair)]}
    known = {t.statement: t for t in told.statements(export, wanted)}
    return tuple(
        tuple(Step(label[a], label[b], tuple(known[s] for s in links[frozenset((a, b))])) for a, b in pairwise(chain)) for chain in chains
    )


def _graph(export: Path) -> tuple[nx.Graph[str], dict[frozenset[str], list[str]]]:
    import networkx as nx

    links = index.read(export, _links)
    graph = nx.Graph()
    graph.add_edges_from(sorted(tuple(sorted(pair)) for pair in links))
    return graph, {pair: sorted(statements) for pair, statements in links.items()}


def _links(folder: Path) -> dict[frozenset[str], list[str]]:
    """The statements between any two, in the index in this folder."""
    import pyoxigraph

    links: dict[frozenset[str], list[str]] = defaultdict(list)
    for statement, subject, object_ in pyoxigraph.Store.read_only(str(folder)).query(LINKS):  # type: ignore[union-attr]
        if subject != object_:
            links[frozenset((subject.value, object_.value))].append(statement.value)
    return links


def to_text(chains: tuple[tuple[Step, ...], ...], width: int = 100) -> str:
    """The chains for the terminal."""
    if not chains:
        return "Nothing links the two.\n"
    out = []
    for number, chain in enumerate(chains, 1):
        out += [f"{number}. " + " — ".join([chain[0].left, *(step.right for step in chain)]), ""]
        for step in chain:
            out.append(f"  {step.left} — {step.right}")
            for statement in step.statements:
                out += told.lines(statement, width, "    ")
            out.append("")
    return "\n".join(out).rstrip() + "\n"
