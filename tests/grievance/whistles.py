"""A whistle and every command on it, as the tests tell them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.whistle.commands import (
    BlowWhistle,
    CallMore,
    EndWhistle,
    GiveResult,
    NoteArrivals,
    ReportUnit,
    WhistleCommand,
)
from services.grievance.whistle.decider import whistle
from services.grievance.whistle.events import (
    TurnoutConfirmed,
    UnitCalled,
    UnitOverdue,
    UnitReported,
    UnitResultGiven,
    WhistleBlown,
    WhistleEnded,
    WhistleEvent,
)
from shared.core.messages import Actor
from shared.core.sealed import Sealed
from shared.testkit.spec import Spec

given = Spec(whistle)

PERSON = UUID(int=11)
TEN = datetime(2026, 5, 6, 2, tzinfo=UTC)  # ten in the morning in Beijing
DUE = TEN + timedelta(minutes=30)
PLACE = "d/s1/c1"


def sealed(field: str) -> Sealed:
    """Ciphertext, as far as rules can tell."""
    return Sealed(subject=PERSON, field=field, box="AAAA")


def after(minutes: int) -> datetime:
    """So many minutes after ten."""
    return TEN + timedelta(minutes=minutes)


def of_unit(name: str) -> Actor:
    """Somebody of this unit."""
    return Actor(id=f"{name}-1", roles=frozenset({"handling_unit"}), territory="d/s1", unit=name)


BLOWER = Actor(id="grid-1", roles=frozenset({"grid_worker"}), territory=PLACE)
TIMER = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")
TOLD: dict[str, Any] = {
    "territory": PLACE, "reason": "joint_enforcement", "what": sealed("what"),
    "where": sealed("where"),
}  # fmt: skip
RULED: dict[str, Any] = {"rules": BOOK.version, "due": DUE}

blown = WhistleBlown(at=TEN, by="grid-1", **TOLD)
police, fire, parks = (UnitCalled(at=TEN, unit=u, **RULED) for u in ("police", "fire", "parks"))
OPEN: tuple[WhistleEvent, ...] = (blown, police, fire, parks)
came = UnitReported(at=after(12), unit="police", unasked=False)
overdue = UnitOverdue(at=DUE, unit="fire")
strange = UnitReported(at=after(20), unit="water", unasked=True)
did = UnitResultGiven(at=after(40), unit="police", words=sealed("words"))
END: tuple[WhistleEvent, ...] = (
    TurnoutConfirmed(at=after(90), unit="fire", came=False, did=False),
    TurnoutConfirmed(at=after(90), unit="parks", came=False, did=False),
    TurnoutConfirmed(at=after(90), unit="police", came=True, did=True),
    WhistleEnded(at=after(90)),
)

STATES: dict[str, tuple[WhistleEvent, ...]] = {
    "new": (),
    "open": OPEN,
    "ended": (*OPEN, came, overdue, UnitOverdue(at=DUE, unit="parks"), *END),
}


def blow(**changes: Any) -> BlowWhistle:
    """Three units are called at ten."""
    told = {"units": ("police", "fire", "parks"), "book": BOOK, **TOLD, **changes}
    return BlowWhistle(at=TEN, actor=BLOWER, **told)


def call(*units: str, minutes: int = 15) -> CallMore:
    """More are called."""
    return CallMore(at=after(minutes), actor=BLOWER, units=units, book=BOOK)


def report(unit: str, minutes: int, **changes: Any) -> ReportUnit:
    """A unit is there."""
    return ReportUnit(at=after(minutes), actor=of_unit(unit), unit=unit, book=BOOK, **changes)


def result(unit: str, minutes: int = 40, **changes: Any) -> GiveResult:
    """A unit says what it did."""
    told: dict[str, Any] = {"words": sealed("words"), "book": BOOK, **changes}
    return GiveResult(at=after(minutes), actor=of_unit(unit), unit=unit, **told)


def end(came: tuple[str, ...] = (), did: tuple[str, ...] = (), minutes: int = 90) -> EndWhistle:
    """Whoever blew it ends it."""
    return EndWhistle(at=after(minutes), actor=BLOWER, came=came, did=did, book=BOOK)


def note(minutes: int) -> NoteArrivals:
    """The timer looks."""
    return NoteArrivals(at=after(minutes), actor=TIMER)


COMMANDS: tuple[WhistleCommand, ...] = (
    blow(), call("gas"), report("police", 12), result("police"), end(), note(10),
)  # fmt: skip
