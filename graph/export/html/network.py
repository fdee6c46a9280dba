"""The case as a pyvis network: positions, shapes, sizes and colours. What a line says is in `facts`, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

from graph import files
from graph.export.html import document
from graph.export.html.facts import TYPES, facts
from graph.export.html.layout import SMALL, label_size, place
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.model import KnowledgeBase

SHAPES = {"person": "dot", "official": "hexagon", "organization": "square", "place": "triangleDown", "group": "star", "work": "diamond",
          "unidentified": "dot"}
COLOURS = {"person": "#0072B2", "official": "#AA4499", "organization": "#D55E00", "place": "#117733", "group": "#5D3FD3", "work": "#7A5230",
           "unidentified": "#6B7280"}


UNNAMED = TYPES.index(EntityType.unidentified)


class _Ids(list[int]):
    """A list that knows at once whether it holds a number: pyvis asks that for every node and edge."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[int] = set()

    def append(self, number: int) -> None:
        self._known.add(number)
        super().append(number)

    def __contains__(self, number: object) -> bool:
        return number in self._known


class CaseNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that writes our page. Nodes are the entities that some line touches, edges are claims, both by number."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.node_ids = _Ids()
        self.data = data
        self.toggle_physics(status=False)

    @classmethod
    def of(cls, kb: KnowledgeBase) -> CaseNetwork:
        """The network of a knowledge base, with everything in its place."""
        network = cls(facts(kb))
        network._fill()
        return network

    def _fill(self) -> None:
        nodes, claims = self.data["nodes"], self.data["claims"]
        lines = [(number, claim) for number, claim in enumerate(claims) if "o" in claim]
        degree = [0] * len(nodes)
        told = {claim["s"] for claim in claims}
        for _, claim in lines:
            degree[claim["s"]] += 1
            degree[claim["o"]] += 1
        shown = [n for n, node in enumerate(nodes) if degree[n] or n in told or node.get("curated")]
        number = {n: row for row, n in enumerate(shown)}
        edges = [(number[claim["s"]], number[claim["o"]]) for _, claim in lines if claim["s"] != claim["o"]]
        radii = [min(9 + 2.6 * degree[n] ** 0.5, 20 if nodes[n]["type"] == UNNAMED else 60) for n in shown]
        places = self._places(shown, edges, radii)
        for row, n in enumerate(shown):
            kind = str(TYPES[nodes[n]["type"]])
            x, y = places[row]
            self.add_node(n, label=" ", shape=SHAPES[kind], color=COLOURS[kind], size=round(radii[row], 1), x=x, y=y)
        for line, claim in lines:
            self.add_edge(claim["s"], claim["o"], id=line)

    def _places(self, shown: list[int], edges: list[tuple[int, int]], radii: list[float]) -> list[tuple[int, int]]:
        labels = [label_size(self.data["nodes"][n]["name"]) for n in shown]
        if len(shown) <= SMALL:
            return place(len(shown), edges, radii, labels)
        from graph.export.html.groups import place_groups

        places, group, groups = place_groups(len(shown), edges, radii)
        for row, n in enumerate(shown):
            self.data["nodes"][n]["group"] = group[row]
        self.data["groups"] = groups
        return places

    def generate_html(self, name: str = "graph.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002  # pyvis's signature
        """The page, whole: nothing is beside it."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        drawing = {"nodes": ({k: v for k, v in node.items() if k != "label"} for node in self.nodes),
                   "edges": ({k: v for k, v in edge.items() if k != "arrows"} for edge in self.edges)}
        return document.parts(self.data["title"], {**self.data, "network": drawing})

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:  # noqa: ARG002  # pyvis's signature
        """Write the page at this path, whole or not at all."""
        with files.writing(Path(name)) as file:
            for part in self._parts():
                file.write(part.encode("utf-8"))
