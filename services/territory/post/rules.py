"""What a change of a post must hold to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.territory.post.commands import EndLeave, FillPost, PostCommand, TakeLeave
from services.territory.post.seats import SEATS
from services.territory.post.state import Holding, Leave, Post, meet
from shared.core.messages import Rejected


def fillable(post: Post, command: FillPost) -> None:
    """Raises Rejected for a place that has no such seat, and for a time that is taken: in a seat of
    one by anybody, in a seat of several by the same person."""
    seat = SEATS[command.role]
    if command.kind not in seat.kinds:
        fitting = ", ".join(sorted(seat.kinds))
        detail = f"a {command.role} is of a {fitting}; {command.place} is a {command.kind}"
        raise Rejected("wrong_kind_of_place", detail, "place")
    if command.until is not None and command.until <= command.at:
        raise Rejected("ends_before_it_begins", "until lies before it begins", "until")
    for one in post.holdings:
        if (seat.single or one.holder == command.holder) and meet(command.at, command.until, one):
            raise _taken(one)


def held(post: Post, holder: UUID, at: datetime) -> Holding:
    """What this person holds at that moment. Raises Rejected."""
    for one in post.holdings:
        if one.holder == holder and one.since <= at and (one.until is None or at < one.until):
            return one
    detail = f"{holder} does not hold this post at {at.isoformat()}"
    raise Rejected("does_not_hold", detail, "holder")


def vacated(post: Post, holder: UUID, at: datetime) -> Holding:
    """The holding that ends at that moment. Raises Rejected where it has only begun."""
    one = held(post, holder, at)
    if one.since == at:
        raise Rejected("ends_before_it_begins", "it begins at that very moment", "occurred_at")
    return one


def leave(post: Post, command: TakeLeave) -> Holding:
    """The holding that the leave is of. Raises Rejected."""
    since, until, delegate = command.since, command.until, command.delegate
    if until <= since:
        raise Rejected("ends_before_it_begins", "until lies before since", "until")
    one = held(post, command.holder, since)
    if one.until is not None and one.until < until:
        detail = f"the post is held until {one.until.isoformat()} only"
        raise Rejected("outlasts_the_post", detail, "until")
    if delegate is None and SEATS[command.role].single:
        detail = "the post has one holder: name who stands in"
        raise Rejected("delegate_missing", detail, "delegate")
    if delegate == command.holder:
        raise Rejected("delegates_to_self", "name another person as delegate", "delegate")
    for other in (other for other in post.leaves if meet(since, until, other)):
        _beside(command, other)
    return one


def ended(post: Post, command: EndLeave) -> tuple[Leave, datetime]:
    """The leave that ends, and when: a leave to come ends as it begins. Raises Rejected."""
    for one in sorted(post.leaves, key=lambda one: one.since):
        if one.holder == command.holder and one.since < one.until and command.at < one.until:
            return one, max(command.at, one.since)
    detail = f"{command.holder} is not on leave, and has none ahead"
    raise Rejected("not_on_leave", detail, "holder")


def seat_of(command: PostCommand) -> dict[str, str]:
    """The fields that name the seat."""
    return {"role": command.role, "place": command.place, "territory": command.territory}


def _beside(command: TakeLeave, other: Leave) -> None:
    span = f"from {other.since.isoformat()} to {other.until.isoformat()}"
    if other.holder == command.holder:
        raise Rejected("overlaps_in_time", f"on leave already {span}", "since")
    if other.holder == command.delegate:
        raise Rejected("delegate_on_leave", f"the delegate is away {span}", "delegate")
    if other.delegate == command.holder:
        detail = f"stands in for {other.holder} {span}: end that leave first"
        raise Rejected("stands_in", detail, "holder")


def _taken(one: Holding) -> Rejected:
    end = f"to {one.until.isoformat()}" if one.until else "on"
    detail = f"{one.holder} holds this post from {one.since.isoformat()} {end}"
    return Rejected("overlaps_in_time", detail, "occurred_at")
