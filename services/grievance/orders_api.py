"""Entrypoint: what lies on the desk of whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.grievance import marks, turns, views
from services.grievance.access import ACCESS, DECIDERS, UNIT
from services.grievance.answers import Orders
from services.grievance.caller import Called, Caller
from services.grievance.filters import DeskFilter
from shared.contracts import limits
from shared.core.access import Reach
from shared.runtime.web.answering import answer_with

Moves = Callable[[Any, bool], list[str]]

router = APIRouter()
HELPED = 100  # a unit helps with few at a time, and few decisions wait


@router.get("/desk", response_model=Orders, operation_id="read_desk")
async def read_desk(caller: Called, wanted: Annotated[DeskFilter, Query()]) -> Response:
    """The open cases with which it is the actor's turn, and a unit's own that come back to it."""
    service, actor = caller.service, caller.actor
    await service.map.fresh()
    within = service.map.within
    seen = ACCESS.reach(actor, "read_desk", Reach(wanted.territory), within)
    places = service.map.below(seen.territory)
    mark = await service.watermarks.reach("case_rounds", wanted.min_position)
    pile = turns.claim_of(actor, places, within, wanted.group)
    rows = await service.rounds.desk(pile, wanted.limit + 1, marks.read_due(wanted.after))
    shown, today, moves = rows[: wanted.limit], views.today(), _moves(caller)
    whole = turns.claim_of(actor, places, within)
    helped = []
    if actor.unit and actor.roles & UNIT:
        helped = await service.rounds.helped(actor.unit, places, HELPED)
    undecided = []
    if actor.roles & DECIDERS:
        undecided = await service.rounds.undecided(places, HELPED)
    page = {
        "undecided": await views.lines(service, undecided),
        "helping": await views.lines(service, helped),
        "groups": _piles(moves, await service.rounds.counted(whole, today)),
        "items": [
            line | _turn(moves(row["stage"], row["unit"] == actor.unit), row["stage"])
            for line, row in zip(await views.lines(service, shown), shown, strict=True)
        ],
        "next": marks.due_mark(shown[-1]) if len(rows) > wanted.limit else None,
        "today": today,
        "rule": limits.VERSION,
        "watermark": mark.model_dump(),
    }
    return answer_with(page)


def _moves(caller: Caller) -> Moves:
    """The steps that move a case on from a stage, with the actor's own unit or not."""
    actor, within = caller.actor, caller.service.map.within
    return cache(
        lambda stage, own: turns.moves_of(actor, stage, actor.unit if own else None, within)
    )


def _turn(moves: list[str], stage: str) -> dict[str, Any]:
    """Where a case waits, in which pile, for which steps."""
    return {"stage": stage, "group": turns.group_of(moves), "steps": moves}


def _piles(moves: Moves, counted: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The piles in the order of a case's life."""
    piles: dict[str, dict[str, Any]] = {}
    for line in counted:
        name = turns.group_of(moves(line["stage"], line["own"]))
        pile = piles.setdefault(name, {"group": name, "cases": 0, "overdue": 0})
        pile["cases"] += line["cases"]
        pile["overdue"] += line["overdue"]
    return [piles[name] for name in turns.GROUPS if name in piles]
