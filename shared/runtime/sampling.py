"""How a service loads its part of the sample district."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from shared.core.sample import Sample

Loader = Callable[[Sample], Coroutine[None, None, None]]


async def nothing(_: Sample) -> None:
    """The service has nothing to load then."""


@dataclass(frozen=True)
class Sampling:
    """`ground` is what other services' parts stand on: loaded one service after the other. `rest`
    comes beside theirs. `shown` returns when the service's read models show all that was loaded.
    What is there already stays single.

    They raise StandsStill without a worker, FeedUnavailable without another service, and `ground`
    Unsuited where the sample does not fit what is there.
    """

    shown: Loader
    ground: Loader = nothing
    rest: Loader = nothing
