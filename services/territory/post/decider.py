"""The life of a seat: filled, vacated, left to a delegate for a while."""

from __future__ import annotations

from typing import Any, assert_never

from services.territory.post import rules
from services.territory.post.commands import (
    EndLeave,
    FillPost,
    PostCommand,
    TakeLeave,
    VacatePost,
)
from services.territory.post.events import (
    LeaveEnded,
    LeaveTaken,
    PostEvent,
    PostFilled,
    PostVacated,
)
from services.territory.post.state import Holding, Leave, Post
from services.territory.post.upcasters import UPCASTERS
from shared.core.access import Thing
from shared.core.catalogue import Catalogue
from shared.core.decider import Decider
from shared.core.state import replace


def decide(command: PostCommand, post: Post) -> list[PostEvent]:
    """The events a command leads to. Raises Rejected."""
    told: dict[str, Any] = {
        "at": command.at,
        "late_reason": command.late_reason,
        "holder": command.holder,
        **rules.seat_of(command),
    }
    match command:
        case FillPost(until=until):
            rules.fillable(post, command)
            return [PostFilled(**told, until=until)]
        case VacatePost(holder=holder, at=at):
            one = rules.vacated(post, holder, at)
            return [PostVacated(**told, filled=one.number)]
        case TakeLeave(since=since, until=until, delegate=delegate):
            one = rules.leave(post, command)
            span = {"since": since, "until": until, "delegate": delegate}
            return [LeaveTaken(**told, filled=one.number, **span)]
        case EndLeave():
            leave, end = rules.ended(post, command)
            return [LeaveEnded(**told, taken=leave.number, until=end)]
        case _:
            assert_never(command)


def evolve(post: Post, event: PostEvent) -> Post:
    """The seat after the event."""
    number = post.version + 1
    post = replace(post, version=number, territory=event.territory)
    match event:
        case PostFilled(holder=holder, at=at, until=until):
            return replace(post, holdings=(*post.holdings, Holding(number, holder, at, until)))
        case PostVacated(filled=filled, at=at):
            holdings = tuple(
                replace(one, until=at) if one.number == filled else one for one in post.holdings
            )
            leaves = tuple(
                replace(one, until=max(one.since, min(one.until, at)))
                if one.filled == filled
                else one
                for one in post.leaves
            )
            return replace(post, holdings=holdings, leaves=leaves)
        case LeaveTaken():
            leave = Leave(
                number, event.filled, event.holder, event.since, event.until, event.delegate
            )
            return replace(post, leaves=(*post.leaves, leave))
        case LeaveEnded(taken=taken, until=until):
            leaves = tuple(
                replace(one, until=until) if one.number == taken else one for one in post.leaves
            )
            return replace(post, leaves=leaves)
        case _:
            assert_never(event)


post: Decider[PostCommand, Post, PostEvent] = Decider(
    category="post",
    initial=Post(),
    decide=decide,
    evolve=evolve,
    territory=lambda state: state.territory,
    events=Catalogue.of(PostEvent, UPCASTERS),
    concerns=lambda command, _: Thing((command.territory,)),
)
