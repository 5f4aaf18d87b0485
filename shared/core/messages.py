"""Commands, events and refusals: what is asked, what has happened, what was turned down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

Origin = Literal["live", "history"]
Scalar = str | int | bool | None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who asks, as a verified token says: `territory` is the subtree they answer for."""

    id: str
    roles: frozenset[str]
    territory: str
    unit: str | None = None

    @property
    def person(self) -> UUID | None:
        """Who of the register this is; None for an account of an office."""
        try:
            return UUID(self.id)
        except ValueError:
            return None


# No token may name an actor whose id begins so.
ANONYMOUS = "anonymous:"


def anonymous(person: UUID, territory: str) -> Actor:
    """Who acts without a token, known by the id of the person it is about and by nothing else."""
    return Actor(id=f"{ANONYMOUS}{person}", roles=frozenset({"resident"}), territory=territory)


@dataclass(frozen=True, kw_only=True)
class Command:
    """A request that may be rejected. `at` is when the thing happened, in UTC."""

    at: datetime
    actor: Actor
    late_reason: str | None = None


class Event(BaseModel):
    """A fact that cannot be refused any more.

    `type` and `at` are columns of the log, everything else is its payload. A changed shape
    raises `schema_version` and brings an upcaster.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    schema_version: ClassVar[int] = 1

    type: str
    at: AwareDatetime
    late_reason: str | None = None


class Correction(Event):
    """Event `corrects` of the same stream was recorded wrongly in these fields.

    A correction in valid time: the named event stays as written, and every reading of the history
    "as known now" sees it with `changes` in place. `occurred_at` may be corrected too (RFC 3339).
    """

    corrects: int
    changes: dict[str, Scalar]
    reason: str


@dataclass(eq=False)  # not frozen: context managers set the traceback of what passes through them
class Rejected(Exception):
    """A rule said no; nothing was changed. `code` is stable, `detail` tells a person what to do."""

    code: str
    detail: str = ""
    field: str | None = field(default=None)

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code


class Forbidden(Rejected):
    """The actor may not ask this, whatever the state."""
