"""The people picker of the local profile: be one of the people of the sample district."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Anyone

router = APIRouter()


class Person(NamedTuple):
    """Somebody of the sample district. Without a territory they answer for all of it."""

    id: str
    role: str
    what: str
    territory: str | None = None
    unit: str | None = None


# Residents of the sample district with seed 1, of whatever scale: their tokens are their own.
HOME = "huolongjing"
VETERAN = "f74200a6-c2fa-8214-bbf2-0d1021428828"
NEIGHBOUR = "39e8bf97-cfc9-86df-bef8-9bff36252a6d"
ALONE = "31c64978-f23d-880d-b5bc-93e40442097b"

PEOPLE = (
    Person("operator-1", "district_observer", "看全区的数字，往下看到每一件。"),
    Person("clerk-1", "dispatcher", "受理、派单、办结，一天三百件。"),
    Person("grid-1", "grid_worker", "活龙井社区的网格员，上报和跟进。", "huolongjing"),
    Person("receiver-1", "first_receiver", "活龙井社区的首接责任人，先接先办。", "huolongjing"),
    Person("unit-1", "handling_unit", "承办单位：签收、办理、回复。", None, "city-management"),
    Person("caller-1", "callback_agent", "回访：解决了吗，满意吗。"),
    Person("supervisor-1", "supervisor", "督办超期和难办的件。"),
    Person("arbiter-1", "arbiter", "退回的单归谁办，由他审定。"),
    Person("auditor-1", "auditor", "核对每一步，谁在什么时候做了什么。"),
    Person("keeper-1", "administrator", "发布办理规则，管全区的设置。"),
    Person("resident-1", "resident", "住在示例区，有话要说。"),
    Person(VETERAN, "volunteer", "六十八岁，服务了一千二百多个小时，三星。", HOME),
    Person(NEIGHBOUR, "volunteer", "下班以后来巡逻的年轻志愿者。", HOME),
    Person(ALONE, "resident", "八十二岁，一个人住，想请人帮忙。", HOME),
    Person("leader-1", "team_leader", "带一支志愿队伍，替队员登记时长。", HOME),
    Person("lead-1", "activity_lead", "策划活动，现场签到。", HOME),
    Person("recorder-1", "recorder", "记下谁什么时候做了什么。", HOME),
    Person("approver-1", "hours_approver", "看凭据，审核时长。", HOME),
    Person("registrar-1", "registrar", "社区窗口：登记志愿者，代办时间存取。", HOME),
    Person("shop-1", "shop_keeper", "管活龙井积分超市：进货、盘点、凭码交货。", HOME),
    Person("reviewer-1", "points_reviewer", "审核积分，开积分超市。"),
)


@router.get("/people")
async def people(request: Request, visitor: Anyone) -> Response:
    """Who one can be."""
    pages: Pages = request.app.state.pages
    district, _ = request.app.state.district
    told = {"people": [one._replace(territory=one.territory or district) for one in PEOPLE]}
    return pages.page(request, visitor, "people.html", told)
