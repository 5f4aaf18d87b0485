"""Claims in the sample: most of them wait for a reviewer, one was turned down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from services.points.claim.commands import ClaimPoints, RejectClaim
from services.points.claim.decider import claim
from services.points.sample.deeds import Told, acting
from services.points.sample.people import SHOPS, Community
from services.points.service import PointsService
from shared.core.derived import derived
from shared.core.local_time import day_of
from shared.core.messages import Actor, Command
from shared.runtime.telling import tell_in_turn

# What somebody says they did, and how many days ago.
SAID = (
    ("activity", "周六一起清理了楼道堆放的旧物。", 1),
    ("mediation", "楼上漏水，两家商量好了怎么赔。", 2),
    ("activity", "端午包粽子，给独居老人送了几户。", 3),
    ("explaining", "给三号楼讲了医保怎么缴。", 4),
    ("activity", "参加了院坝会，提了停车的建议。", 5),
    ("mediation", "劝开了两户为晾衣杆吵架。", 6),
)
REFUSED = 3  # this one was turned down


async def load(service: PointsService, communities: Sequence[Community], told: Told) -> None:
    """Half a dozen in each community with a shop."""
    for one in communities:
        if one.code in SHOPS:
            for number, person in enumerate(one.people[: len(SAID)]):
                await _claim(service, (one.code, person, number), told)


async def _claim(service: PointsService, who: tuple[str, UUID, int], told: Told) -> None:
    community, person, number = who
    reason, words, ago = SAID[number]
    at = told.began - timedelta(days=ago, hours=2)
    sealed = await service.sealer.seal(person, {"words": words})
    own = Actor(id=str(person), roles=frozenset({"resident"}), territory="")
    steps: list[Command] = [
        ClaimPoints(
            at=at, actor=own, asked_on=day_of(at), person=person, reason=reason, quantity=1,
            day=day_of(at), territory=community, rules=told.rules, words=sealed["words"],
        )
    ]  # fmt: skip
    if number == REFUSED:
        reviewer = acting(told, "reviewer-1", "points_reviewer")
        steps.append(RejectClaim(at=at + timedelta(hours=20), actor=reviewer, reason="not_done"))
    stream = derived("sample-claim", str(person))
    await tell_in_turn(service, f"claim {person}", claim, stream, steps)
