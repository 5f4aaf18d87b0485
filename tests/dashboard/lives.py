"""Cases that live at random by the rules of the case service: what truly happened to them, and how
it was recorded, with mistakes that are corrected later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any, get_args

from services.grievance.words import CaseType
from shared.contracts.grievance import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseCorrected,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    GrievanceContract,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from tests.dashboard.told import MAY_1, PERSON

PLACES = ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2")
UNITS = ("lamps", "parks", "roads")
CHANNELS = ("online", "hotline", "app")
HOURS = (0, 0, 1, 7, 23, 24, 30, 60, 24 * 5, 24 * 6, 24 * 16, 24 * 70)
NEXT: Mapping[str, Sequence[str]] = {
    "petition-raised": ("case-accepted",) * 6 + ("case-declined",),
    "case-accepted": ("case-dispatched",),
    "case-declined": (),
    "case-dispatched": ("order-signed",),
    "order-signed": ("reply-submitted",),
    "reply-submitted": ("callback-recorded", "callback-recorded", "case-closed"),
    "callback-recorded": ("callback-recorded", "case-closed", "case-closed"),
    "case-closed": ("case-reopened",),
    "case-reopened": ("case-dispatched",),
}
Versions = list[tuple[int, GrievanceContract]]


@dataclass(frozen=True)
class Life:
    """One case: `true` has what happened, `recorded` the same with mistakes and corrections; both
    with the versions of the stream, in order."""

    true: Versions
    recorded: Versions


def life(random: Random, longest: int = 16) -> Life:
    """A case, told up to somewhere."""
    happened = list(_happened(random, random.randrange(1, longest)))
    true: Versions = []
    recorded: Versions = []
    waiting: list[CaseCorrected] = []
    version = 0
    for event in happened:
        version += 1
        true.append((version, event))
        wrong, corrections = _mistaken(random, version, event)
        recorded.append((version, wrong))
        waiting += corrections
        while waiting and random.random() < 0.4:
            version += 1
            recorded.append((version, waiting.pop(0)))
    for correction in waiting:
        version += 1
        recorded.append((version, correction))
    return Life(true, recorded)


def _happened(random: Random, number: int) -> Iterator[GrievanceContract]:
    at, name = MAY_1 + timedelta(hours=random.randrange(24 * 40)), "petition-raised"
    for _ in range(number):
        yield _event(random, name, at)
        at += timedelta(hours=random.choice(HOURS), microseconds=random.randrange(3))
        if not NEXT[name]:
            return
        name = random.choice(NEXT[name])


def _event(random: Random, name: str, at: Any) -> GrievanceContract:
    plain: dict[str, Any] = {
        "case-accepted": CaseAccepted, "order-signed": OrderSigned,
        "reply-submitted": ReplySubmitted, "case-reopened": CaseReopened,
    }  # fmt: skip
    if name == "petition-raised":
        return PetitionRaised(at=at, petitioner=PERSON, area="unknown", **_filing(random))
    if name == "case-declined":
        return CaseDeclined(at=at, reason="outside_remit")
    if name == "case-dispatched":
        return CaseDispatched(at=at, unit=random.choice(UNITS))
    if name == "callback-recorded":
        return CallbackRecorded(at=at, **_answers(random))
    if name == "case-closed":
        return CaseClosed(at=at, outcome="solved")
    made: GrievanceContract = plain[name](at=at)
    return made


def _filing(random: Random) -> dict[str, Any]:
    return {
        "territory": random.choice(PLACES),
        "channel": random.choice(CHANNELS),
        "case_type": random.choice(get_args(CaseType)),
        "urgency": random.choice(("normal", "urgent")),
        "unit": random.choice((None, *UNITS)),
    }


def _answers(random: Random) -> dict[str, Any]:
    if random.random() < 0.3:
        return {"contacted": False, "resolved": None, "satisfied": None}
    return {
        "contacted": True,
        "resolved": random.random() < 0.6,
        "satisfied": bool(random.randrange(2)),
    }


def _mistaken(
    random: Random, version: int, event: GrievanceContract
) -> tuple[GrievanceContract, list[CaseCorrected]]:
    """The event as it was first recorded, and what puts it right, at times in two goes."""
    goes = random.choice((0, 0, 0, 1, 1, 2))
    wrong, corrections = event, list[CaseCorrected]()
    for _ in range(goes):
        about = _fields(random, wrong)
        right = {name: _plain(event, name) for name in about}
        wrong = wrong.model_copy(update=about)
        corrections.insert(0, _correction(version, right))
        if len(corrections) > 1:  # the first go puts something else wrong
            half = {name: _plain(wrong, name) for name in about}
            corrections.insert(0, _correction(version, half))
    return wrong, corrections


def _fields(random: Random, event: GrievanceContract) -> dict[str, Any]:
    possible: dict[str, Any] = {"at": event.at + timedelta(hours=random.randrange(-700, 700))}
    if isinstance(event, PetitionRaised):
        possible |= {n: v for n, v in _filing(random).items() if n != "unit"}
    if isinstance(event, CaseDispatched):
        possible["unit"] = random.choice(UNITS)
    if isinstance(event, CallbackRecorded):
        possible |= _answers(random)
    names = random.sample([*possible], k=random.randrange(1, len(possible) + 1))
    return {name: possible[name] for name in names}


def _plain(event: GrievanceContract, name: str) -> Any:
    return event.at.isoformat() if name == "at" else getattr(event, name)


def _correction(version: int, right: Mapping[str, Any]) -> CaseCorrected:
    changes = {"occurred_at" if name == "at" else name: value for name, value in right.items()}
    return CaseCorrected(at=MAY_1, corrects=version, changes=changes, reason="entry_error")
