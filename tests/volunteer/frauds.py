"""Records of a clean district, and such as should not be, straight into the read model: the log
refuses most of them, but an import of another system's history may bring any."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from services.volunteer.log import LOG
from services.volunteer.projections.service_records import ServiceRecordRow, service_records
from services.volunteer.words import GRADES
from shared.core.local_time import day_of
from shared.store import tables
from shared.store.pool import Pool

DAY = datetime.now(UTC).replace(hour=1, minute=0, second=0, microsecond=0) - timedelta(days=10)
PLACE = "d/s1/c1/n1"
LAT, LON = 366_000_000, 1_171_000_000  # 1e-7 degrees: Jinan


def record(number: int, person: int, begins: datetime, minutes: int, **told: Any) -> Any:
    """A record that is as it should be, but for what is told: known by a code on site, approved
    by another a day later."""
    evidence = told.get("evidence", "site_code")
    known: dict[str, Any] = {
        "record_id": UUID(int=number), "account_id": UUID(int=person), "person": UUID(int=person),
        "record": number, "position": number, "territory": PLACE, "status": "approved",
        "day": day_of(begins), "minutes": minutes, "service": "meals", "evidence": evidence,
        "grade": GRADES[evidence], "recorder": f"leader-{person % 7}", "approver": "approver",
        "since": begins, "until": begins + timedelta(minutes=minutes), "proof": f"{number:064x}",
        "lat": LAT, "lon": LON, "activity": UUID(int=10_000 + number // 20), "team": None,
        "help": None, "care": None, "beneficiary": None, "sponsor": None, "note": None,
        "late": None, "entered_at": begins + timedelta(minutes=minutes + 5),
        "approved_at": begins + timedelta(days=1), "decided_at": begins + timedelta(days=1),
        "reason": None,
    }  # fmt: skip
    known |= told
    # a later column of the table is as empty as may be
    names = ServiceRecordRow.__dataclass_fields__
    told_all: dict[str, Any] = {name: known.get(name) for name in names}
    return ServiceRecordRow(**told_all)


def clean(seed: int, people: int = 60, each: int = 8) -> list[Any]:
    """Records of people who serve once a day, now here, now there, some late, some approved on the
    same day."""
    random = Random(seed)
    found: list[Any] = []
    for person in range(1, people + 1):
        for turn in range(each):
            since = DAY - timedelta(days=turn, minutes=random.randrange(300))
            told: dict[str, Any] = {
                "lat": LAT + random.randrange(100_000),
                "evidence": random.choice(["site_code", "photo", "recorder"]),
            }
            if random.random() < 0.1:
                told |= {"late": "paper_form", "entered_at": since + timedelta(days=5)}
                told |= {"approved_at": since + timedelta(days=6)}
            if random.random() < 0.1:
                told |= {"since": None, "until": None, "lat": None, "lon": None, "proof": None}
            minutes = random.choice([30, 60, 120, 240])
            found.append(record(len(found) + 1, person, since, minutes, **told))
    return found


async def put(pool: Pool, rows: Sequence[Any]) -> None:
    """Write these into the read model, as the projection would."""
    await tables.make(pool, LOG, [service_records])
    async with pool.acquire() as connection, connection.transaction():
        await tables.write(connection, service_records, {row.record_id: row for row in rows})
