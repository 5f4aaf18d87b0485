"""Rules that nobody has published, tried on what was done: on whose accounts, and how it is
told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.points.previews import Trial
from services.points.queries import deeds_done
from services.points.queries.deeds_done import Span
from services.points.rules import comparing
from services.points.rules.book import PointsRules
from services.points.rules.comparing import Compared, Sum
from services.points.rules.shelf import Shelf
from services.points.ruling.forms import RulesPreview
from services.points.service import PointsService
from shared.core.local_time import day_of
from shared.core.messages import Rejected

MODELS = ("points_accounts", "point_deeds")


async def preview(service: PointsService, form: RulesPreview, within: str | None) -> dict[str, Any]:
    """What these rules would have given where they would be in force in this territory, or in the
    whole district. Raises Rejected for months in the wrong order, Problem (503)."""
    rules, span = form.rules, _span(form, day_of(datetime.now(UTC)))
    marks = [await service.watermarks.of(one) for one in MODELS]
    place = rules.scope or within or ""
    before = await service.rules(place)
    places = _ruled(service, rules, within, await deeds_done.homes(service.pool))
    compared = await service.previews.compared(Trial(rules, span, places))
    return {
        "before": before.version,
        **span._asdict(),
        **_sums(compared),
        "was_fen": compared.total.was * before.fen,
        "becomes_fen": compared.total.becomes * rules.fen,
        "watermark": min(marks, key=lambda mark: mark.position).model_dump(),
    }


def _span(form: RulesPreview, today: str) -> Span:
    """The months to be tried."""
    first = form.first or _months_before(form.last, 11) if form.last else form.first
    span = Span(first or _months_before(today, 12), form.last or _months_before(today, 1))
    if span.first > span.last:
        raise Rejected("ends_before_it_begins", f"{span.last} is before {span.first}", "last")
    return span


def _months_before(day: str, months: int) -> str:
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 - months, 12)
    return f"{year:04}-{month + 1:02}"


def _ruled(
    service: PointsService, rules: PointsRules, within: str | None, homes: list[str]
) -> list[str]:
    """Those of these places in which these rules would be in force, were they published today."""
    now = datetime.now(UTC)
    tried = rules.model_copy(update={"starts": date.fromisoformat(day_of(now))})
    if tried.scope == service.map.atlas.district:
        tried = tried.model_copy(update={"scope": ""})
    shelf = Shelf((*service.books.shelf.versions, tried))
    inside = service.map.below(within)
    known = set(homes if inside is None else inside)
    return [
        home
        for home in homes
        if home in known and shelf.in_force(service.above(home), now) is tried
    ]


def _sums(compared: Compared) -> dict[str, Any]:
    total = compared.total
    reasons = sorted(compared.by_reason.items(), key=_costliest)
    places = sorted(compared.by_place.items(), key=_costliest)
    return {
        "deeds": total.number,
        "accounts": compared.accounts,
        "was": total.was,
        "becomes": total.becomes,
        "same": compared.same,
        "more": _side(compared.more),
        "less": _side(compared.less),
        "by_reason": [
            {"reason": code, "known": compared.replay.gives(code), "deeds": one.number,
             "was": one.was, "becomes": one.becomes}
            for code, one in reasons
        ],
        "by_place": [
            {"territory": code, "accounts": one.number, "was": one.was, "becomes": one.becomes}
            for code, one in places
        ],
    }  # fmt: skip


def _costliest(line: tuple[str, Sum]) -> tuple[int, str]:
    return -max(line[1].was, line[1].becomes), line[0]


def _side(side: comparing.Side) -> dict[str, Any]:
    items = [change._asdict() for change in side.items]
    return {"accounts": side.accounts, "points": side.points, "items": items}
