"""Roles that a token may name, as the glossary of the district has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Role = Literal[
    "resident", "grid_worker", "building_head", "lane_head", "dispatcher", "handling_unit",
    "first_receiver", "supervisor", "callback_agent", "arbiter", "mediator", "council_member",
    "party_secretary", "party_instructor", "enthusiast", "spokesperson", "volunteer",
    "team_leader", "activity_lead", "recorder", "hours_approver", "shop_keeper",
    "points_reviewer", "registrar", "administrator", "importer", "district_observer", "auditor",
    "service",
]  # fmt: skip

NAMES: Mapping[Role, str] = {
    "resident": "居民",
    "grid_worker": "网格员",
    "building_head": "楼栋长",
    "lane_head": "街巷长",
    "dispatcher": "派单员",
    "handling_unit": "承办单位",
    "first_receiver": "首接责任人",
    "supervisor": "督办员",
    "callback_agent": "回访员",
    "arbiter": "审定人",
    "mediator": "调解员",
    "council_member": "民情理事会成员",
    "party_secretary": "书记",
    "party_instructor": "党建指导员",
    "enthusiast": "热心人",
    "spokesperson": "小区代言人",
    "volunteer": "志愿者",
    "team_leader": "队长",
    "activity_lead": "活动负责人",
    "recorder": "记录人",
    "hours_approver": "时长审核人",
    "shop_keeper": "积分超市管理员",
    "points_reviewer": "积分审核员",
    "registrar": "户籍登记员",
    "administrator": "系统管理员",
    "importer": "数据导入",
    "district_observer": "区级查看",
    "auditor": "审计",
    "service": "内部服务",
}
