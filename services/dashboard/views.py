"""What clients get, made from figures and rows."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.dashboard.boards import Asked, Because, Shown
from services.dashboard.measures.book import RuleBook
from services.dashboard.measures.rules_2026_1 import BOOK
from services.dashboard.queries.explain import Counted, Mark
from shared.runtime.projections.map_copy import MapCopy
from shared.runtime.web.problems import Problem


def board(map_copy: MapCopy, asked: Asked, shown: Shown) -> dict[str, Any]:
    """A board with the names of then."""
    found = shown.board
    return {
        "territory": place(map_copy, asked.territory, asked.drawn_at),
        "at": shown.at,
        "drawn_at": asked.drawn_at,
        "known": asked.known,
        "window": asked.window or BOOK.window,
        "rule": BOOK.version,
        "days": found.days,
        "figures": found.figures,
        "parts": [
            {"territory": place(map_copy, one.territory, asked.drawn_at), "figures": one.figures}
            for one in found.parts
        ],
        "watermark": shown.watermark.model_dump(),
    }


def explanation(because: Because) -> dict[str, Any]:
    """A page of cases with what they add up to."""
    found = because.explained
    return {
        "at": because.at,
        "window": because.window,
        "rule": BOOK.version,
        "total": {"counts": found.counts, "of": found.of},
        "items": [_case(one) for one in found.cases],
        "next": page_mark(found.cases[-1]) if found.more else None,
        "watermark": because.watermark.model_dump(),
    }


def rules(book: RuleBook) -> dict[str, Any]:
    """The rule book in plain words."""
    told = ("code", "kind", "name", "counted", "denominator", "left_out", "source")
    return {
        "version": book.version,
        "measures": [{name: getattr(one, name) for name in told} for one in book.measures],
        "limits": book.limits,
        "otherwise": book.otherwise,
        "window": book.window,
        "minimum_sample": book.minimum_sample,
        "small": book.small,
    }


def place(map_copy: MapCopy, code: str, moment: datetime | None = None) -> dict[str, Any]:
    """A territory with what it was called then."""
    found = map_copy.atlas.get(code)
    if found is None:
        return {"code": code, "name": None, "kind": None}
    return {"code": code, "name": found.name(moment or datetime.now(UTC)), "kind": found.kind}


def page_mark(last: Counted) -> str:
    """Where the page behind this case begins, as an opaque word."""
    text = f"{last.row.raised_at.isoformat()} {last.row.case_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(mark: str | None) -> Mark | None:
    """The inverse of `page_mark`. Raises Problem (422) for a word that is none."""
    if mark is None:
        return None
    try:
        padded = mark + "=" * (-len(mark) % 4)
        moment, _, case_id = base64.urlsafe_b64decode(padded).decode().partition(" ")
        parsed = datetime.fromisoformat(moment)
        if parsed.tzinfo is None:
            raise ValueError
        return parsed.astimezone(UTC), UUID(case_id)
    except (binascii.Error, ValueError, OverflowError) as fault:
        errors = [{"detail": "not a mark of a page", "pointer": "/after"}]
        detail = "pass `next` of the page before as `after`"
        raise Problem(422, "bad_page_mark", detail, errors=errors) from fault


def _case(one: Counted) -> dict[str, Any]:
    told = {
        name: value for name, value in vars(one.row).items() if name not in ("case_id", "steps")
    }
    return {"id": one.row.case_id, **told, "counts": one.counts, "of": one.of}
