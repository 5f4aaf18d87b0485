"""A points supermarket over HTTP, as a test asks for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.points.account.commands import EarnPoints
from services.points.account.decider import account
from services.points.account.stream import account_of
from services.points.rules.book_2026_1 import BOOK
from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.runtime.commands.submission import Identity, Target, single
from shared.testkit.maps import lay

TERRITORIES = ("d", "d/s1", "d/s1/c1", "d/s2", "d/s2/c9")
HERE = "d/s1/c1"
ANN, BOB, CAI = (UUID(int=number) for number in range(1, 4))
KEEPER: dict[str, Any] = {"sub": "keeper", "roles": ("shop_keeper",), "territory": HERE}
HEAD: dict[str, Any] = {"sub": "head", "roles": ("supervisor",), "territory": "d"}
REVIEWER = Actor(id="reviewer", roles=frozenset({"points_reviewer"}), territory="d")
PLENTY = BOOK.model_copy(update={"daily": None})


def self_(person: UUID) -> dict[str, Any]:
    """A resident with a phone."""
    return {"sub": str(person), "roles": ("resident",), "territory": "d"}


class Market:
    """Asks the service; reads what it has become after each step."""

    def __init__(
        self, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]],
        service: PointsService,
    ) -> None:  # fmt: skip
        self.client, self.headers, self.service = client, headers, service

    async def draw(self) -> None:
        """Lay the map."""
        await lay(self.service.pool, TERRITORIES)
        await self.service.map.read()

    async def give(self, person: UUID, times: int) -> None:
        """Fifteen points so many times, today."""
        now = datetime.now(UTC)
        about: dict[str, Any] = {"holder": person, "home": HERE, "territory": HERE}
        free = [one.model_copy(update={"monthly": None}) for one in PLENTY.reasons]
        rules = PLENTY.model_copy(update={"reasons": tuple(free)})
        asked = EarnPoints(
            at=now, actor=REVIEWER, asked_on=day_of(now), day=day_of(now), reason="mediation",
            quantity=times, rules=rules, **about,
        )  # fmt: skip
        target = Target(account, account_of("person", person))
        identity = Identity(uuid4(), b"given")
        await self.service.executor.execute(single(target, asked, identity))
        await self.service.projector.drain()

    async def post(self, path: str, form: dict[str, Any], actor: dict[str, Any]) -> httpx.Response:
        """Any command, and the read models after it."""
        answer = await self.client.post(path, json=form, headers=self.headers(**actor))
        await self.service.projector.drain()
        return answer

    async def done(self, path: str, form: dict[str, Any], actor: dict[str, Any]) -> dict[str, Any]:
        """A command that is taken; the receipt."""
        answer = await self.post(path, form, actor)
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def refused(self, path: str, form: dict[str, Any], actor: dict[str, Any]) -> str:
        """The code of a refusal."""
        answer = await self.post(path, form, actor)
        assert not answer.is_success, answer.text
        return str(answer.json()["code"])

    async def read(self, path: str, actor: dict[str, Any], **query: Any) -> dict[str, Any]:
        """What is there."""
        answer = await self.client.get(path, params=query, headers=self.headers(**actor))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def shop(self, name: str = "邻里积分超市") -> str:
        """Open a shop; its id."""
        form = {
            "territory": HERE,
            "name": name,
            "place": "居委会一楼",
            "hours": "周二周四 9:00–11:00",
        }
        return str((await self.done("/shops", form, HEAD))["id"])

    async def item(self, shop: str, pieces: int, points: int = 15, **told: Any) -> str:
        """Offer an item with so many pieces on the shelf; its id."""
        since = day_of(datetime.now(UTC) - timedelta(days=1))
        form = {
            "name": "大米", "unit": "袋", "category": "粮油",
            "price": {"points": points, "since": since}, **told,
        }  # fmt: skip
        item = str((await self.done(f"/shops/{shop}/items", form, KEEPER))["id"])
        if pieces:
            came = {"quantity": pieces, "supply": "supplier", "source": "粮油公司", "cost": 3_000}
            await self.done(f"/items/{item}/receive", came, KEEPER)
        return item

    async def choose(self, item: str, person: UUID, points: int = 15, **told: Any) -> str:
        """Put a piece aside for somebody; the id of the redemption."""
        form = {"item": item, "points": points, **told}
        return str((await self.done("/redemptions", form, self_(person)))["id"])

    async def stock(self, shop: str) -> dict[str, Any]:
        """The only item of the shop, as its keeper sees it."""
        [line] = (await self.read(f"/shops/{shop}/stock", KEEPER))["items"]
        whole = line["shelf"] + line["held"] + line["given"] + line["off"]
        assert line["stocked"] == whole, line
        return dict(line)
