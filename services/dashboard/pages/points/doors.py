"""Where somebody may go with points, by role. Data alone."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

OWN = frozenset({"volunteer", "resident"})
GIVERS = frozenset(
    {"points_reviewer", "grid_worker", "party_secretary", "party_instructor", "supervisor",
     "activity_lead", "team_leader", "mediator", "building_head", "lane_head"}
)  # fmt: skip
COUNTER = frozenset({"registrar", "points_reviewer"})
OVERSEES = frozenset({"supervisor", "district_observer", "auditor"})
# Who may look at somebody else's account.
LOOKS = COUNTER | {"supervisor", "auditor"}
KEEPS = frozenset({"administrator"})
SELLS = frozenset({"shop_keeper"})
MINDS = SELLS | KEEPS | {"supervisor", "points_reviewer"}
SHOPS = OWN | SELLS | KEEPS | COUNTER | OVERSEES
# Whose page this is.
POINTS = OWN | GIVERS | COUNTER | OVERSEES | SELLS | KEEPS
READS_RULES = POINTS - {"party_instructor", "lane_head"}


class Door(NamedTuple):
    """A page: its path, what it is called, what one does there, and who goes there."""

    path: str
    text: str
    what: str
    roles: Set[str]


DOORS: Sequence[Door] = (
    Door("/shop", "积分超市", "看看积分能换什么。", SHOPS),
    Door("/shop/codes", "我换的东西", "凭取货码去取，还没取的可以取消。", OWN),
    Door("/counter", "超市柜台", "输取货码交东西，管库存。", MINDS),
    Door("/points/claim", "申报积分", "做了好事，报上来，审核后加分。", OWN | GIVERS | COUNTER),
    Door("/points/give", "加分扣分", "当场给做了好事的居民加分。", GIVERS),
    Door("/points/claims", "申报进度", "报上来的好事，审到哪一步了。", OWN | GIVERS | LOOKS),
    Door("/honours", "荣誉墙", "谁得了什么荣誉。", POINTS),
    Door("/points/rules", "积分规则", "做什么加几分，什么时候到期。", READS_RULES),
    Door("/points/outstanding", "未兑积分", "各社区还有多少积分没有兑换。", OVERSEES | KEEPS),
)


def doors(roles: Set[str]) -> list[Door]:
    """The pages that someone of these roles may go to."""
    return [one for one in DOORS if one.roles & roles]
