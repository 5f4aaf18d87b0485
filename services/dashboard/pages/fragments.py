"""Parts of pages that many people see alike, rendered once for each position of what they show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

KEPT = 2_000


class Fragments:
    """The latest KEPT parts, by what they show and up to where that is true."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, str] = OrderedDict()

    async def of(self, key: Hashable, made: Callable[[], Awaitable[str]]) -> str:
        """The part of this key, made where nobody has asked for it yet."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = await made()
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found
