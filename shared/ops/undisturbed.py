"""Work on pages of a log: hundreds of thousands of new objects, and no cycles among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# More than a few pages and the rows folded from them leave alive.
YOUNG = 400_000

_entered: list[tuple[int, int, int]] = []


@contextmanager
def undisturbed() -> Iterator[None]:
    """The garbage collector does not go through pages that live for a moment.

    Everything in them is freed without it. It would take a third of all the processor time of a
    rebuild as Python sets it, a fifth as `collector.settle` does. May be entered again meanwhile.
    """
    _entered.append(gc.get_threshold())
    gc.set_threshold(YOUNG, *_entered[0][1:])
    try:
        yield
    finally:
        usual = _entered[0]
        _entered.pop()
        if not _entered:
            gc.set_threshold(*usual)
