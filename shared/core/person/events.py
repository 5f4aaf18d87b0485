"""What can have happened to a person. The union is the catalogue.

The one event that the logs of several services hold: the key store of each follows it.
"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.core.messages import Event
from shared.core.person.words import ErasureReason


class SubjectErased(Event):
    """The person's key is to be destroyed, here and on every copy that is restored later."""

    type: Literal["subject-erased"] = "subject-erased"
    subject: UUID
    territory: str
    reason: ErasureReason


PersonEvent = SubjectErased
