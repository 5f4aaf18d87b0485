"""Residents for tests: one in every state, and every command on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.territory.resident.commands import (
    ChangeContact,
    DeclareRelative,
    GiveConsent,
    MoveResident,
    RecordLeaving,
    RecordReturn,
    RegisterResident,
    ResidentCommand,
    TagCare,
    UntagCare,
    WithdrawConsent,
    WithdrawRelative,
)
from services.territory.resident.decider import resident
from services.territory.resident.events import (
    CareTagged,
    ContactConsentGiven,
    DoublesMerged,
    RelativeDeclared,
    ResidentFact,
    ResidentLeft,
    ResidentRegistered,
)
from services.territory.words import ResidentStatus
from shared.core.messages import Actor
from shared.core.person.events import SubjectErased
from shared.core.sealed import Sealed
from shared.testkit.spec import Spec
from tests.territory.maps import day

given = Spec(resident)

LI, DOUBLE, SON = UUID(int=7), UUID(int=8), UUID(int=9)
HOME, OTHER_HOME = UUID(int=70), UUID(int=71)
CLERK = Actor(id="reg-1", roles=frozenset({"registrar"}), territory="gaoxin")
ABOUT: Mapping[str, Any] = {"at": day(100), "actor": CLERK}


def sealed(field: str, subject: UUID = LI) -> Sealed:
    """Ciphertext, as far as rules can tell."""
    return Sealed(subject=subject, field=field, box="AAAA")


def registered_as(person: UUID, building: str = "wenhua-1") -> ResidentRegistered:
    """This person came to live there on the first day."""
    name = sealed("name", person)
    return ResidentRegistered(at=day(0), person=person, building=building, name=name)


registered = ResidentRegistered(
    at=day(0), person=LI, building="wenhua-1", household=HOME, name=sealed("name")
)
tagged = CareTagged(at=day(1), tag="empty_nest")
declared = RelativeDeclared(at=day(1), relative=SON, relation="child")
agreed = ContactConsentGiven(at=day(1), purpose="notice")
left = ResidentLeft(at=day(10))
merged = DoublesMerged(at=day(10), into=DOUBLE)
erased = SubjectErased(at=day(10), subject=LI, territory="wenhua-1", reason="own_request")

# With a tag, a relative and a consent, so that each can be taken back.
LIVED = (registered, tagged, declared, agreed)
STATES: Mapping[ResidentStatus, tuple[ResidentFact, ...]] = {
    "new": (),
    "living": LIVED,
    "left": (*LIVED, left),
    "merged": (*LIVED, merged),
    "erased": (*LIVED, erased),
}
COMMANDS: tuple[ResidentCommand, ...] = (
    RegisterResident(**ABOUT, person=LI, building="wenhua-1", name=sealed("name")),
    ChangeContact(**ABOUT, phone=sealed("phone")),
    MoveResident(**ABOUT, building="wenhua-2", household=OTHER_HOME),
    RecordLeaving(**ABOUT),
    RecordReturn(**ABOUT, building="wenhua-1"),
    DeclareRelative(**ABOUT, relative=DOUBLE, relation="sibling"),
    WithdrawRelative(**ABOUT, relative=SON),
    GiveConsent(**ABOUT, purpose="survey"),
    WithdrawConsent(**ABOUT, purpose="notice"),
    TagCare(**ABOUT, tag="hardship"),
    UntagCare(**ABOUT, tag="empty_nest"),
)
HOUR = timedelta(hours=1)
