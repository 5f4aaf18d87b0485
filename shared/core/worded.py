"""Events as a read model for searching gets them: with the terms of what they seal, never the
texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from shared.core.messages import Event


class Worded(NamedTuple):
    """An event, and by field the terms of its sealed text; nothing of an erased person's."""

    event: Event
    terms: Mapping[str, frozenset[str]]
