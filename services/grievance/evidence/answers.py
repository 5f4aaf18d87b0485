"""What clients get of the proof of a case."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel


class BrokenLink(BaseModel):
    """The first event that does not hold, by its place in the log, and why."""

    position: int
    reason: str


class WitnessState(BaseModel):
    """An outside witness, how many events of a case it has signed, and when it last did."""

    name: str
    events: int
    at: datetime


class SealState(BaseModel):
    """How many events of a case the latest checkpoint goes up to, and when that was made; null
    where there is none yet."""

    events: int
    at: datetime | None
    witnesses: list[WitnessState]


class ChainCheck(BaseModel):
    """The hashes of a case, made anew from its first event on. So many are `verified`; `head` is
    the hash of the last of them, in hexadecimal digits: it proves all before it. `seal` is null
    where nothing is sealed; `export` says that the reader may take the case away as evidence."""

    verified: int
    head: str | None
    ok: bool
    broken: BrokenLink | None
    seal: SealState | None
    export: bool
