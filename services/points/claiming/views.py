"""From rows to answers about claims: words opened, limits told, what is odd named, steps
offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.points.access import ACCESS
from services.points.claim.claimable import claimable
from services.points.claiming.answers import ClaimLine, Odd
from services.points.queries.claims import Claims
from services.points.rules.book import PointsRules, Reason
from services.points.rules.granting import Counted, Granted, granted
from services.points.rules.shelf import Shelf
from services.points.service import PointsService
from shared.core.access import Thing
from shared.core.messages import Actor
from shared.core.sealed import Sealed

Row = Mapping[str, Any]
MADE_HERE = ("id", "number", "label", "label_en", "unit", "points", "over", "today", "month",
             "daily", "monthly", "odd", "steps", "words", "refusal_words")  # fmt: skip
SHOWN = tuple(name for name in ClaimLine.model_fields if name not in MADE_HERE)
STEPS = (
    ("approve", "approve_claim"), ("reject", "reject_claim"), ("withdraw", "withdraw_claim"),
)  # fmt: skip


async def lines(service: PointsService, rows: Sequence[Row], actor: Actor) -> list[dict[str, Any]]:
    """Lines of a page, as this actor sees them."""
    shelf = await service.books.fresh()
    words = await _opened(service, rows, "words")
    refusals = await _opened(service, rows, "refusal_words")
    accounts = [row["account_id"] for row in rows]
    given = await Claims(service.pool).given(accounts, [row["day"] for row in rows])
    return [
        {
            **{name: row[name] for name in SHOWN},
            **_brings(row, shelf, given.get(row["account_id"], Counted())),
            "id": row["claim_id"],
            "number": row["position"],
            "words": said,
            "refusal_words": refused,
            "steps": [*_steps(service, row, actor)],
        }
        for row, said, refused in zip(rows, words, refusals, strict=True)
    ]


def reasons(rules: PointsRules, so_far: Counted | None, today: str) -> list[dict[str, Any]]:
    """What may be claimed, and what the limits of today leave of it; None of whom it is not known
    what they were given."""
    same = ("code", "label", "label_en", "unit", "points", "evidence", "daily", "monthly")
    return [
        {
            **{name: getattr(one, name) for name in same},
            "left": None if so_far is None else _left(rules, one, so_far, today),
        }
        for one in rules.reasons
        if claimable(rules, one)
    ]


def labels(shelf: Shelf, code: str) -> dict[str, str]:
    """What a reason is called by the latest rules that have it."""
    for rules in reversed(shelf.versions):
        if (reason := rules.reason(code)) is not None:
            return {"label": reason.label, "label_en": reason.label_en}
    return {"label": code, "label_en": code}


def _left(rules: PointsRules, reason: Reason, so_far: Counted, today: str) -> int | None:
    """So many points at most, counted as a deed that would bring one point each time."""
    limits = (reason.daily, reason.monthly, rules.daily, rules.monthly)
    if all(limit is None for limit in limits):
        return None
    most = max(limit for limit in limits if limit is not None)
    return granted(rules, reason.model_copy(update={"unit": "each", "points": 1}),
                   (most, today), so_far).points  # fmt: skip


def _brings(row: Row, shelf: Shelf, so_far: Counted) -> dict[str, Any]:
    """What it brought or would bring, beside what was given of that day and month."""
    rules, code, day = shelf.of(row["rules"]), row["reason"], row["day"]
    reason = rules.reason(code) if rules else None
    brings = Granted(row["points"], row["over"])
    if row["status"] == "waiting" and rules and reason:
        brings = granted(rules, reason, (row["quantity"], day), so_far)
    return {
        **labels(shelf, code),
        "unit": reason.unit if reason else "each",
        "points": brings.points,
        "over": brings.over,
        "today": so_far[code, day],
        "month": so_far[code, day[:7]],
        "daily": reason.daily if reason else None,
        "monthly": reason.monthly if reason else None,
        "odd": [*_odd(row, brings)],
    }


def _odd(row: Row, brings: Granted) -> Iterator[Odd]:
    """What a reviewer should look at."""
    if row["late"] is not None:
        yield "late"
    if row["claimer"] != str(row["person"]):
        yield "by_another"
    if row["same_day"]:
        yield "same_day"
    if row["same_proof"]:
        yield "same_proof"
    if brings.over:
        yield "capped"


def _steps(service: PointsService, row: Row, actor: Actor) -> Iterator[str]:
    if row["status"] != "waiting":
        return
    thing = Thing((row["territory"],), owner=str(row["person"]))
    theirs = actor.id in {row["claimer"], str(row["person"])}
    for step, action in STEPS:
        if (step == "withdraw") != theirs and step != "reject":
            continue
        if ACCESS.allows(actor, action, thing, service.map.within):
            yield step


async def _opened(service: PointsService, rows: Sequence[Row], column: str) -> Sequence[str | None]:
    field = "words"  # as it was sealed, whoever wrote it
    return await service.sealer.open(
        Sealed(subject=row["person"], field=field, box=row[column]) if row[column] else None
        for row in rows
    )
