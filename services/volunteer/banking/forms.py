"""What clients send about an account."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.volunteer.words import BarReason
from shared.core.text import Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Moment

Minutes = Annotated[int, Field(ge=-1_000_000, le=100_000_000)]


class NewAccount(Sent):
    """Keep the time of a person who is at home in this territory."""

    person: UUID
    territory: Word


class Gift(Sent):
    """Give minutes to a direct relative, by the register."""

    to: UUID
    minutes: Minutes


class Donation(Sent):
    """Give minutes to the pool of a community, of one's own without a `pool`."""

    minutes: Minutes
    pool: Word | None = None


class Leaving(Sent):
    """All that is left goes to the time bank of another place; the account is closed."""

    place: Word


class Bequest(Sent):
    """They died: all that is left goes to this heir, a direct relative by the register."""

    heir: UUID


class Bar(Sent):
    """Take no hours of this person on record until then."""

    until: Moment
    reason: BarReason


class Move(Sent):
    """Their home is another territory now."""

    territory: Word
