"""What may be told of a territory."""

from __future__ import annotations

from datetime import datetime

from services.territory.profile.commands import AdoptPractice, AssignBlockType, HoldTraining
from services.territory.profile.state import Handover, Profile
from services.territory.profile.words import ManagementMode
from shared.core.local_time import day_of
from shared.core.messages import Rejected


def settable(profile: Profile, mode: ManagementMode, unit: str | None, at: datetime) -> None:
    """Raises Rejected where this would not fit between what is known before and after.

    A late entry goes in between: the spell before it ends where it begins, and it ends where the
    next begins.
    """
    if any(spell.since == at for spell in profile.spells):
        detail = f"another mode began at {at.isoformat()}"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    for beside in (profile.spell(at), profile.next(at)):
        if beside is not None and (beside.mode, beside.unit) == (mode, unit):
            detail = f"that is known already, of {beside.since.isoformat()}"
            raise Rejected("managed_so_already", detail, "mode")
    following = profile.next(at)
    if following is not None and following.needs not in (None, mode):
        detail = f"it was {following.needs} until {following.since.isoformat()}, as known already"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


def takeable(profile: Profile, at: datetime) -> None:
    """Raises Rejected for what somebody managed then."""
    mode = profile.mode(at)
    if mode not in (None, "unmanaged"):
        detail = f"it was {mode} at {at.isoformat()}: set the mode, or hand it over"
        raise Rejected("managed_then", detail, "occurred_at")


def startable(profile: Profile, at: datetime) -> None:
    """Raises Rejected for what no state enterprise managed then, and for a second handover."""
    if profile.handover is not None:
        detail = f"one was started at {profile.handover.since.isoformat()}: accept it first"
        raise Rejected("handover_under_way", detail)
    _enterprise(profile, at)


def acceptable(profile: Profile, at: datetime) -> Handover:
    """The handover that ends. Raises Rejected where none was started before."""
    handover = profile.handover
    if handover is None:
        raise Rejected("no_handover", "no handover was started")
    if at <= handover.since:
        detail = f"it was started at {handover.since.isoformat()}"
        raise Rejected("ends_before_it_begins", detail, "occurred_at")
    _enterprise(profile, at)
    return handover


def tellable(profile: Profile, name: str, at: datetime) -> None:
    """Raises Rejected for a second word about the same thing at the same moment."""
    if at in profile.told.get(name, frozenset()):
        detail = f"{name} of {at.isoformat()} is on record"
        raise Rejected("overlaps_in_time", detail, "occurred_at")


def adoptable(profile: Profile, command: AdoptPractice) -> None:
    """Raises Rejected for what it does already, and for its own."""
    if command.adopted_from == command.territory:
        detail = "name the territory that it comes from"
        raise Rejected("adopts_its_own", detail, "adopted_from")
    since = profile.practices.get(command.practice)
    if since is not None:
        detail = f"adopted at {since.isoformat()}"
        raise Rejected("adopted_already", detail, "practice")


def holdable(profile: Profile, command: HoldTraining) -> None:
    """Raises Rejected for a day to come, and for a training that is on record."""
    if command.day > day_of(command.at):
        detail = f"name a day up to {day_of(command.at)}"
        raise Rejected("occurs_in_the_future", detail, "day")
    if (command.kind, command.day) in profile.trained:
        detail = f"a training of {command.kind} on {command.day} is on record"
        raise Rejected("held_already", detail, "day")


def typed(command: AssignBlockType) -> None:
    """Raises Rejected for anything but a block."""
    if command.kind != "block":
        detail = f"{command.territory} is a {command.kind}; only blocks have a type"
        raise Rejected("not_a_block", detail, "territory")


def _enterprise(profile: Profile, at: datetime) -> None:
    mode = profile.mode(at)
    if mode not in (None, "state_enterprise"):
        detail = f"it was {mode} at {at.isoformat()}; only state enterprises hand over"
        raise Rejected("not_a_state_enterprise", detail, "occurred_at")
