"""What clients send with a command."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from shared.core.late_entry import LateReason, happened
from shared.core.messages import Actor
from shared.runtime.web.moments import Moment


class Sent(BaseModel):
    """A request: unknown fields are refused.

    The fields in `SEALED` are personal: they become ciphertext before anything is decided.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    SEALED: ClassVar[tuple[str, ...]] = ()

    def personal(self) -> dict[str, str]:
        """The texts to be sealed, by field."""
        return {name: text for name in self.SEALED if (text := getattr(self, name)) is not None}


class Form(Sent):
    """A request for a step. `occurred_at` in the past needs a `late_reason`."""

    occurred_at: Moment | None = None
    late_reason: LateReason | None = None

    def meant(self, actor: Actor) -> dict[str, Any]:
        """Who asks this of a command, and when it happened. Raises Rejected for a late entry
        without a reason, and for the future."""
        at = happened(datetime.now(UTC), self.occurred_at, self.late_reason)
        return {"at": at, "actor": actor, "late_reason": self.late_reason}
