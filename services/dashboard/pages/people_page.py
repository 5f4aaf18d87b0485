"""The people picker of the local profile: be one of the people of the sample district."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Anyone

router = APIRouter()

# Whose hours and time are their own: known by an id of the register, as everybody is there.
VOLUNTEER = "00000000-0000-8000-8000-0000000000a1"


class Person(NamedTuple):
    """Somebody of the sample district. Without a territory they answer for all of it."""

    id: str
    role: str
    what: str
    territory: str | None = None
    unit: str | None = None


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
    Person("approver-1", "hours_approver", "活龙井社区的时长审核人。", "huolongjing"),
    Person(VOLUNTEER, "volunteer", "活龙井社区的志愿者，登记时长，用时间。", "huolongjing"),
)


@router.get("/people")
async def people(request: Request, visitor: Anyone) -> Response:
    """Who one can be."""
    pages: Pages = request.app.state.pages
    district, _ = request.app.state.district
    told = {"people": [one._replace(territory=one.territory or district) for one in PEOPLE]}
    return pages.page(request, visitor, "people.html", told)
