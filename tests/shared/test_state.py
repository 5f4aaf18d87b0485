"""The quick copy of a state is the copy that dataclasses would make."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.core.state import replace
from tests.shared.toy.decider import Purse

PURSES = st.builds(
    Purse,
    status=st.sampled_from(["none", "open", "closed"]),
    territory=st.text(),
    fen=st.integers(),
)
CHANGES = st.fixed_dictionaries({}, optional={"territory": st.text(), "fen": st.integers()})


@given(PURSES, CHANGES)
def test_it_is_the_copy_that_dataclasses_make(purse: Purse, changes: dict[str, Any]) -> None:
    before = dataclasses.astuple(purse)
    copy = replace(purse, **changes)
    slow = dataclasses.replace(purse, **changes)
    assert type(copy) is Purse
    assert (copy, hash(copy), repr(copy)) == (slow, hash(slow), repr(slow))
    assert dataclasses.astuple(purse) == before


def test_a_field_that_does_not_exist_is_refused() -> None:
    with pytest.raises(TypeError, match="yuan"):
        replace(Purse(), yuan=1)  # type: ignore[call-arg]


def test_the_copy_cannot_be_changed() -> None:
    copy = replace(Purse(), fen=1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        copy.fen = 2  # type: ignore[misc]
