"""Which sealed values of a case a bundle may show, and what was in them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import orjson

from shared.core.sealed import Sealed
from shared.runtime.seals.document import Shown as Shown
from shared.runtime.seals.document import Value as Value

# By the code the petitioner follows the case; it is theirs alone.
NEVER = frozenset({"code"})


def sealed_in(payload: Mapping[str, Any]) -> Iterator[tuple[str, Sealed]]:
    """The sealed values of a payload by name; the keys of pictures and papers are none of them."""
    for name, value in sorted(payload.items()):
        if isinstance(value, dict) and value.keys() == Sealed.model_fields.keys():
            yield name, Sealed.model_validate(value)


def values(rows: Sequence[Any], withheld: Collection[str]) -> list[Value]:
    """What may be shown to somebody from whom these fields are withheld, in order."""
    return [
        Value(row["version"], name, sealed)
        for row in rows
        for name, sealed in sealed_in(orjson.loads(row["payload"]))
        if name not in withheld and name not in NEVER
    ]
