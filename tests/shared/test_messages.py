"""Refusals are exceptions like any other, and say what a person needs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from shared.core.messages import Forbidden, Rejected


@contextmanager
def _plain() -> Iterator[None]:
    yield


@asynccontextmanager
async def _waiting() -> AsyncIterator[None]:
    yield


@pytest.mark.parametrize("kind", [Rejected, Forbidden])
async def test_a_refusal_leaves_a_context_as_itself(kind: type[Rejected]) -> None:
    async def refused() -> None:
        async with _waiting():
            with _plain():
                raise kind("too_late", "it is over")

    with pytest.raises(kind, match="too_late: it is over"):
        await refused()


def test_being_forbidden_is_a_refusal_and_names_the_field() -> None:
    refusal = Forbidden("outside_unit", "not yours", "unit")
    assert isinstance(refusal, Rejected)
    assert (refusal.code, refusal.detail, refusal.field) == ("outside_unit", "not yours", "unit")
    assert str(Rejected("too_late")) == "too_late"
