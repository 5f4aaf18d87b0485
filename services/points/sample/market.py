"""The shops of the sample: what they offer, what came and went, what people chose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from services.points.account.stream import account_of
from services.points.redemption import together
from services.points.redemption.commands import (
    CancelRedemption,
    FulfilRedemption,
    RequestRedemption,
)
from services.points.redemption.decider import redemption
from services.points.sample.deeds import Told, acting
from services.points.sample.people import SHOPS, Community
from services.points.service import PointsService
from services.points.shop.commands import OpenShop
from services.points.shop.decider import shop
from services.points.stock.commands import (
    CountStock,
    ListItem,
    PriceItem,
    ReceiveStock,
    StockCommand,
    WriteOffStock,
)
from services.points.stock.decider import stock
from services.points.stock.events import Most
from services.points.stock.pricing import Price
from shared.core.derived import derived
from shared.core.local_time import day_of
from shared.core.messages import Actor, Rejected
from shared.runtime.commands.submission import Submission, Target
from shared.runtime.telling import identity_of, tell_all

NAMES = {
    SHOPS[0]: ("活龙井积分超市", "社区服务中心一楼"),
    SHOPS[1]: ("新村积分超市", "党群服务站旁"),
}
HOURS = "周二、周五 9:00–11:30，15:00–17:00"
OPENED, FIRST = 400, 380  # days ago
CHOOSING = 8  # people of each community with a shop who chose something


@dataclass(frozen=True)
class Good:
    """What a shop offers: how it is called, for how many points, how many came, what they cost in
    fen, from whom."""

    name: str
    unit: str
    category: str
    points: int
    pieces: int
    cost: int
    source: str
    donated: bool = False
    most: Most | None = None


MONTHLY = Most(quantity=2, per="month")
GOODS = (
    Good("大米（5 公斤）", "袋", "粮油", 40, 60, 150_000, "区供销社", most=MONTHLY),
    Good("食用油（1.8 升）", "瓶", "粮油", 50, 40, 120_000, "区供销社", most=MONTHLY),
    Good("鸡蛋", "盒", "粮油", 18, 80, 96_000, "惠民菜场"),
    Good("抽纸", "提", "日用", 10, 120, 84_000, "惠民超市"),
    Good("洗衣液", "瓶", "日用", 25, 50, 75_000, "惠民超市"),
    Good("垃圾袋", "卷", "日用", 4, 200, 40_000, "惠民超市"),
    Good("牙膏", "支", "日用", 8, 100, 50_000, "惠民超市"),
    Good("理发一次", "次", "服务", 15, 30, 0, "邻里理发店", donated=True),
    Good("作业本", "本", "文具", 3, 150, 0, "共建单位捐赠", donated=True),
)


async def load(service: PointsService, communities: Sequence[Community], told: Told) -> None:
    """Two shops that have been open for a year, in the communities that have one."""
    for one in communities:
        if one.code in NAMES:
            await _shop(service, one.code, told)
            for number in range(len(GOODS)):
                await _item(service, one.code, number, told)
            await _chosen(service, one, told)


def shop_of(community: str) -> UUID:
    """The shop of this community."""
    return derived("sample-shop", community)


def item_of(community: str, number: int) -> UUID:
    """The nth thing that its shop offers."""
    return derived("sample-item", community, str(number))


async def _shop(service: PointsService, community: str, told: Told) -> None:
    name, place = NAMES[community]
    opening = OpenShop(
        at=told.began - timedelta(days=OPENED), actor=acting(told, "supervisor-1", "supervisor"),
        territory=community, name=name, place=place, hours=HOURS,
    )  # fmt: skip
    await tell_all(service, f"shop {community}", shop, shop_of(community), [opening])


async def _item(service: PointsService, community: str, number: int, told: Told) -> None:
    commands = [*_offered(community, GOODS[number], told)]
    name = f"item {community} {number}"
    await tell_all(service, name, stock, item_of(community, number), commands)


def _offered(community: str, good: Good, told: Told) -> Iterator[StockCommand]:
    keeper = acting(told, "shop-1", "shop_keeper")
    began = told.began - timedelta(days=FIRST)
    about: dict[str, Any] = {"at": began, "actor": keeper}
    yield ListItem(
        shop=shop_of(community), territory=community, name=good.name, unit=good.unit,
        category=good.category, price=Price(points=good.points, since=day_of(began)),
        most=good.most, **about,
    )  # fmt: skip
    supply: Any = "donation" if good.donated else "supplier"
    yield ReceiveStock(
        quantity=good.pieces, supply=supply, source=good.source, cost=good.cost, **about
    )
    if good.category == "粮油":  # a tenth less around the Spring Festival to come
        about["at"] = told.began - timedelta(days=3)
        since, until = told.began + timedelta(days=60), told.began + timedelta(days=90)
        price = Price(points=good.points * 9 // 10, since=day_of(since), until=day_of(until))
        yield PriceItem(price=price, asked_on=day_of(about["at"]), **about)
    if good.name == "鸡蛋":
        about["at"] = told.began - timedelta(days=30)
        yield WriteOffStock(quantity=3, reason="broken", **about)
        yield CountStock(counted=good.pieces - 4, reason="missing", **about)


async def _chosen(service: PointsService, community: Community, told: Told) -> None:
    """Some of its people chose something: it was fetched, or waits, or was not wanted."""
    chance = Random(f"{told.seed} {community.code} shop")
    for number, person in enumerate(community.people[:CHOOSING]):
        good = chance.choice((2, 3, 5, 6, 8))
        name = f"chosen {community.code} {number}"
        asked = _asked(community.code, person, (good, derived(name)), told, service)
        await _step(service, name, asked, _requested)
        if number % 4 == 3:
            continue
        at = told.began - timedelta(hours=2)
        keeper = acting(told, "shop-1", "shop_keeper")
        ending: Any = FulfilRedemption(at=at, actor=keeper, asked_on=day_of(at), shown="code")
        if number % 4 == 2:
            own = _self(person)
            ending = CancelRedemption(at=at, actor=own, asked_on=day_of(at), reason="own_request")
        await _step(service, f"{name} end", (asked[0], asked[1], ending), _ended)


Asked = tuple[UUID, RequestRedemption, Any]


def _asked(
    community: str, person: UUID, what: tuple[int, UUID], told: Told, service: PointsService
) -> Asked:
    number, one = what
    at, good = told.began - timedelta(hours=20), GOODS[number]
    asked = RequestRedemption(
        at=at, actor=_self(person), asked_on=day_of(at), kind="person", holder=person,
        keeper=person, shop=shop_of(community), item=item_of(community, number),
        territory=community, quantity=1, seen=good.points,
        due=at + timedelta(hours=told.rules.pickup_hours),
        digest=service.codes.digest(service.codes.of(one)), rules=told.rules,
    )  # fmt: skip
    return one, asked, asked


def _requested(asked: Asked) -> tuple[tuple[Target, ...], Any]:
    one, command, _ = asked
    payer = Target(together.PAYING, account_of("person", command.holder))
    targets = (payer, Target(together.STOCK, command.item), Target(redemption, one))
    return targets, partial(together.requested, command, one)


def _ended(asked: Asked) -> tuple[tuple[Target, ...], Any]:
    one, command, ending = asked
    payer = Target(together.FOLLOWING, account_of("person", command.holder))
    targets = (payer, Target(together.STOCK, command.item), Target(redemption, one))
    return targets, partial(together.stepped, ending, one)


async def _step(service: PointsService, name: str, asked: Asked, how: Any) -> None:
    targets, decide = how(asked)
    submission = Submission(identity_of(service, name), asked[2], targets, decide)
    try:
        await service.executor.execute(submission)
    except Rejected:  # who has too few points chose nothing
        return


def _self(person: UUID) -> Actor:
    return Actor(id=str(person), roles=frozenset({"resident"}), territory="")
