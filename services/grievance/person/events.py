"""What can have happened to a person here. The union is the catalogue."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from services.grievance.words import ErasureReason
from shared.core.messages import Event


class SubjectErased(Event):
    """The person's key is to be destroyed, here and on every copy that is restored later."""

    type: Literal["subject-erased"] = "subject-erased"
    subject: UUID
    territory: str
    reason: ErasureReason


PersonEvent = SubjectErased
