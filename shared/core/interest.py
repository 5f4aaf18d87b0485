"""Which events a read model or a policy is about: it is given no others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shared.core.catalogue import members


class Interest(dict[type[Any], bool]):
    """Whether events of a class are meant. They are meant by their types, which an event and its
    contract share; each class is looked at once, for a whole log goes through this."""

    def __init__(self, types: frozenset[str] | None) -> None:
        """In these types, or in all."""
        super().__init__()
        self._types = types

    @staticmethod
    def of(union: Any) -> Interest:
        """In the events of a class or of a union `A | B`; None stands for all."""
        if union is None:
            return Interest(None)
        return Interest(frozenset(cls.model_fields["type"].default for cls in members(union)))

    @staticmethod
    def of_any(interests: Iterable[Interest]) -> Interest:
        """In what one of them at least is about."""
        types: set[str] = set()
        for one in interests:
            if one._types is None:
                return Interest(None)
            types |= one._types
        return Interest(frozenset(types))

    def __missing__(self, cls: type[Any]) -> bool:
        types = self._types
        found = self[cls] = types is None or cls.model_fields["type"].default in types
        return found
