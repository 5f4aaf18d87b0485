"""What is outstanding, as the operator reads it: by community and age, in points and in money."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook

from services.points.account.commands import EarnPoints, HoldPoints
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.owing.answers import Outstanding, OutstandingReport
from services.points.rules.book import Expiry, PointsRules
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command
from shared.core.roles import NAMES
from shared.runtime.commands.submission import Identity, Target, single
from shared.testkit.maps import lay

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

ANN, BEN, CAI = (UUID(int=(8 << 76) | (0b10 << 62) | number) for number in (1, 2, 3))
STAFF = Actor(id="grid", roles=frozenset({"grid_worker", "points_reviewer"}), territory="d")
MONTHLY = PointsRules.model_validate(
    {**BOOK.model_dump(), "expiry": Expiry(mode="days", days=30).model_dump()}
)
ABOVE = 8  # lines of a sheet up to its header, and that


class Place:
    """Two communities of a district whose people have points, and who reads of them."""

    def __init__(
        self,
        service: PointsService,
        client: httpx.AsyncClient,
        headers: Callable[..., dict[str, str]],
    ) -> None:
        self.service = service
        self.client = client
        self.headers = headers
        self._number = 100

    async def earned(
        self, person: UUID, home: str, times: int = 1, ago: int = 0, rules: PointsRules = BOOK
    ) -> None:
        """Fifteen points each time, given so many days ago."""
        then = datetime.now(UTC) - timedelta(days=ago)
        asked = EarnPoints(
            at=then, actor=STAFF, asked_on=day_of(then), holder=person, home=home, rules=rules,
            reason="mediation", quantity=times, day=day_of(then), territory=home,
        )  # fmt: skip
        await self._sent(person, asked)

    async def held(self, person: UUID, points: int) -> None:
        """So many are put aside."""
        now = datetime.now(UTC)
        asked = HoldPoints(
            at=now, actor=STAFF, asked_on=day_of(now), hold=UUID(int=77), points=points,
            item=UUID(int=78), quantity=1, rules=BOOK,
        )  # fmt: skip
        await self._sent(person, asked)

    async def _sent(self, person: UUID, asked: Command) -> None:
        self._number += 1
        command_id = UUID(int=self._number)
        target = Target(account, account_of("person", person))
        await self.service.executor.execute(single(target, asked, Identity(command_id, b"")))
        await self.service.projector.drain()

    async def get(self, path: str, role: str = "auditor", at: str = "d", **query: Any) -> Any:
        """Read as someone of this role."""
        asked = self.headers("reader", roles=(role,), territory=at)
        return await self.client.get(path, params=query, headers=asked)

    async def read(self, **query: Any) -> dict[str, Any]:
        """What is outstanding."""
        answer = await self.get("/outstanding", **query)
        assert answer.status_code == 200, answer.text
        Outstanding.model_validate_json(answer.content)
        return dict(answer.json())


@pytest.fixture
async def place(
    service: PointsService, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]]
) -> Place:
    """The district, without any points yet."""
    await lay(service.pool, ("d", "d/s1", "d/s1/c1", "d/s1/c2"))
    await service.map.read()
    return Place(service, client, headers)


async def test_free_and_held_are_outstanding_in_points_and_in_money(place: Place) -> None:
    await place.earned(ANN, "d/s1/c1", 3)
    await place.earned(BEN, "d/s1/c2", 1)
    await place.held(ANN, 20)
    told = await place.read()
    one, two = told["items"]
    assert (one["territory"], one["free"], one["held"]) == ("d/s1/c1", 25, 20)
    assert (one["outstanding"], one["point_fen"], one["fen"]) == (45, BOOK.fen, 45 * BOOK.fen)
    assert (two["territory"], two["accounts"], two["outstanding"]) == ("d/s1/c2", 1, 15)
    total = told["total"]
    assert (total["territory"], total["accounts"], total["outstanding"]) == ("d", 2, 60)
    assert total["fen"] == 60 * BOOK.fen
    assert told["watermark"]["position"] == await place.service.head()


async def test_points_are_as_old_as_the_month_they_came_in(place: Place) -> None:
    never = BOOK.model_copy(update={"expiry": Expiry(mode="never")})
    for times, ago in ((1, 0), (2, 130), (3, 800)):
        await place.earned(ANN, "d/s1/c1", times, ago, never)
    told = await place.read()
    assert told["items"][0]["ages"] == [15, 30, 0, 0, 45]
    assert told["total"]["ages"] == [15, 30, 0, 0, 45]
    assert [(one["since"], one["until"]) for one in told["ages"]] == [
        (0, 2), (3, 5), (6, 11), (12, 23), (24, None),
    ]  # fmt: skip
    assert (told["endings"], told["endless"]) == ([], 90)


async def test_what_ended_at_midnight_is_not_outstanding_though_nobody_wrote_it_down(
    place: Place,
) -> None:
    await place.earned(ANN, "d/s1/c1", 1, ago=40, rules=MONTHLY)
    await place.earned(BEN, "d/s1/c1", 1, ago=0, rules=MONTHLY)
    assert (await place.read())["total"]["free"] == 15, "Ann's ended ten days ago"
    last = date.fromisoformat(day_of(datetime.now(UTC))) + timedelta(days=30)
    assert (await place.read(on=last.isoformat()))["total"]["free"] == 15, "on the last day"
    after = (last + timedelta(days=1)).isoformat()
    assert (await place.read(on=after))["total"]["free"] == 0


async def test_what_is_carried_over_is_outstanding_before_anybody_wrote_it_down(
    place: Place,
) -> None:
    for _ in range(3):
        await place.earned(ANN, "d/s1/c1", 1)
    some = BOOK.model_copy(update={"expiry": Expiry(mode="year_end", carry=10)})
    await place.earned(BEN, "d/s1/c1", 2, rules=some)
    year = int(day_of(datetime.now(UTC))[:4])
    told = await place.read(on=f"{year + 1}-01-01")
    assert told["total"]["free"] == 45 + 10
    assert (await place.read(on=f"{year + 2}-01-01"))["total"]["free"] == 0
    assert {one["month"]: one["points"] for one in (await place.read())["endings"]} == {
        f"{year}-12": 20, f"{year + 1}-12": 55,
    }  # fmt: skip


async def test_of_days_gone_by_nothing_is_said(place: Place) -> None:
    yesterday = day_of(datetime.now(UTC) - timedelta(days=1))
    answer = await place.get("/outstanding", on=yesterday)
    assert (answer.status_code, answer.json()["code"]) == (422, "day_gone_by")


async def test_a_workbook_csv_and_json_say_the_same(place: Place) -> None:
    await place.earned(ANN, "d/s1/c1", 2)
    await place.held(ANN, 10)
    answer = await place.get("/outstanding.json")
    OutstandingReport.model_validate_json(answer.content)
    report = answer.json()
    month = day_of(datetime.now(UTC))[:7]
    assert [(one["month"], one["points"], one["fen"]) for one in report["items"]] == [
        (month, 20, 20 * BOOK.fen), ("", 10, 10 * BOOK.fen),
    ]  # fmt: skip
    expected = [["d/s1/c1", one["month"] or "预留 held", one["points"], one["point_fen"],
                 one["fen"], one["rules"]] for one in report["items"]]  # fmt: skip
    sheet = (await place.get("/outstanding.csv")).content.decode("utf-8-sig")
    assert [*csv.reader(StringIO(sheet))][ABOVE:] == [[str(one) for one in row] for row in expected]
    book = load_workbook(BytesIO((await place.get("/outstanding.xlsx")).content))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert rows[ABOVE:] == expected


@pytest.mark.parametrize("path", ["/outstanding", "/outstanding.xlsx"])
async def test_only_who_oversees_reads_it_and_only_of_their_own(place: Place, path: str) -> None:
    overseers = {"supervisor", "district_observer", "auditor", "administrator"}
    for role in NAMES:
        for at, inside in (("d/s1", True), ("elsewhere", False)):
            answer = await place.get(path, role, at, territory="d/s1/c1")
            allowed = role in overseers and inside
            assert answer.status_code == (200 if allowed else 403), (role, at, answer.text)
