"""Entrypoint: HTTP to the figures of a territory and the cases behind them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from services.dashboard import views
from services.dashboard.answers import Board, Explanation, Rules
from services.dashboard.caller import Called
from services.dashboard.filters import BoardFilter, ExplainFilter
from services.dashboard.measures.book import Code
from services.dashboard.measures.rules_2026_1 import BOOK
from shared.core.text import Word
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with

router = APIRouter(responses=documented.problems(401, 403, 404, 422, 503))
Territory = Annotated[Word, Path()]


@router.get("/measures", response_model=Rules, operation_id="read_measures")
async def read_measures(caller: Called) -> Response:
    """The rule book that every figure names: what each measure counts, and what it leaves out."""
    await caller.reach("read_measures")
    return answer_with(views.rules(BOOK))


@router.get(
    "/boards/{territory:path}/explain/{measure}",
    response_model=Explanation,
    operation_id="explain_figure",
)
async def explain_figure(
    territory: Territory,
    measure: Code,
    caller: Called,
    wanted: Annotated[ExplainFilter, Query()],
) -> Response:
    """The cases behind a figure: the same rows under the same rules, adding up to the figure."""
    place = await caller.reach("explain_figure", territory)
    after, asked = views.read_mark(wanted.after), wanted.of(place)
    because = await caller.service.boards.explain(asked, BOOK.measure(measure), after, wanted.limit)
    told: dict[str, Any] = {"territory": views.place(caller.service.map, place), "measure": measure}
    return answer_with({**told, **views.explanation(because)})


@router.get("/boards/{territory:path}", response_model=Board, operation_id="read_board")
async def read_board(
    territory: Territory, caller: Called, wanted: Annotated[BoardFilter, Query()]
) -> Response:
    """The figures of a territory and of each of its parts at the end of a day, with trends."""
    place = await caller.reach("read_board", territory)
    asked = wanted.of(place)
    shown = await caller.service.boards.board(asked)
    return answer_with(views.board(caller.service.map, asked, shown))
