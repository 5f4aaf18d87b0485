"""Every role on every route of claims: what the table says is what happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.points.access import ACCESS
from services.points.claiming import batch
from services.points.claiming.forms import Approvals
from services.points.service import PointsService, opened
from services.points.settings import Settings
from shared.core.messages import Actor
from shared.core.roles import NAMES
from shared.runtime.commands.submission import Identity
from shared.runtime.web.asking import Asking
from tests.points.claims import ANN, BEN, HEAD, REVIEWER, Claimants, form_of, resident

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NOBODY = str(UUID(int=99))


@pytest.fixture
async def claimants(
    client: httpx.AsyncClient, headers: Callable[..., dict[str, str]], service: PointsService
) -> Claimants:
    made = Claimants(client, headers, service)
    await made.draw()
    return made


def routes(claim: str) -> list[tuple[str, str, str, dict[str, Any] | None]]:
    """Every operation about claims, with the least that it must be sent."""
    return [
        ("claim_points", "post", "/claims", form_of(person=str(ANN))),
        ("approve_claim", "post", f"/claims/{claim}/approve", {}),
        ("reject_claim", "post", f"/claims/{claim}/reject", {"reason": "double"}),
        ("withdraw_claim", "post", f"/claims/{claim}/withdraw", {}),
        ("approve_claims", "post", "/claims/approve", {"claims": [NOBODY]}),
        ("read_claims", "get", "/claims", None),
        ("read_claimable", "get", f"/claimable?person={ANN}", None),
    ]


async def test_a_role_gets_to_what_the_table_grants_it_only(claimants: Claimants) -> None:
    odd = []
    for role in NAMES:
        actor = {"sub": "one", "roles": (role,), "territory": "d/s1/c1"}
        for action, method, path, form in routes(await claimants.claimed()):
            headers = claimants.headers(**actor)
            answer = await claimants.client.request(method, path, json=form, headers=headers)
            granted = any(role in grant.roles for grant in ACCESS.actions[action])
            code = "" if answer.is_success else answer.json()["code"]
            if answer.status_code >= 500 or (code == "role_missing") is granted:
                odd.append((role, action, answer.text))
    assert odd == []


async def test_who_answers_for_another_community_sees_and_changes_nothing(
    claimants: Claimants,
) -> None:
    claim = await claimants.claimed()
    away = {**REVIEWER, "territory": "d/s1/c2"}
    for step, form in (("approve", {}), ("reject", {"reason": "double"})):
        there = await claimants.refused(f"/claims/{claim}/{step}", form, away)
        nowhere = await claimants.refused(f"/claims/{NOBODY}/{step}", form, away)
        assert there == nowhere == "no_such_claim"
    other = {**HEAD, "territory": "d/s1/c2"}
    form = form_of(person=str(ANN), territory="d/s1/c1")
    assert await claimants.refused("/claims", form, other) == "outside_territory"
    assert await claimants.refused("/claims", form_of(person=str(BEN)), resident(ANN)) == (
        "not_your_own"
    )


async def test_two_processes_that_approve_the_same_claims_give_each_once(
    claimants: Claimants, settings: Settings
) -> None:
    people = [UUID(int=(8 << 76) | (0b10 << 62) | number) for number in range(10, 40)]
    claims = [await claimants.claimed(one, quantity=3) for one in people]
    async with AsyncExitStack() as stack:
        services = [await stack.enter_async_context(opened(settings)) for _ in range(2)]
        asked = [_approved(one, claims, number) for number, one in enumerate(services)]
        first, second = await asyncio.gather(*asked)
    taken = [
        [one["claim"] for one in found["items"] if one["code"] is None] for found in (first, second)
    ]
    assert sorted(map(str, [*taken[0], *taken[1]])) == sorted(claims)
    refused = {one["code"] for found in (first, second) for one in found["items"]} - {None}
    assert refused <= {"claim_is_approved"}
    await claimants.service.projector.drain()
    assert {await claimants.given(one) for one in people} == {6}


async def _approved(service: PointsService, claims: list[str], number: int) -> dict[str, Any]:
    actor = Actor(id=f"r{number}", roles=frozenset({"points_reviewer"}), territory="d/s1/c1")
    asking = Asking(actor, Identity(UUID(int=number), b"%d" % number))
    form = Approvals(claims=[UUID(one) for one in claims])
    return await batch.approved(service, form, asking)
