"""Which column of a file is which: by its header, in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from shared.sheets.refusal import Refused, listed
from shared.sheets.table import Table

HEADERS: Mapping[str, tuple[str, ...]] = {
    "building": ("楼栋", "楼栋编码", "楼栋代码", "building", "building code"),
    "door": ("门牌", "门牌号", "户号", "door"),
    "area": ("建筑面积", "面积", "area", "floor area"),
    "since": ("登记日期", "入册日期", "起始日期", "since"),
}
OPTIONAL = frozenset({"since"})
UNIT = re.compile(r" *\(.*\)$")


def columns_of(table: Table) -> dict[str, str]:
    """From each field that the file has to its header. Raises Refused for one that is missing, or
    that several columns could be."""
    found: dict[str, str] = {}
    for field, names in HEADERS.items():
        headers = [header for header in table.headers if _plain(header) in names]
        if len(headers) > 1:
            raise Refused(
                f"{table.source.title}: {listed(headers)} all mean {names[0]} ({field}); keep one"
            )
        if headers:
            found[field] = headers[0]
        elif field not in OPTIONAL:
            raise Refused(
                f"{table.source.title}: column {names[0]} ({field}) is missing; "
                f"found {listed(table.headers)}"
            )
    return found


def _plain(header: str) -> str:
    """A header without its unit and its case: `建筑面积（㎡）` is `建筑面积`."""
    plain = " ".join(unicodedata.normalize("NFKC", header).split()).casefold()
    return UNIT.sub("", plain)
