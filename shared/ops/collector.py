"""The garbage collector, told what the memory of a server looks like."""

from __future__ import annotations

import gc

# New objects that bring on a collection; Python's own 700 is one every two requests or so.
YOUNG = 20_000


def settle() -> None:
    """Leave what exists now out of every later collection, and make those rare.

    To be called once, when a process has imported and built what it will serve with. Otherwise
    full collections go through all of that again and again, and every request waits: some 100 ms,
    several times a minute, and a quarter of all the processor time (`python -m bench http`).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
