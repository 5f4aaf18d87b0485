"""The life of a person's stars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import assert_never

from services.volunteer.account.state import Account
from services.volunteer.stars import holding, rules
from services.volunteer.stars.commands import (
    AnswerObjection,
    ApplyStar,
    AwardStar,
    ClearStar,
    NoticeStar,
    ObjectStar,
    RecordStar,
    RefuseStar,
    ReviewStar,
    RevokeStar,
    StarsCommand,
)
from services.volunteer.stars.events import ObjectionAnswered, StarRefused, StarsEvent
from services.volunteer.stars.evolution import evolve
from services.volunteer.stars.state import Stars
from services.volunteer.stars.two_people import SEPARATIONS
from services.volunteer.stars.upcasters import UPCASTERS
from services.volunteer.stars.words import StarStatus
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.messages import Rejected

EVER: Set[StarStatus] = frozenset({"none", "applied", "noticed"})
ASKED: Set[StarStatus] = frozenset({"applied", "noticed"})

# For which applications a command is taken; `none` is that there is none.
ALLOWED: Mapping[type[StarsCommand], Set[StarStatus]] = {
    ApplyStar:       {"none"},
    NoticeStar:      {"applied"},
    ObjectStar:      {"noticed"},
    AnswerObjection: {"noticed"},
    AwardStar:       ASKED,
    RefuseStar:      ASKED,
    RevokeStar:      {"none"},
    ClearStar:       EVER,
    RecordStar:      {"none"},
    ReviewStar:      EVER,
}  # fmt: skip


def decide(command: StarsCommand, stars: Stars, account: Account | None = None) -> list[StarsEvent]:
    """The events a command leads to; the account says what was served. Raises Rejected, and
    Forbidden where two people are needed."""
    if stars.status not in ALLOWED[type(command)]:
        raise _refused(stars)
    for separation in SEPARATIONS:
        separation.rule(command, stars)
    return [*_decide(command, stars, account or Account())]


def _decide(command: StarsCommand, stars: Stars, account: Account) -> Sequence[StarsEvent]:  # noqa: C901, PLR0911, PLR0912 - one arm a command
    match command:
        case ApplyStar():
            return rules.applied(command, stars, account)
        case NoticeStar():
            return rules.noticed(command, stars)
        case ObjectStar():
            return rules.objected(command, stars)
        case AnswerObjection():
            return _answered(command, stars)
        case AwardStar():
            return rules.awarded(command, stars, account)
        case RefuseStar(at=at, reason=reason, words=words):
            assert stars.application is not None
            star = stars.application.told.star
            return [StarRefused(at=at, star=star, reason=reason, words=words)]
        case RevokeStar():
            return holding.revoked(command, stars)
        case ClearStar():
            return holding.cleared(command, stars, account)
        case RecordStar():
            return holding.recorded(command, stars)
        case ReviewStar():
            return holding.reviewed(command, stars)
        case _:
            assert_never(command)


def _answered(command: AnswerObjection, stars: Stars) -> list[StarsEvent]:
    assert stars.application is not None
    number = command.objection
    if stars.application.objections.get(number) != "open":
        detail = f"no objection {number} waits for an answer"
        raise Rejected("no_such_objection", detail, "objection")
    return [
        ObjectionAnswered(
            at=command.at, objection=number, upheld=command.upheld, words=command.words
        )
    ]


def concerns(command: StarsCommand, stars: Stars) -> Thing:
    """Where the person was at home when they last applied, or is as they do; their own, too."""
    if isinstance(command, ApplyStar | RecordStar):
        return Thing((command.territory,), owner=str(command.person))
    return Thing((stars.territory,) if stars.territory else (), owner=stars.owner)


def _refused(stars: Stars) -> Rejected:
    match stars.status:
        case "none":
            return Rejected("nothing_applied_for", "they have applied for no star")
        case "applied":
            return Rejected("star_applied_for", "they have applied for a star already")
        case "noticed":
            return Rejected("star_on_notice", "a star of theirs is on public notice")


stars: Decider[StarsCommand, Stars, StarsEvent] = Decider(
    category="stars",
    initial=Stars(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(StarsEvent, UPCASTERS),
    concerns=concerns,
)
