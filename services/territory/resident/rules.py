"""What a change of the register must hold to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.territory.resident.commands import ChangeContact, DeclareRelative
from services.territory.resident.state import Resident
from services.territory.words import CareTag, Purpose
from shared.core.messages import Command, Rejected

ENDED = {
    "new": "there is no such person on the register",
    "living": "they live in the district",
    "left": "they have left the district; record their return first",
    "merged": "they were registered twice",
    "erased": "nothing of this person is left",
}


def refused(resident: Resident) -> Rejected:
    """The refusal of what is not possible for a person who stands so."""
    detail = ENDED[resident.status]
    if resident.into is not None:
        detail = f"{detail}; this person is kept as {resident.into}"
    return Rejected(f"resident_is_{resident.status}", detail)


def moment(command: Command, resident: Resident) -> datetime:
    """When a stay ends and the next begins: never before it began. Clocks of two machines may
    differ a little; a late entry is somebody's word and has to fit. Raises Rejected."""
    since = resident.since
    if since is None or command.at >= since:
        return command.at
    if command.late_reason:
        what = "lives there" if resident.status == "living" else "is away"
        detail = f"this person {what} since {since.isoformat()}; stays may not overlap"
        raise Rejected("overlaps_in_time", detail, "occurred_at")
    return since


def elsewhere(resident: Resident, building: str, household: UUID | None) -> None:
    """Raises Rejected for a move to where they live."""
    if (resident.building, resident.household) == (building, household):
        raise Rejected("lives_there_already", f"this person lives in {building}", "building")


def something_new(command: ChangeContact) -> None:
    """Raises Rejected for a change of nothing."""
    if command.name is None and command.phone is None and command.birth_year is None:
        raise Rejected("nothing_to_change", "give a name, a phone or a year of birth")


def relatable(command: DeclareRelative, resident: Resident) -> None:
    """Raises Rejected for oneself, and for one who is declared already."""
    if command.relative in (resident.person, *resident.doubles):
        raise Rejected("relative_of_oneself", "name another person", "relative")
    if command.relative in resident.relatives:
        detail = f"is their {resident.relatives[command.relative]} already; withdraw that first"
        raise Rejected("relative_already", detail, "relative")


def related(relative: UUID, resident: Resident) -> None:
    """Raises Rejected for one who is not declared."""
    if relative not in resident.relatives:
        raise Rejected("no_relative", "was never declared, or withdrawn again", "relative")


def agreed(purpose: Purpose, resident: Resident, *, wanted: bool) -> None:
    """Raises Rejected when consent was given already, or is not there to be withdrawn."""
    if (purpose in resident.purposes) is wanted:
        return
    if wanted:
        raise Rejected("no_consent", f"contact for {purpose} was not agreed to", "purpose")
    raise Rejected("consent_already", f"contact for {purpose} is agreed to", "purpose")


def tagged(tag: CareTag, resident: Resident, *, wanted: bool) -> None:
    """Raises Rejected when the tag is there already, or not there to be taken away."""
    if (tag in resident.tags) is wanted:
        return
    if wanted:
        raise Rejected("not_tagged", f"this person is not tagged {tag}", "tag")
    raise Rejected("tagged_already", f"this person is tagged {tag}", "tag")
