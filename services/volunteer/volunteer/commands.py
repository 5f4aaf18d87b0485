"""What people may ask of a volunteer. Personal values arrive sealed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.volunteer.volunteer.words import EndReason, Skill
from services.volunteer.words import Service
from shared.core.messages import Command
from shared.core.sealed import Sealed


@dataclass(frozen=True, kw_only=True)
class RegisterVolunteer(Command):
    """This person volunteers, at home in this territory. The `young` need a guardian."""

    person: UUID
    territory: str
    name: Sealed
    skills: tuple[Skill, ...] = ()
    services: tuple[Service, ...] = ()
    young: bool = False
    guardian: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ChangeVolunteer(Command):
    """They can or want to do other things now, live elsewhere, or have another name; what is None
    stays."""

    territory: str | None = None
    name: Sealed | None = None
    skills: tuple[Skill, ...] | None = None
    services: tuple[Service, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class EndVolunteer(Command):
    """They volunteer no more. What they did stays theirs."""

    reason: EndReason


VolunteerCommand = RegisterVolunteer | ChangeVolunteer | EndVolunteer
