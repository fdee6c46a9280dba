"""Where the nodes of a large graph stand: groups that hold together (Louvain), each laid out by itself, then packed as discs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Places = NDArray[Any]

LONE = 4
"""Groups below this size are put together: a map of a hundred pairs helps nobody."""
ROWS = 512
"""Rows of a group's table of distances that are in memory at a time."""
LINKS = 2
"""So many of a group's strongest links are drawn on the map."""


def place_groups(count: int, edges: Sequence[tuple[int, int]], radii: Sequence[float]) -> tuple[list[tuple[int, int]], list[int], list[dict[str, Any]]]:
    """Places in pixels, each node's group, and the groups: x, y, r, best-connected members first, links to others with their number."""
    import numpy as np

    members = _communities(count, edges)
    group = [0] * count
    for number, rows in enumerate(members):
        for row in rows:
            group[row] = number
    inside: list[list[tuple[int, int]]] = [[] for _ in members]
    between: dict[tuple[int, int], int] = {}
    degree = [0] * count
    for one, other in edges:
        degree[one] += 1
        degree[other] += 1
        pair = (min(group[one], group[other]), max(group[one], group[other]))
        if pair[0] == pair[1]:
            inside[pair[0]].append((one, other))
        else:
            between[pair] = between.get(pair, 0) + 1
    local = [_inside(rows, links, radii) for rows, links in zip(members, inside, strict=True)]
    disc = [float(np.hypot(found[:, 0], found[:, 1]).max()) + 34 if len(found) else 0.0 for found in local]
    centres = _pack(disc, between)
    places: list[tuple[int, int]] = [(0, 0)] * count
    for rows, found, centre in zip(members, local, centres, strict=True):
        for row, (x, y) in zip(rows, (found + centre).tolist(), strict=True):
            places[row] = (round(x), round(y))
    groups = [{"x": round(float(centre[0])), "y": round(float(centre[1])), "r": round(radius), "links": []}
              for centre, radius in zip(centres, disc, strict=True)]
    for number, links in enumerate(_strongest(len(members), between)):
        groups[number]["links"] = links
    return places, group, groups


def _communities(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Sorted members of each group, the largest first; small ones together at the end. Same input, same groups: nodes are numbers."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    for one, other in edges:
        if graph.has_edge(one, other):
            graph[one][other]["weight"] += 1
        else:
            graph.add_edge(one, other, weight=1)
    found = [sorted(rows) for rows in nx.community.louvain_communities(graph, weight="weight", seed=0, threshold=1e-4)]
    large = sorted((rows for rows in found if len(rows) >= LONE), key=lambda rows: (-len(rows), rows))
    rest = sorted(row for rows in found if len(rows) < LONE for row in rows)
    return [*large, *_cut(rest, 150)]


CLOSELY = 3000
"""Up to so many in a group each is held against each in every round; of more there are fewer rounds, so that the work stays the same."""


def _cut(rows: list[int], size: int) -> list[list[int]]:
    return [rows[start:start + size] for start in range(0, len(rows), size)]


def _inside(rows: list[int], links: list[tuple[int, int]], radii: Sequence[float]) -> Places:
    """Places around (0, 0): springs with repulsion between all, then no two closer than their sizes want."""
    import numpy as np

    count = len(rows)
    number = {row: index for index, row in enumerate(rows)}
    turn = np.arange(count)
    start = np.sqrt((turn + 0.5) / count)
    places: Places = np.stack([start * np.cos(turn * 2.399963), start * np.sin(turn * 2.399963)], axis=1)
    size = np.array([radii[row] for row in rows])
    if not links:  # a spiral is as good as anything
        places *= float(np.sqrt((2 * size + 16) @ (2 * size + 16) / 2.4))
        return places
    ends = np.array([(number[one], number[other]) for one, other in links])
    share = min(1.0, (CLOSELY / count) ** 2)
    rounds = 60 if count <= 400 else max(3, round(30 * share))
    ideal = 1.5 / count ** 0.5
    room = [np.empty((min(count, ROWS), count), np.float32) for _ in range(4)]
    for step in range(rounds):
        move = _apart(places, ideal ** 2, room)
        along = places[ends[:, 0]] - places[ends[:, 1]]
        pull = along * (np.hypot(along[:, 0], along[:, 1]) / ideal)[:, None]
        for axis in (0, 1):
            move[:, axis] += np.bincount(ends[:, 1], pull[:, axis], count) - np.bincount(ends[:, 0], pull[:, axis], count)
        move -= places * 0.6
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        places = places + move * (np.minimum(length, 0.15 * (1 - step / rounds)) / length)[:, None]
    places = places - places.mean(axis=0)
    places *= float(np.sqrt((2 * size + 22) @ (2 * size + 22) / 2)) / max(1e-9, float(np.hypot(places[:, 0], places[:, 1]).max()))
    for _ in range(max(3, round(30 * share))):
        one, other = _too_near(places, size, room)
        if not len(one):
            break
        gap = np.hypot(places[one, 0] - places[other, 0], places[one, 1] - places[other, 1])
        push = (places[one] - places[other]) * ((size[one] + size[other] + 12 - gap) * 0.4 / np.maximum(gap, 0.5))[:, None]
        places = places + np.stack([np.bincount(one, push[:, axis], count) for axis in (0, 1)], axis=1)
    return places


def _apart(places: Places, strength: float, room: Sequence[Places]) -> Places:
    """How far each is pushed away from all others: by `strength` over the square of their distance, times the way between them."""
    import numpy as np

    moves = np.empty_like(places)
    for start, dx, dy, square in _squares(places, room):
        np.maximum(square, 1e-4, out=square)
        np.divide(strength, square, out=square)
        np.multiply(dx, square, out=dx)
        np.multiply(dy, square, out=dy)
        moves[start:start + ROWS, 0] = dx.sum(axis=1)
        moves[start:start + ROWS, 1] = dy.sum(axis=1)
    return moves


def _too_near(places: Places, size: Places, room: Sequence[Places]) -> tuple[Places, Places]:
    """The pairs that overlap, each from both sides: few, so only these are looked at closely."""
    import numpy as np

    found = []
    for start, wanted, _, square in _squares(places, room):
        np.add(size[start:start + ROWS, None], size[None, :] + 12, out=wanted, casting="same_kind")
        np.multiply(wanted, wanted, out=wanted)
        wanted[np.arange(len(wanted)), start + np.arange(len(wanted))] = 0
        one, other = np.nonzero(square < wanted)
        found.append((one + start, other))
    return np.concatenate([one for one, _ in found]), np.concatenate([other for _, other in found])


def _squares(places: Places, room: Sequence[Places]) -> Iterator[tuple[int, Places, Places, Places]]:
    """The way from every place to every other, across and down, and its square, so many rows at a time in the same `room`.

    Fresh memory for every step costs more than the sums, and that of a whole group would grow with its square.
    """
    import numpy as np

    x, y = places.astype(np.float32).T
    for start in range(0, len(places), ROWS):
        dx, dy, square, other = (part[:len(places) - start] for part in room)
        np.subtract(x[start:start + ROWS, None], x[None, :], out=dx)
        np.subtract(y[start:start + ROWS, None], y[None, :], out=dy)
        np.multiply(dx, dx, out=square)
        np.multiply(dy, dy, out=other)
        square += other
        yield start, dx, dy, square


def _pack(disc: Sequence[float], between: dict[tuple[int, int], int]) -> Places:
    """Centres of discs that do not overlap; those with many links between them near each other; wider than high."""
    import numpy as np

    count = len(disc)
    radius = np.array(disc)
    turn = np.arange(count)
    scale = float(np.sqrt((radius ** 2).sum()))
    places: Places = np.stack([np.sqrt(turn / max(1, count)) * np.cos(turn * 2.399963), np.sqrt(turn / max(1, count)) * np.sin(turn * 2.399963)], axis=1) * scale
    weight = np.zeros((count, count))
    for (one, other), links in sorted(between.items()):
        weight[one, other] = weight[other, one] = links
    weight /= max(1.0, float(weight.max()))
    for step in range(120):
        cool = 1 - step / 120
        dx, dy = places[:, 0][:, None] - places[:, 0][None, :], places[:, 1][:, None] - places[:, 1][None, :]
        gap = np.maximum(np.hypot(dx, dy), 1e-6)
        touch = radius[:, None] + radius[None, :] + 12
        attract = weight * np.maximum(gap - touch, 0) * 0.05 * cool / gap
        np.fill_diagonal(attract, 0)
        short = np.maximum(touch - gap, 0)
        np.fill_diagonal(short, 0)
        push = short * 0.35 / gap
        force = push - attract
        move = np.stack([(dx * force).sum(axis=1), (dy * force).sum(axis=1)], axis=1)
        move -= places * np.array([0.012, 0.02]) * cool
        places = places + np.clip(move, -scale / 5, scale / 5)
    for _ in range(200):  # at last only: no overlap
        dx, dy = places[:, 0][:, None] - places[:, 0][None, :], places[:, 1][:, None] - places[:, 1][None, :]
        gap = np.maximum(np.hypot(dx, dy), 1e-6)
        short = np.maximum(radius[:, None] + radius[None, :] + 8 - gap, 0)
        np.fill_diagonal(short, 0)
        if float(short.max(initial=0)) < 1:
            break
        push = (short + 1) * (short > 0) * 0.3 / gap
        places = places + np.stack([(dx * push).sum(axis=1), (dy * push).sum(axis=1)], axis=1)
    if not count:
        return places
    wider: Places = (places - places.mean(axis=0)) * np.array([1.2, 1.0])  # screens lie
    return wider


def _strongest(count: int, between: dict[tuple[int, int], int]) -> list[list[list[int]]]:
    """For each group, its strongest links to groups with a higher number that are among the strongest of either end."""
    by_group: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for (one, other), links in between.items():
        by_group[one].append((-links, other))
        by_group[other].append((-links, one))
    kept: dict[tuple[int, int], int] = {}
    for number, found in enumerate(by_group):
        for links, other in sorted(found)[:LINKS]:
            kept[min(number, other), max(number, other)] = -links
    result: list[list[list[int]]] = [[] for _ in range(count)]
    for (one, other), links in sorted(kept.items()):
        result[one].append([other, links])
    return result
