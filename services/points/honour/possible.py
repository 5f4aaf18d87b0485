"""Which steps the rules would take now, from whom: what a page offers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.points.honour.commands import (
    DeclineHonour,
    GrantHonour,
    HonourCommand,
    PubliciseHonour,
    WithdrawHonour,
)
from services.points.honour.decider import decide
from services.points.honour.state import Honour
from shared.core.messages import Actor, Rejected

STEPS: Mapping[str, type[HonourCommand]] = {
    "publicise": PubliciseHonour,
    "grant": GrantHonour,
    "decline": DeclineHonour,
    "withdraw": WithdrawHonour,
}


def possible(verb: str, honour: Honour, asked: tuple[Actor, datetime]) -> bool:
    """Whether the rules would take this step of this actor at this moment, with everything that it
    needs named."""
    actor, at = asked
    told: dict[str, Any] = {"actor": actor, "at": at}
    if verb in ("decline", "withdraw"):
        told["reason"] = "own_wish"
    if verb == "grant":
        told["document"] = "-"
    try:
        decide(STEPS[verb](**told), honour)
    except Rejected:
        return False
    return True
