"""Which column of a file is which: by its header, in Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping

from shared.sheets import headers
from shared.sheets.table import Table

HEADERS: Mapping[str, tuple[str, ...]] = {
    "building": ("楼栋", "楼栋编码", "楼栋代码", "building", "building code"),
    "door": ("门牌", "门牌号", "户号", "door"),
    "area": ("建筑面积", "面积", "area", "floor area"),
    "since": ("登记日期", "入册日期", "起始日期", "since"),
}
OPTIONAL = frozenset({"since"})


def columns_of(table: Table) -> dict[str, str]:
    """From each field that the file has to its header. Raises Refused."""
    return headers.columns_of(table, HEADERS, OPTIONAL)
