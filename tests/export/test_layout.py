"""Where nodes stand: on the screen that the page is fitted into, no name touches another name or node."""

from __future__ import annotations

import random

import pytest

from graph.export.html.layout import MIDDLES, label_size, place


def crowd(seed: int) -> tuple[list[tuple[int, int]], list[float], list[tuple[float, float]]]:
    """Two in the middle of most lines, as in a case of two people."""
    draw = random.Random(seed)
    count = draw.randint(2, 46)
    edges = [(n, draw.randrange(min(n, 2))) for n in range(1, count) if draw.random() < 0.9]
    edges += [(draw.randrange(count), draw.randrange(count)) for _ in range(count // 2)]
    edges = [(a, b) for a, b in edges if a != b]
    degree = [sum(n in edge for edge in edges) for n in range(count)]
    return edges, [9 + 2.6 * d ** 0.5 for d in degree], [label_size("x" * draw.randint(4, 17)) for _ in range(count)]


@pytest.mark.parametrize("seed", range(12))
def test_no_name_touches_another_at_the_scale_of_the_first_screen(seed):
    edges, radii, labels = crowd(seed)
    places = place(len(radii), edges, radii, labels)
    spans = [max(1, max(p[axis] for p in places) - min(p[axis] for p in places)) for axis in (0, 1)]
    scale = min(MIDDLES[0] / spans[0], MIDDLES[1] / spans[1], 1.3)
    boxes = [(x * scale - wide / 2, x * scale + wide / 2, y * scale - radius * scale, y * scale + radius * scale + high)
             for (x, y), radius, (wide, high) in zip(places, radii, labels, strict=True)]
    touching = [(a, b) for a in range(len(boxes)) for b in range(a)
                if boxes[a][0] < boxes[b][1] and boxes[a][1] > boxes[b][0] and boxes[a][2] < boxes[b][3] and boxes[a][3] > boxes[b][2]]
    assert touching == []


def test_the_same_graph_has_the_same_places():
    assert place(len(crowd(3)[1]), *crowd(3)) == place(len(crowd(3)[1]), *crowd(3))
