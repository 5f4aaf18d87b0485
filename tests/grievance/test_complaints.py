"""What users of FixMyStreet, DIGIT and Signalen complain of (the design's domain page, section e),
as far as it concerns cases: a test each, or where else it is held, or why it cannot arise here."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.grievance.case.decider import case
from services.grievance.rules.book_2026_1 import BOOK
from services.grievance.service import Grievance
from tests.grievance.cases import MAY_1, NOW, STATES, accept, given, raise_it, reopen
from tests.grievance.front_desk import CHIEF, CLERK, UNIT, FrontDesk, refused
from tests.grievance.residents import Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
LIFE = ("accept", "dispatch", "sign", "reply")
TESTS = Path(__file__).parents[1]
# Held by other tests: the file, and the test.
ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "fixmystreet#1957": (
        "dashboard/test_comparing.py",
        "test_a_small_sample_is_drawn_further_to_the_mean_than_a_large_one",
    ),
    "fixmystreet#3307": (
        "dashboard/test_case_lives.py",
        "test_what_was_imported_was_never_due_a_response",
    ),
    "fixmystreet#4745": (
        "territory/test_map_histories.py",
        "test_every_record_belongs_to_one_territory_under_the_boundaries_of_any_day",
    ),
    "fixmystreet#2922": (
        "territory/test_map_histories.py",
        "test_every_record_belongs_to_one_territory_under_the_boundaries_of_any_day",
    ),
    "fixmystreet#797": (
        "dashboard/test_explain.py",
        "test_the_rows_behind_a_thousand_tiles_add_up_to_them",
    ),
    "fixmystreet#1581": (
        "grievance/test_detours.py",
        "test_a_duplicate_ends_and_both_say_of_which",
    ),
    "signals#642": (
        "architecture/test_corpus.py",
        "test_a_sample_is_read_as_it_says",
    ),
    "signals#269": (
        "grievance/test_api_batch.py",
        "test_each_case_goes_its_way_whatever_becomes_of_the_others",
    ),
    "digit#1462": (
        "dashboard/test_comparison.py",
        "test_a_period_counts_what_moved_in_it_and_what_stood_at_its_end",
    ),
    "digit#1071": (
        "grievance/test_access_matrix.py",
        "test_every_page_is_read_by_those_of_the_table_only",
    ),
    "digit#1079": (
        "territory/test_catalogue.py",
        "test_the_finest_category_wins_then_the_finest_territory",
    ),
}
# What cannot arise, and why.
NEVER: Mapping[str, str] = {
    "fixmystreet#1726": "a board is read from sums kept up to date; `make bench` prints its p95",
    "fixmystreet#1919": "one API a service reads by, and one board page for every level",
    "frontend#72": "no place is named in a text: names come from the map, told by its own events",
    "digit-audit": "the log is the record itself; there is no audit service that could be away",
}


async def _view(desk: FrontDesk, case_id: str) -> dict[str, Any]:
    return dict((await desk.read(f"/cases/{case_id}")).json())


async def _filed(desk: FrontDesk, service: Grievance) -> str:
    await service.projector.drain()
    [line] = (await desk.register())["items"]
    return str(line["id"])


async def test_fixmystreet_2357_1148_no_case_is_reopened_without_an_entry(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _filed(desk, service)
    await desk.walk(case_id, *LIFE, "close")
    await residents.take(slip, "reopen", reason="又坏了")
    view = await _view(desk, case_id)
    assert (view["case"]["status"], view["history"][-1]["type"]) == ("reopened", "case-reopened")
    assert (await residents.look(slip))["steps"][-1]["step"] == "reopened"


async def test_fixmystreet_897_who_says_it_is_not_fixed_reaches_somebodys_desk(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _filed(desk, service)
    await desk.walk(case_id, *LIFE, "close")
    await residents.take(slip, "reopen", reason="又坏了")
    await service.projector.drain()
    for actor in (CLERK, UNIT):
        page = (await desk.read("/desk", actor=actor)).json()
        assert [line["id"] for line in page["items"]] == [case_id]


async def test_fixmystreet_1339_closed_is_not_counted_as_resolved(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    unhappy = {"contacted": True, "resolved": False, "satisfied": False}
    await desk.walk(filed["id"], *LIFE)
    assert (await desk.step(filed["id"], "callback", 5, form=unhappy)).is_success
    told = await desk.step(filed["id"], "close", 6, form={"outcome": "explained"})
    assert told.is_success
    view = await _view(desk, filed["id"])
    assert (view["case"]["status"], view["case"]["outcome"]) == ("closed", "explained")
    assert view["history"][-2]["data"]["resolved"] is False


async def test_fixmystreet_2613_who_says_it_is_resolved_is_asked_and_never_the_unit(
    desk: FrontDesk,
) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], *LIFE)
    form = {"contacted": True, "resolved": True, "satisfied": True}
    both = {**UNIT, "roles": ("handling_unit", "callback_agent")}
    no = await desk.step(filed["id"], "callback", 5, form=form, **both)
    refused(no, 403, "callback_by_handler")


def test_fixmystreet_2993_a_state_from_which_nobody_reopens() -> None:
    for status, events in STATES.items():
        if status == "closed":
            assert case.decide(reopen, case.fold(events))
        else:
            given(*events).when(reopen).rejected(f"case_is_{status}")


async def test_signals_364_an_unhappy_petitioner_can_ask_for_a_new_round(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _filed(desk, service)
    await desk.walk(case_id, *LIFE)
    await residents.take(slip, "callback", resolved=False, satisfied=False)
    page = (await desk.read("/desk", actor=CLERK)).json()
    await service.projector.drain()
    page = (await desk.read("/desk", actor=CLERK)).json()
    assert [line["id"] for line in page["items"]] == [case_id]
    assert (await desk.step(case_id, "redo", 6)).is_success


def test_signals_404_444_368_331_nothing_is_stuck_unseen() -> None:
    """Whatever a case waits for has a clock, and what runs out is a fact."""
    filed = case.decide(replace(raise_it, at=MAY_1, book=BOOK), case.initial)
    again = case.decide(replace(reopen, book=BOOK), case.fold(STATES["closed"]))
    assert "handle" in case.fold([*STATES["closed"], *again]).running
    for status in set(STATES) - {"new", "not_accepted", "closed", "reopened"}:
        assert "handle" in case.fold([*filed, *STATES[status][1:]]).running, status


async def test_frontend_24_a_refusal_says_what_is_possible(desk: FrontDesk) -> None:
    filed = await desk.file()
    problem = refused(await desk.step(filed["id"], "reopen", 1), 409, "case_is_filed")
    assert "while the case is closed" in problem["detail"]
    problem = refused(await desk.step(filed["id"], "accept", 1, **CHIEF), 403, "role_missing")
    assert "dispatcher" in problem["detail"]


async def test_digit_925_1252_the_window_to_reopen_is_one_promise_for_page_and_rule(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    slip = await residents.file()
    case_id = await _filed(desk, service)
    await desk.walk(case_id, *LIFE, "close")
    promised = (await _view(desk, case_id))["history"][-1]["due"]["reopen"]
    shown = (await residents.look(slip))["reopens_until"]
    assert datetime.fromisoformat(shown) == datetime.fromisoformat(promised)


async def test_digit_1028_every_case_has_its_deadlines_from_the_moment_it_is_filed(
    desk: FrontDesk, residents: Residents, service: Grievance
) -> None:
    await residents.file()
    case_id = await _filed(desk, service)
    for one in (case_id, (await desk.file())["id"]):
        due = (await _view(desk, one))["history"][0]["due"]
        assert {"dispatch", "answer", "handle"} == due.keys()


def test_the_clock_does_not_run_from_what_was_touched_last() -> None:
    """Their own page says that the window restarts with any comment."""
    events = [*case.decide(replace(raise_it, book=BOOK), case.initial)]
    before = case.fold(events).running["handle"]
    later = replace(accept, at=NOW + timedelta(days=1), book=BOOK)
    assert case.fold([*events, *case.decide(later, case.fold(events))]).running["handle"] == before


async def test_digit_1467_a_reopened_case_does_not_count_as_closed(
    desk: FrontDesk, service: Grievance
) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], *LIFE, "close", "reopen")
    await service.projector.drain()
    [line] = (await desk.read("/backlog")).json()["items"]
    assert (line["closed"], line["open"]) == (0, 1)
    assert (await _view(desk, filed["id"]))["case"]["outcome"] is None


async def test_digit_916_the_total_is_of_all_and_not_of_the_page(
    desk: FrontDesk, service: Grievance
) -> None:
    for _ in range(13):
        await desk.file()
    await service.projector.drain()
    page = await desk.register(limit=10)
    assert (len(page["items"]), page["total"]) == (10, 13)


@pytest.mark.parametrize("complaint", ELSEWHERE)
def test_what_is_held_elsewhere_is_held_there(complaint: str) -> None:
    file, name = ELSEWHERE[complaint]
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    assert name in [node.name for node in ast.walk(tree) if isinstance(node, functions)]


def test_what_cannot_arise_has_its_reason() -> None:
    assert all(len(why) > 20 for why in NEVER.values())
