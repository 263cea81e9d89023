"""Pausing the collector: what is made inside is neither collected nor lost, and all is as before."""

import gc
import weakref

from desktop_app.model.memory import paused_collector


class Ring:
    """Something that only the collector can take away."""

    def __init__(self) -> None:
        self.own = self


def test_nothing_is_collected_inside_and_everything_after() -> None:
    gc.collect()
    with paused_collector():
        assert not gc.isenabled()
        ring = weakref.ref(Ring())
        made: list[list[int]] = [[] for _ in range(5000)]
        assert ring() is not None
    assert gc.isenabled()
    assert len(made) == 5000
    gc.collect()
    assert ring() is None
    assert gc.get_freeze_count() == 0


def test_what_was_made_is_not_looked_through_at_once() -> None:
    gc.collect()
    before = sum(generation["collections"] for generation in gc.get_stats())
    with paused_collector():
        made: list[list[int]] = [[] for _ in range(5000)]
    made.append([])
    assert sum(generation["collections"] for generation in gc.get_stats()) == before


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with paused_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
