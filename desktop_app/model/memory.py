"""Half a million small objects that all stay make Python's collector look at them again and again for nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector() -> Iterator[None]:
    """No cyclic collection inside; reference counting goes on, and the collector's state is put back after.

    What was made inside goes to the oldest generation unseen: looking through it at once would take a tenth of the time
    that making it took.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
