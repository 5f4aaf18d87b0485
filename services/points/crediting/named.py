"""Which account a path names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Depends

from services.points.words import Holder

# Whose account: of a person or a household, and its id.
Named = tuple[Holder, UUID]


def _named(kind: Holder, holder: UUID) -> Named:
    return kind, holder


Account = Annotated[Named, Depends(_named)]
