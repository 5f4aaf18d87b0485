"""What clients get about certificates. Nobody's name or id is in it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from shared.runtime.projections.watermarks import Watermark
from shared.runtime.web.answering import Receipt


class Issued(Receipt):
    """The receipt of a certificate, with the serial that it is known by."""

    serial: str


class SealProof(BaseModel):
    """That the event at the certificate's position, with its hash, is under the root of a
    checkpoint: `inclusion` is the path in base64, from below (RFC 6962; the leaf is SHA-256 of a
    zero byte, the position in 8 bytes and the hash), `checkpoint` the signed note."""

    inclusion: list[str]
    checkpoint: str
    keys: list[str]
    witnesses: list[str]
    sealed_at: datetime


class Verdict(BaseModel):
    """What is so of a certificate. `minutes` and `records` are what was certified, true at
    `position` of the log, where the account's chain had this `hash` (hex); `standing` of the
    minutes stand now, `reversed` do not. `minutes_agree` and `hash_agrees` judge what was shown,
    null where it was not; `genuine` is false where one of them is. `proof` is null until it is
    sealed."""

    serial: str
    issued_at: datetime
    since: str
    until: str
    territory: str
    community: str
    minutes: int
    records: int
    position: int
    hash: str
    minutes_agree: bool | None
    hash_agrees: bool | None
    genuine: bool
    standing: int
    reversed: int
    reversed_records: int
    reversed_at: datetime | None
    proof: SealProof | None


class CertificateLine(BaseModel):
    """A certificate in a person's list."""

    serial: str
    since: str
    until: str
    minutes: int
    records: int
    position: int
    issued_at: datetime


class CertificateList(BaseModel):
    """Certificates of a person, the latest first."""

    items: list[CertificateLine]
    watermark: Watermark
