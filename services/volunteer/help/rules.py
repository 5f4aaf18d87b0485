"""What a request for help must hold to, and what it leads to."""

from __future__ import annotations

from datetime import timedelta

from services.volunteer.help.commands import (
    AcceptHelp,
    AskHelp,
    ConfirmHelp,
    DeclineHelp,
    FinishHelp,
    LapseHelp,
    MatchHelp,
)
from services.volunteer.help.events import (
    HelpAccepted,
    HelpConfirmed,
    HelpDeclined,
    HelpDone,
    HelpEvent,
    HelpLapsed,
    HelpMatched,
    HelpRequested,
)
from services.volunteer.help.state import Help
from shared.core.late_entry import CLOCK_SLACK
from shared.core.local_time import day_of
from shared.core.messages import Rejected

AHEAD = timedelta(days=90)
REVIEWS = range(1, 6)


def asked(command: AskHelp) -> list[HelpEvent]:
    """The request. Raises Rejected."""
    if not 0 < command.minutes <= command.rules.longest:
        _too_few_or_many(command.minutes, command.rules.longest)
    if command.day < day_of(command.at):
        raise Rejected("day_is_past", f"{command.day} is over", "day")
    if command.day > day_of(command.at + AHEAD):
        raise Rejected("day_too_far", f"at most {AHEAD.days} days ahead", "day")
    if command.paid == "pool":
        _poolable(command)
    return [
        HelpRequested(
            at=command.at,
            requester=command.requester,
            territory=command.territory,
            service=command.service,
            minutes=command.minutes,
            day=command.day,
            since=command.since,
            words=command.words,
            care=command.care,
            paid=command.paid,
            pool=command.pool if command.paid == "pool" else None,
        )
    ]


def matched(command: MatchHelp, help_: Help) -> list[HelpEvent]:
    """The match. Raises Rejected."""
    _of_another(command, help_)
    return [HelpMatched(at=command.at, volunteer=command.volunteer, by=command.actor.id)]


def accepted(command: AcceptHelp, help_: Help) -> list[HelpEvent]:
    """The acceptance, of who was asked or of the first who offers. Raises Rejected."""
    _of_another(command, help_)
    yes = HelpAccepted(at=command.at, volunteer=command.volunteer)
    if help_.status == "matched":
        _theirs(command, help_)
        return [yes]
    own = HelpMatched(at=command.at, volunteer=command.volunteer, by=command.actor.id)
    return [own, yes]


def declined(command: DeclineHelp, help_: Help) -> list[HelpEvent]:
    """Back to all. Raises Rejected."""
    _theirs(command, help_)
    return [HelpDeclined(at=command.at, volunteer=command.volunteer)]


def finished(command: FinishHelp, help_: Help) -> list[HelpEvent]:
    """What the volunteer says they did. Nobody can have helped for longer than since they said that
    they would: hours that are bought come into being within minutes. Raises Rejected."""
    _theirs(command, help_)
    if not 0 < command.minutes <= help_.request.minutes:
        _too_few_or_many(command.minutes, help_.request.minutes)
    assert help_.accepted_at is not None
    spent = timedelta(minutes=command.minutes)
    if spent > command.at + CLOCK_SLACK - help_.accepted_at:
        raise Rejected("longer_than_since_accepted", "you accepted it later than that", "minutes")
    _spanned(command, spent)
    return [
        HelpDone(
            at=command.at,
            volunteer=command.volunteer,
            minutes=command.minutes,
            since=command.since,
            until=command.until,
        )
    ]


def confirmed(command: ConfirmHelp, help_: Help) -> list[HelpEvent]:
    """The confirmation: of as much as was done, or of less. Raises Rejected."""
    assert help_.done is not None
    if command.helper != help_.volunteer:
        raise Rejected("other_helper", "somebody else helped", "helper")
    if command.actor.id == str(command.helper):
        raise Rejected("helps_oneself", "who helped does not confirm it", None)
    if not 0 < command.minutes <= help_.done.minutes:
        _too_few_or_many(command.minutes, help_.done.minutes)
    if command.review not in REVIEWS:
        raise Rejected("bad_review", "from 1 to 5", "review")
    return [
        HelpConfirmed(
            at=command.at,
            helper=command.helper,
            minutes=command.minutes,
            review=command.review,
            words=command.words,
        )
    ]


def lapsed(command: LapseHelp, help_: Help) -> list[HelpEvent]:
    """The end of its day. Raises Rejected before that."""
    if day_of(command.at) <= help_.request.day:
        raise Rejected("day_is_not_over", f"{help_.request.day} is not over", None)
    return [HelpLapsed(at=command.at)]


def _poolable(command: AskHelp) -> None:
    if command.care not in command.rules.priority:
        raise Rejected("not_a_priority", "the pool helps the care classes of the rules", "care")
    if command.actor.id == str(command.requester):
        raise Rejected("pool_asked_by_oneself", "the community asks the pool for you", "paid")


def _of_another(command: MatchHelp | AcceptHelp, help_: Help) -> None:
    if command.volunteer == help_.request.requester:
        raise Rejected("helps_oneself", "nobody helps themselves for time", "volunteer")


def _theirs(command: AcceptHelp | DeclineHelp | FinishHelp, help_: Help) -> None:
    if command.volunteer != help_.volunteer:
        raise Rejected("other_helper", "somebody else was asked", "volunteer")


def _spanned(command: FinishHelp, spent: timedelta) -> None:
    since, until = command.since, command.until
    if since is None and until is None:
        return
    if since is None or until is None:
        raise Rejected("half_a_span", "name both since and until, or neither", "until")
    if until <= since:
        raise Rejected("sign_out_before_sign_in", "until lies before since", "until")
    if until > command.at + CLOCK_SLACK:
        raise Rejected("occurs_in_the_future", "until lies in the future", "until")
    if spent > until - since:
        raise Rejected("longer_than_the_span", "more minutes than from since to until", "minutes")


def _too_few_or_many(minutes: int, most: int) -> None:
    if minutes <= 0:
        raise Rejected("minutes_not_positive", "name at least one minute", "minutes")
    raise Rejected("more_than_asked", f"at most {most} minutes", "minutes")
