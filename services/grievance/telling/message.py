"""A notice made up to be sent, and what a port is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from services.grievance.words import FailureReason, PortName, ToldOf


class Contact(NamedTuple):
    """How the petitioner can be reached, as far as they said."""

    phone: str | None = None
    email: str | None = None


class Message(NamedTuple):
    """One notice on its way. Whoever gets the same `id` twice has had it already."""

    id: UUID
    number: str
    step: ToldOf
    at: datetime
    title: str
    text: str
    contact: Contact


@dataclass(eq=False)  # not frozen: context managers set the traceback of what passes through them
class Failed(Exception):
    """A port did not take it."""

    reason: FailureReason

    def __str__(self) -> str:
        return self.reason


class Port(Protocol):
    """A way to reach people."""

    @property
    def name(self) -> PortName:
        """What it is called in the delivery log."""

    def reaches(self, contact: Contact) -> bool:
        """Whether this person can be reached by it."""

    async def send(self, message: Message) -> None:
        """Hand it over; returns once it was taken. Raises Failed."""
