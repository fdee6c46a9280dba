"""Where the nodes of a small graph stand, so that every name can be read: same input, same places.

Stress majorization (Gansner, Koren, North: Graph drawing by stress majorization, 2004) places nodes as far apart as the
paths between them are long; a few rounds of springs (Fruchterman, Reingold 1991) even that out; each axis is then stretched
towards an even spread; and the boxes of nodes with their names are pushed apart. One unit is one pixel of a 1440 × 900 screen.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Places = NDArray[Any]

SMALL = 150
"""Up to so many nodes every name gets its own room."""
WIDTH, HEIGHT = 800.0, 620.0
SCREEN, MIDDLES = (836.0, 700.0), (690.0, 640.0)
"""What a screen of 1440 × 900 shows of the picture, and the part that the middles of its nodes are fitted into (`fit` in canvas.js)."""
SCALES = (1.0, 0.85, 0.7, 0.6, 0.5)
FULL = 0.55
"""The share of the screen that boxes may fill: beyond it they jam."""
NEAR = 250.0
"""Pixels that a node may be taken from where it belongs before a smaller scale is tried."""
LINE_HEIGHT = 15.0
LETTER = 7.2
"""Width of a letter of a name in pixels, generously."""
ONE_LINE, LONGEST = 20, 26
"""Names that are longer stand on two lines, as `labels.js` writes them, neither longer than `LONGEST` letters."""


def label_size(name: str) -> tuple[float, float]:
    """Width and height that a name needs, in pixels; wide letters (as in Chinese) count twice."""
    lines = [name]
    if len(name) > ONE_LINE and " " in name:
        cut = min((at for at, letter in enumerate(name) if letter == " "), key=lambda at: (max(at, len(name) - at - 1), at))
        lines = [name[:cut], name[cut + 1:]]
    wide = max(min(LONGEST, sum(2 if ord(letter) > 0x2E80 else 1 for letter in line)) for line in lines)
    return LETTER * wide + 6, LINE_HEIGHT * len(lines) + 4


def place(count: int, edges: Sequence[tuple[int, int]], radii: Sequence[float], labels: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """A place in pixels for each of `count` nodes with these radii and sizes of names; the middle of the picture is (0, 0).

    Names keep their size when the page fits the picture into the screen, nodes do not: so each scale is tried, the largest first,
    with boxes as they are on the screen then.
    """
    import numpy as np

    if count < 2:
        return [(0, 0)] * count
    apart = _distances(count, edges)
    random = np.random.default_rng(0)
    tries = [_stress(random.uniform(-1, 1, (count, 2)) * apart.max(), apart) for _ in range(4)]
    places = min(tries, key=lambda found: found[1])[0]
    places = _spread(_upright(_springs(places, edges)))
    wide, high, radius = np.array([wide for wide, _ in labels]), np.array([high for _, high in labels]), np.array(radii)
    weight = np.bincount(np.array(edges, dtype=int).ravel(), minlength=count)
    best: tuple[float, float, Places] | None = None
    for scale in SCALES:
        half, up, down = np.maximum(wide, 2 * radius * scale) / 2 + 3, radius * scale + 4, radius * scale + high
        if float(np.sum(2 * half * (up + down))) > FULL * SCREEN[0] * SCREEN[1]:
            continue
        pushed = _push_apart(places * [MIDDLES[0] / 2, MIDDLES[1] / 2], half, up, down, SCREEN, rounds=150, grow=1.0)
        settled, far = _settle(np.clip(pushed, [-MIDDLES[0] / 2, -MIDDLES[1] / 2], [MIDDLES[0] / 2, MIDDLES[1] / 2]), half, up, down, weight)
        if best is None or far < best[0]:
            best = far, scale, settled
        if far <= NEAR:
            break
    if best and best[0] < np.inf:
        return [(round(x), round(y)) for x, y in (best[2] / best[1]).tolist()]
    half, up, down = np.maximum(wide, 2 * radius) / 2 + 5, radius + 8, radius + high
    room = float(np.sum(2 * half * (up + down)))
    size = max(1.0, (2.1 * room / (WIDTH * HEIGHT)) ** 0.5)
    places = _push_apart(places * [WIDTH * size / 2, HEIGHT * size / 2], half, up, down, (WIDTH * size, HEIGHT * size))
    return [(round(x), round(y)) for x, y in places.tolist()]


def _distances(count: int, edges: Sequence[tuple[int, int]]) -> Places:
    """Steps between nodes; between parts that are not connected, half the longest path and a step more."""
    import numpy as np

    near: list[set[int]] = [set() for _ in range(count)]
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    apart = np.full((count, count), np.inf)
    for start in range(count):
        row = apart[start]
        row[start] = 0
        queue = deque([start])
        while queue:
            here = queue.popleft()
            for there in sorted(near[here]):
                if row[there] == np.inf:
                    row[there] = row[here] + 1
                    queue.append(there)
    longest = float(apart[apart < np.inf].max())
    apart[apart == np.inf] = max(2.0, longest / 2 + 1)
    return apart


def _stress(places: Places, apart: Places, rounds: int = 150) -> tuple[Places, float]:
    """Guttman transforms with weights d^-2, and the stress that is left."""
    import numpy as np

    ideal = apart + np.eye(len(apart))
    weight = ideal ** -2.0
    np.fill_diagonal(weight, 0)
    total = weight.sum(axis=1, keepdims=True)
    for _ in range(rounds):
        now = _lengths(places)
        pull = weight * np.where(now > 1e-9, ideal / np.maximum(now, 1e-9), 0)
        x, y = places[:, 0], places[:, 1]
        dx = (weight * x[None, :] + pull * (x[:, None] - x[None, :])).sum(axis=1)
        dy = (weight * y[None, :] + pull * (y[:, None] - y[None, :])).sum(axis=1)
        places = np.stack([dx, dy], axis=1) / total
    return places, float((weight * (_lengths(places) - ideal) ** 2).sum())


def _lengths(places: Places) -> Places:
    import numpy as np

    x, y = places[:, 0], places[:, 1]
    lengths: Places = np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :])
    return lengths


def _springs(places: Places, edges: Sequence[tuple[int, int]], rounds: int = 40, heat: float = 0.12) -> Places:
    import numpy as np

    count = len(places)
    places = places / max(1e-9, float(np.abs(places).max()))
    ideal = 1.6 / count ** 0.5
    joined = np.zeros((count, count))
    for one, other in edges:
        joined[one, other] = joined[other, one] = 1
    np.fill_diagonal(joined, 0)
    for turn in range(rounds):
        x, y = places[:, 0], places[:, 1]
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        length = np.maximum(np.hypot(dx, dy), 0.01)
        force = ideal ** 2 / length ** 2 - joined * length / ideal
        move = np.stack([(dx * force).sum(axis=1), (dy * force).sum(axis=1)], axis=1)
        move -= places * 0.3
        size = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        places = places + move * (np.minimum(size, heat * (1 - turn / rounds)) / size)[:, None]
    return places


def _upright(places: Places) -> Places:
    """Turned so that the longest way through the picture lies level."""
    import numpy as np

    centred = places - places.mean(axis=0)
    x, y = centred[:, 0], centred[:, 1]
    angle = 0.5 * float(np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum()))
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([x * cos + y * sin, y * cos - x * sin], axis=1)


def _spread(places: Places, even: float = 0.55) -> Places:
    """Each axis from -1 to 1, part as it is, part by rank."""
    import numpy as np

    columns = []
    for column in (places[:, 0], places[:, 1]):
        low, high = float(column.min()), float(column.max())
        as_is = (column - low) / (high - low) * 2 - 1 if high > low else np.zeros_like(column)
        rank = np.empty(len(column))
        rank[np.argsort(np.round(column, 9), kind="stable")] = np.linspace(-1, 1, len(column))
        columns.append((1 - even) * as_is + even * rank)
    return np.stack(columns, axis=1)


def _settle(places: Places, half: Places, up: Places, down: Places, weight: Places) -> tuple[Places, float]:
    """What still overlaps, what has few lines first, goes to the nearest free place; how far one went at most, infinite if one found none."""
    import numpy as np

    places, far = places.copy(), 0.0
    middle, tall = (down - up) / 2, (up + down) / 2
    across, along = np.meshgrid(*(np.arange(-size / 2, size / 2 + 1, 6.0) for size in MIDDLES))
    everywhere = np.stack([across.ravel(), along.ravel()], axis=1)
    for k in np.argsort(weight, kind="stable"):
        def free(spots: Places, k: int = k) -> Places:
            over_x = half + half[k] - np.abs(spots[:, 0, None] - places[None, :, 0])
            over_y = tall + tall[k] - np.abs(spots[:, 1, None] + middle[k] - places[None, :, 1] - middle[None, :])
            hit = (over_x > 0) & (over_y > 0)
            hit[:, k] = False
            inside: Places = ~hit.any(axis=1) & (np.abs(spots[:, 0]) <= SCREEN[0] / 2 - half[k])
            return inside

        if free(places[k:k + 1])[0]:
            continue
        spots = everywhere[free(everywhere)]
        if not len(spots):
            return places, np.inf
        steps = np.hypot(spots[:, 0] - places[k, 0], spots[:, 1] - places[k, 1])
        far = max(far, float(steps.min()))
        places[k] = spots[steps.argmin()]
    return places, far


def _push_apart(places: Places, half: Places, up: Places, down: Places, room: tuple[float, float], rounds: int = 500, grow: float = 1.04) -> Places:
    """Boxes that overlap are moved apart along the shorter way, within the picture, which grows where there is no room."""
    import numpy as np

    x, y = places[:, 0].copy(), places[:, 1].copy()
    wide, high = room
    for turn in range(rounds):
        if turn and turn % 50 == 0:
            wide, high = wide * grow, high * grow
        middle = y + (down - up) / 2
        dx, dy = x[:, None] - x[None, :], middle[:, None] - middle[None, :]
        over_x = half[:, None] + half[None, :] - np.abs(dx)
        over_y = ((up + down)[:, None] + (up + down)[None, :]) / 2 - np.abs(dy)
        hit = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(hit, val=False)
        if not hit.any():
            break
        order = np.sign(np.arange(len(x))[:, None] - np.arange(len(x))[None, :])
        side = hit & (over_x < over_y)
        above = hit & ~side
        x += (np.where(side, np.where(dx == 0, order, np.sign(dx)) * (over_x + 1), 0).sum(axis=1)) * 0.3
        y += (np.where(above, np.where(dy == 0, order, np.sign(dy)) * (over_y + 1), 0).sum(axis=1)) * 0.3
        x = np.clip(x, half - wide / 2, wide / 2 - half)
        y = np.clip(y, up - high / 2, high / 2 - down)
    return np.stack([x, y], axis=1)
