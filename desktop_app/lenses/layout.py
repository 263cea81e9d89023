"""Where the nodes of a graph are drawn: heavier edges draw their nodes nearer; the same graph always looks the same.

Each connected part is laid out by itself, small ones after Kamada and Kawai (1989, Information Processing Letters 31),
which keeps distances best, larger ones after Fruchterman and Reingold (1991, Software: Practice and Experience 21). The
parts share the square by their numbers of nodes, so that none drifts off, and nodes without edges stand in rows below.
Then nodes that are too near for their names are pushed apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, inf, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

Spot = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left, top, width and height."""

SMALL = 40
"""Nodes up to which the method of Kamada and Kawai is quick enough."""
STEPS = 60
SEED = 1
APART = 0.6
"""The least distance of two nodes, as a share of the spacing that a square grid of all nodes would have."""
PUSHES = 300


def graph_layout(nodes: Sequence[str], edges: Sequence[tuple[str, str, float]]) -> dict[str, Spot]:
    """A spot in the unit square for every node, ``(0, 0)`` at the top left; the third of an edge is its weight.

    Edges to nodes that are not there, from a node to itself, and of a weight that is not above 0 and finite are left
    out; the weights of one pair add up. The same graph has the same layout, whatever the order of its edges.
    """
    if not nodes:
        return {}
    graph = _graph(nodes, edges)
    side = ceil(sqrt(len(graph)))
    parts, alone = _parts(graph)
    together = len(graph) - len(alone)
    rows = [alone[at : at + side] for at in range(0, len(alone), side)]
    height = 1 / (ceil(together / side) + len(rows))
    bottom = 1 - height * len(rows)
    margin = APART / 2 / side
    inside = (margin, margin, 1 - 2 * margin, bottom - 2 * margin)
    spots: dict[str, Spot] = {}
    for part, area in _shared(parts, inside):
        spots |= _fitted(_shape(graph, part), area)
    spots = _pushed_apart(spots, APART / side, inside)
    for row, names in enumerate(rows):
        for column, name in enumerate(names):
            spots[name] = ((column + 0.5) / len(rows[0]), bottom + height * (row + 0.5))
    return {name: spots[name] for name in graph}


def _graph(nodes: Iterable[str], edges: Iterable[tuple[str, str, float]]) -> "nx.Graph":
    """The graph with ``weight`` (the heaviest is 1) and ``length`` (1 for the heaviest, towards 2 for the lightest)."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(nodes)
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for one, other, weight in sorted((min(a, b), max(a, b), weight) for a, b, weight in edges if 0 < weight < inf):
        if one != other and one in graph and other in graph:
            weights[one, other] += weight
    heaviest = max(weights.values(), default=1.0)
    for (one, other), weight in weights.items():
        graph.add_edge(one, other, weight=weight / heaviest, length=2 - weight / heaviest)
    return graph


def _parts(graph: "nx.Graph") -> tuple[list[list[str]], list[str]]:
    """The connected parts of two nodes or more, largest first, and the nodes without edges; in the order of nodes."""
    import networkx as nx

    found = [set(part) for part in nx.connected_components(graph)]
    of = {name: place for place, part in enumerate(found) for name in part}
    parts: list[list[str]] = [[] for _ in found]
    for name in graph:
        parts[of[name]].append(name)
    connected = [part for part in parts if len(part) > 1]
    return sorted(connected, key=len, reverse=True), [part[0] for part in parts if len(part) == 1]


def _shape(graph: "nx.Graph", part: Sequence[str]) -> dict[str, Spot]:
    """A connected part laid out by itself, in any measure."""
    import networkx as nx

    own = nx.Graph()
    own.add_nodes_from(part)
    own.add_edges_from(sorted(graph.subgraph(part).edges(data=True), key=lambda edge: edge[:2]))
    if len(part) <= SMALL:
        found = nx.kamada_kawai_layout(own, weight="length")
    else:
        found = nx.spring_layout(own, iterations=STEPS, seed=SEED)
    return {name: (float(x), float(y)) for name, (x, y) in found.items()}


def _shared(parts: Sequence[Sequence[str]], area: Area) -> Iterator[tuple[Sequence[str], Area]]:
    """The area divided among the parts by their numbers of nodes: cut across its longer side into two halves, again
    and again."""
    if len(parts) == 1:
        yield parts[0], area
    if len(parts) < 2:
        return
    whole = sum(map(len, parts))
    cut, first = 1, len(parts[0])
    while cut < len(parts) - 1 and first + len(parts[cut]) <= whole / 2:
        first += len(parts[cut])
        cut += 1
    left, top, width, height = area
    share = first / whole
    if width >= height:
        yield from _shared(parts[:cut], (left, top, width * share, height))
        yield from _shared(parts[cut:], (left + width * share, top, width * (1 - share), height))
    else:
        yield from _shared(parts[:cut], (left, top, width, height * share))
        yield from _shared(parts[cut:], (left, top + height * share, width, height * (1 - share)))


def _fitted(shape: Mapping[str, Spot], area: Area) -> dict[str, Spot]:
    """The shape stretched into an area, a twentieth of it kept free on each side; a line lies in its middle."""
    left, top, width, height = area

    def along(values: Sequence[float], start: float, length: float) -> list[float]:
        low, extent = min(values), max(values) - min(values)
        if extent < 1e-6:
            return [start + length / 2] * len(values)
        return [start + length * (0.05 + 0.9 * (value - low) / extent) for value in values]

    across = along([x for x, _ in shape.values()], left, width)
    down = along([y for _, y in shape.values()], top, height)
    return dict(zip(shape, zip(across, down, strict=True), strict=True))


def _pushed_apart(spots: Mapping[str, Spot], apart: float, inside: Area) -> dict[str, Spot]:
    """The spots with each two that are nearer than ``apart`` moved away from each other, as far as there is room."""
    if len(spots) < 2:
        return dict(spots)
    import numpy as np

    left, top, width, height = inside
    low, high = np.array([left, top]), np.array([left + width, top + height])
    # Where two lie on one spot, a turn of their own for each tells them where to go.
    turns = np.arange(len(spots)) * 2.399963
    at = np.array(list(spots.values())) + 1e-6 * np.column_stack([np.cos(turns), np.sin(turns)])
    aim = 1.02 * apart
    for _ in range(PUSHES):
        between = at[:, None] - at[None]
        far = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(far, inf)
        if far.min() >= apart:
            break
        push = np.maximum(aim - far, 0) / (2 * np.maximum(far, 1e-9))
        at = np.clip(
            at + (between * push[..., None]).sum(axis=1) / np.maximum((push > 0).sum(axis=1), 1)[:, None], low, high
        )
    return {name: (float(x), float(y)) for name, (x, y) in zip(spots, at, strict=True)}
