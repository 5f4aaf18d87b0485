"""Which column of a file is which: by its header, in Chinese or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Set

from .refusal import Refused, listed
from .table import Table

UNIT = re.compile(r" *\(.*\)$")


def columns_of(
    table: Table, known: Mapping[str, tuple[str, ...]], optional: Set[str]
) -> dict[str, str]:
    """From each field that the file has to its header, by the headers that are `known` for it.
    Raises Refused for one that is missing and not `optional`, or that several columns could be."""
    found: dict[str, str] = {}
    for field, names in known.items():
        headers = [header for header in table.headers if _plain(header) in names]
        if len(headers) > 1:
            raise Refused(
                f"{table.source.title}: {listed(headers)} all mean {names[0]} ({field}); keep one"
            )
        if headers:
            found[field] = headers[0]
        elif field not in optional:
            raise Refused(
                f"{table.source.title}: column {names[0]} ({field}) is missing; "
                f"found {listed(table.headers)}"
            )
    return found


def _plain(header: str) -> str:
    """A header without its unit and its case: `建筑面积（㎡）` is `建筑面积`."""
    plain = " ".join(unicodedata.normalize("NFKC", header).split()).casefold()
    return UNIT.sub("", plain)
