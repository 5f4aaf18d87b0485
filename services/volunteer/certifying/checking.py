"""Whether a paper that somebody was shown is so: by the log alone, and by its seals."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from services.volunteer.certifying.file import CertificateFile
from services.volunteer.certifying.forms import Shown
from services.volunteer.certifying.papers import community_of
from services.volunteer.certifying.standing import standing_of
from services.volunteer.log import LOG
from services.volunteer.service import Volunteers
from shared.core.checkpoint import Checkpoint
from shared.runtime.seals.awaiting import sealed
from shared.runtime.seals.evidence import Proof


async def verdict_of(service: Volunteers, file: CertificateFile, shown: Shown) -> dict[str, Any]:
    """What is so of the certificate. Raises Problem where its seals do not hold."""
    issued, (position, own) = file.issued, file.place
    stands = standing_of(file.history, file.version)
    told = own.hex()
    minutes = None if shown.minutes is None else shown.minutes == issued.minutes
    hash_ = None if shown.hash is None else told.startswith(shown.hash.lower())
    proof = service.seals and await sealed(service.pool, LOG, service.seals, file.place)
    return {
        "serial": issued.serial,
        "issued_at": file.issued_at,
        "since": issued.since,
        "until": issued.until,
        "territory": file.territory,
        "community": await community_of(service, file),
        "minutes": issued.minutes,
        "records": issued.records,
        "position": position,
        "hash": told,
        "minutes_agree": minutes,
        "hash_agrees": hash_,
        "genuine": False not in (minutes, hash_),
        "standing": stands.minutes,
        "reversed": stands.reversed,
        "reversed_records": stands.records,
        "reversed_at": stands.last,
        "proof": _told(proof) if proof else None,
    }


def _told(proof: Proof) -> dict[str, Any]:
    return {
        "inclusion": [b64encode(one).decode() for one in proof.path],
        "checkpoint": str(proof.checkpoint),
        "keys": [str(key) for key in proof.keys],
        "witnesses": [str(key) for key in proof.witnesses],
        "sealed_at": Checkpoint.parse(proof.checkpoint.text).sealed_at,
    }
