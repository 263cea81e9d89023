"""Where the nodes of a graph are drawn."""

from itertools import combinations, pairwise
from math import ceil, dist, sqrt
from random import Random
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.lenses.layout import APART, graph_layout

Edges = list[tuple[str, str, float]]


def names(count: int) -> list[str]:
    return [f"code {n}" for n in range(count)]


def random_graph(count: int, edges: int, seed: int = 1) -> tuple[list[str], Edges]:
    random, nodes = Random(seed), names(count)
    pairs = random.sample(list(combinations(nodes, 2)), edges)
    return nodes, [(one, other, random.uniform(0.5, 20)) for one, other in pairs]


def nearest(spots: dict[str, tuple[float, float]]) -> float:
    return min(dist(one, other) for one, other in combinations(spots.values(), 2))


def readable(count: int) -> float:
    return APART / ceil(sqrt(count))


def test_nothing_is_nowhere_and_one_node_is_in_the_middle() -> None:
    assert graph_layout([], []) == {}
    assert graph_layout(["only"], []) == {"only": (0.5, 0.5)}


def test_heavier_edges_draw_their_nodes_nearer() -> None:
    spots = graph_layout(["a", "b", "c"], [("a", "b", 9.0), ("b", "c", 1.0), ("a", "c", 1.0)])
    assert dist(spots["a"], spots["b"]) < dist(spots["b"], spots["c"])
    assert dist(spots["a"], spots["b"]) < dist(spots["a"], spots["c"])


def test_two_groups_stay_two_groups() -> None:
    nodes = names(12)
    first, second = nodes[:6], nodes[6:]
    edges = [(*pair, 3.0) for group in (first, second) for pair in combinations(group, 2)]
    spots = graph_layout(nodes, [*edges, (first[0], second[0], 1.0)])
    middles = [tuple(sum(spots[name][axis] for name in group) / 6 for axis in (0, 1)) for group in (first, second)]
    for group, own, other in ((first, *middles), (second, *reversed(middles))):
        assert all(dist(spots[name], own) < dist(spots[name], other) for name in group)


def test_nodes_without_edges_stand_in_rows_below_all_others() -> None:
    nodes = [*names(20), *"vwxyz"]
    edges: Edges = [(one, other, 1.0) for one, other in pairwise(nodes[:20])]
    spots = graph_layout(nodes, edges)
    below = [spots[name] for name in "vwxyz"]
    assert len({y for _, y in below}) == 1
    assert [x for x, _ in below] == sorted({x for x, _ in below})
    assert all(spots[name][1] < below[0][1] for name in nodes[:20])


def test_parts_do_not_lie_in_one_another() -> None:
    nodes = names(9)
    triangles = [nodes[at : at + 3] for at in (0, 3, 6)]
    spots = graph_layout(nodes, [(*pair, 1.0) for triangle in triangles for pair in combinations(triangle, 2)])
    for one, other in combinations(triangles, 2):
        apart = [
            max(spots[name][axis] for name in first) < min(spots[name][axis] for name in second)
            for axis in (0, 1)
            for first, second in ((one, other), (other, one))
        ]
        assert any(apart)


def test_the_same_graph_looks_the_same_whatever_the_order_of_its_edges() -> None:
    for count, edges in ((12, 20), (60, 150)):
        nodes, pairs = random_graph(count, edges)
        turned = [(other, one, weight) for one, other, weight in reversed(pairs)]
        assert graph_layout(nodes, pairs) == graph_layout(nodes, pairs) == graph_layout(nodes, turned)


def test_edges_that_say_nothing_are_left_out() -> None:
    nodes = ["a", "b", "c"]
    plain: Edges = [("a", "b", 2.0), ("b", "c", 3.0)]
    odd: Edges = [("a", "gone", 5.0), ("b", "b", 9.0), ("a", "c", 0.0), ("a", "c", -1.0), ("a", "c", float("nan"))]
    assert graph_layout(nodes, [*plain, *odd, ("a", "c", float("inf"))]) == graph_layout(nodes, plain)
    assert graph_layout(nodes, [("a", "b", 1.0), ("b", "c", 3.0), ("b", "a", 1.0)]) == graph_layout(nodes, plain)


def test_a_large_graph_is_readable_and_there_at_once() -> None:
    nodes, edges = random_graph(200, 1000)
    graph_layout(*random_graph(50, 100))  # what is imported does not count
    began = perf_counter()
    spots = graph_layout(nodes, edges)
    assert perf_counter() - began < 2.0  # 0.2 s on a machine that has nothing else to do
    assert nearest(spots) > 0.99 * readable(200)


@given(st.integers(2, 45), st.floats(0, 2), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_every_node_has_a_spot_of_its_own_in_the_square(count: int, density: float, seed: int) -> None:
    nodes, edges = random_graph(count, min(int(count * density), count * (count - 1) // 2), seed)
    spots = graph_layout(nodes, edges)
    assert list(spots) == nodes
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in spots.values())
    assert nearest(spots) > 0.9 * readable(count)


def test_a_star_and_a_chain_are_readable() -> None:
    nodes = names(30)
    star: Edges = [(nodes[0], name, 1.0) for name in nodes[1:]]
    chain: Edges = [(one, other, 1.0) for one, other in pairwise(nodes)]
    assert nearest(graph_layout(nodes, star)) > 0.99 * readable(30)
    assert nearest(graph_layout(nodes, chain)) > 0.99 * readable(30)
