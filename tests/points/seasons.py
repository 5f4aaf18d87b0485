"""A points service that time passes over: a real log, read models kept up, the timer by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from services.points.account.commands import CreditDeed, EarnPoints
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.log import EVENTS
from services.points.projections.points_accounts import PointsAccountRow, left_on
from services.points.rules.book import Expiry, PointsRules
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from services.points.timekeeping import note
from shared.core.local_time import day_of
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import read
from tests.points.deciding import BY, holder

MONTHLY = BOOK.model_copy(update={"expiry": Expiry(mode="month_end", carry=10), "daily": None})
# The last second of September in Beijing, and the first of October.
EVE = datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 9, 30, 16, 0, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Seasons:
    """`executor` asks what is asked of the log by people, without a map to check it by."""

    service: PointsService
    executor: Executor
    rules: PointsRules

    async def earned(self, who: int, times: int, moment: datetime, **other: Any) -> None:
        """Points for mediating, fifteen each time."""
        home = other.get("home", "d")
        command = EarnPoints(
            at=moment, actor=BY["actor"], holder=holder(who), home=home, territory=home,
            reason="mediation", quantity=times, day=other.get("day", day_of(moment)),
            asked_on=day_of(moment), rules=other.get("rules", self.rules),
        )  # fmt: skip
        await self.asked(Target(account, self.stream(who)), command)

    async def credited(self, who: int, source: str, moment: datetime, rules: PointsRules) -> None:
        """Points for a clue that another service told of."""
        command = CreditDeed(
            at=moment, actor=BY["actor"], deed="clue_verified", person=holder(who), home="d",
            territory="d", quantity=1, day=day_of(moment), asked_on=day_of(moment), source=source,
            rules=rules,
        )  # fmt: skip
        await self.asked(Target(account, self.stream(who)), command)

    async def asked(self, target: Target, command: Any) -> None:
        """Returns once it is shown."""
        answer = await self.executor.execute(single(target, command, Identity(uuid4(), b"")))
        await self.service.watermarks.follow(["points_accounts", "point_entries"], answer.position)

    async def note(self, moment: datetime) -> int:
        """What the timer does at this moment."""
        return await note(self.service, moment)

    async def row(self, who: int) -> PointsAccountRow:
        """The account as it is read."""
        async with self.service.pool.acquire() as connection:
            row = await connection.fetchrow(
                "select * from points_accounts where account_id = $1", self.stream(who)
            )
        assert row is not None
        return PointsAccountRow(**row)

    async def free(self, who: int, day: str) -> int:
        """What may be spent on that day, as it is read."""
        return left_on(await self.row(who), day).free(day)

    async def lines(self, who: int) -> Sequence[Mapping[str, Any]]:
        """Its statement."""
        async with self.service.pool.acquire() as connection:
            return await connection.fetch(
                "select * from point_entries where account_id = $1 order by position",
                self.stream(who),
            )

    async def told(self, who: int) -> Sequence[str]:
        """What happened to the account, by name."""
        async with self.service.pool.acquire() as connection:
            rows = await read.stream(connection, self.stream(who), 0)
        return [read.decode(EVENTS, row).event.type for row in rows]

    def stream(self, who: int) -> UUID:
        return account_of("person", holder(who))
