"""What the pages call looks at a case: what was done, what was shown of it."""

from __future__ import annotations

LOOKS = {
    "case-opened": "打开",
    "evidence-exported": "导出证据",
    "register-searched": "搜索时列出",
    "glass-broken": "说明理由后查看",
    "looks-read": "查了谁看过",
}
SHOWN = {
    "case": "全部经过",
    "timeline": "时间线",
    "notices": "告知记录",
    "photo": "照片",
    "file": "附件",
    "letter": "答复意见书",
    "petition": "凭查询码看进度",
}
FIELDS = {"name": "姓名", "phone": "电话", "email": "邮箱", "address": "地址"}
