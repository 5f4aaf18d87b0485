"""Stars for tests: who asks, what they ask, and the accounts that say what was served."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.account.state import Account
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.stars.commands import (
    ApplyStar,
    AwardStar,
    NoticeStar,
    RecordStar,
    ReviewStar,
    RevokeStar,
    StarsCommand,
)
from services.volunteer.stars.decider import decide, stars
from services.volunteer.stars.state import Stars
from shared.core.messages import Actor, Rejected

ANN = UUID(int=1)
HOUR = 60
# A Wednesday before noon in Beijing; the 8th of May is its second working day after.
AT = datetime(2026, 5, 6, 3, tzinfo=UTC)
DAY = timedelta(days=1)
OVER = AT + 14 * DAY


def actor(name: str, *roles: str) -> Actor:
    """Somebody who answers for the whole district."""
    return Actor(id=name, roles=frozenset(roles), territory="d")


SELF = actor(str(ANN), "volunteer")
LEADER = actor("leader", "team_leader")
CHIEF = actor("chief", "supervisor")
NEIGHBOUR = actor("neighbour", "resident")


def account(minutes: int, **changes: Any) -> Account:
    """An open account with so many approved minutes."""
    told: dict[str, Any] = {"status": "open", "person": ANN, "territory": "d", "served": minutes}
    return Account(**told | changes)


def apply(star: int, rules: VolunteerRules = BOOK, by: Actor = SELF) -> ApplyStar:
    """An application."""
    return ApplyStar(at=AT, actor=by, person=ANN, territory="d", star=star, rules=rules)


def notice(at: datetime = AT) -> NoticeStar:
    """Its public notice."""
    return NoticeStar(at=at, actor=CHIEF)


def award(at: datetime = OVER, **told: Any) -> AwardStar:
    """The award, once the notice is over."""
    return AwardStar(**{"at": at, "actor": CHIEF, **told})


def after(kept: Account, *commands: StarsCommand) -> Stars:
    """The stars after these were taken, one after the other."""
    state = Stars()
    for command in commands:
        for event in decide(command, state, kept):
            state = stars.evolve(state, event)
    return state


MANY = account(5_000 * HOUR)


def record(star: int, **told: Any) -> RecordStar:
    """An award from before."""
    about: dict[str, Any] = {
        "at": AT, "actor": CHIEF, "person": ANN, "territory": "d", "star": star,
        "level": "city", "day": "2019-08-30", "source": "2019年发文",
    }  # fmt: skip
    return RecordStar(**about | told)


def review(minutes: int, total: int, day: str = "2026-05-01") -> ReviewStar:
    """A reversal of so many minutes, after which so many are left."""
    return ReviewStar(at=AT, actor=CHIEF, minutes=minutes, total=total, day=day)


def revoke() -> RevokeStar:
    """The end of the star that is held."""
    return RevokeStar(at=AT, actor=CHIEF, reason="hours_reversed")


def refused(code: str, command: StarsCommand, *past: StarsCommand, kept: Account = MANY) -> None:
    """This is refused after that, by this code."""
    with pytest.raises(Rejected) as refusal:
        decide(command, after(kept, *past), kept)
    assert refusal.value.code == code
