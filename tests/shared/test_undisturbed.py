"""The garbage collector waits while pages are worked on, and is as it was afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from shared.ops.undisturbed import YOUNG, undisturbed

USUAL = (12_345, 7, 8)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """A collector that is set in a way of its own."""
    before = gc.get_threshold()
    gc.set_threshold(*USUAL)
    yield
    gc.set_threshold(*before)


def test_it_waits_and_is_as_it_was_after_a_fault_too() -> None:
    with suppress(ZeroDivisionError), undisturbed():
        assert gc.get_threshold() == (YOUNG, 7, 8)
        raise ZeroDivisionError
    assert gc.get_threshold() == USUAL


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_at_once_the_last_one_sets_it_back(first: int) -> None:
    both = [ExitStack(), ExitStack()]
    for one in both:
        one.enter_context(undisturbed())
    both[first].close()
    assert gc.get_threshold() == (YOUNG, 7, 8)
    both[1 - first].close()
    assert gc.get_threshold() == USUAL
