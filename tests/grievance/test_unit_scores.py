"""What orders add to the scores of units: on time or late, redone, called back, left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.grievance.case.events import (
    CallbackRecorded,
    CaseClosed,
    CaseCorrected,
    CaseDispatched,
    CaseReopened,
    DeadlineMissed,
    ExclusionGranted,
    ExtensionGranted,
    OrderBounced,
    OrderSigned,
    ProgressNoted,
    RedoOrdered,
    ReplySubmitted,
    RequesterContacted,
)
from services.grievance.log import LOG
from services.grievance.measures.book import COUNTED, RATES, WEIGHTS, grade, needed, score
from services.grievance.projections.unit_scores import unit_scores
from shared.core.messages import Event
from shared.store.pool import Pool, open_pool
from shared.testkit.contents import folded
from shared.testkit.databases import TestDatabase
from shared.testkit.projections import history
from tests.grievance.cases import STATES, sealed
from tests.grievance.lives import live_at_random, logged, often_answered
from tests.grievance.recount import recounted

CASE, SEALED = UUID(int=7), sealed("words")
PLACE = str(STATES["filed"][0].territory)  # type: ignore[union-attr]
MAY = datetime(2026, 5, 20, tzinfo=UTC)
JUNE = datetime(2026, 6, 3, tzinfo=UTC)
DUE = MAY + timedelta(days=15)
RAISED = STATES["filed"][0].model_copy(update={"at": MAY, "due": {"handle": DUE}})


def to(unit: str, at: datetime = MAY) -> CaseDispatched:
    return CaseDispatched(at=at, unit=unit, due={"sign": at})


def signed(at: datetime = MAY) -> OrderSigned:
    return OrderSigned(at=at, due={"contact": at})


def replied(at: datetime = MAY) -> ReplySubmitted:
    return ReplySubmitted(at=at, reply=SEALED)


def called(resolved: bool = True, satisfied: bool = True, at: datetime = JUNE) -> CallbackRecorded:
    return CallbackRecorded(at=at, contacted=True, resolved=resolved, satisfied=satisfied)


def closed(at: datetime = JUNE) -> CaseClosed:
    return CaseClosed(at=at, outcome="solved")


def missed(clock: Any, at: datetime = MAY) -> DeadlineMissed:
    return DeadlineMissed(at=at, clock=clock)


def corrected(version: int, **changes: Any) -> CaseCorrected:
    return CaseCorrected(at=JUNE, corrects=version, changes=changes, reason="entry_error")


def counts(*events: Event) -> dict[tuple[str, ...], dict[str, int]]:
    """What there is by month, territory and unit, without what is 0."""
    sums = folded(unit_scores, history(LOG, (CASE, (RAISED, *events)))).sums
    return {
        key: found
        for key, line in sums.items()
        if (found := {name: amount for name, amount in line.items() if amount})
    }


def test_an_order_in_time_counts_in_the_month_of_its_dispatch_a_reply_in_its_own() -> None:
    life = (to("a"), signed(), replied(JUNE), called(satisfied=False), closed())
    assert counts(*life) == {
        ("2026-05", PLACE, "a"): dict.fromkeys(
            ("dispatched", "sign_due", "signed", "contact_due", "contacted", "close_due",
             "closed_in_time", "to_close", "closed", "called_back", "resolved"), 1
        ),
        ("2026-06", PLACE, "a"): {"replied": 1, "sampled": 1},
    }  # fmt: skip


def test_what_was_missed_is_due_and_not_in_time() -> None:
    life = (to("a"), missed("sign"), signed(), missed("contact"), missed("handle", JUNE))
    line = {"dispatched": 1, "sign_due": 1, "contact_due": 1, "close_due": 1, "to_close": 1}
    assert counts(*life) == {("2026-05", PLACE, "a"): line}
    reply = {"replied": 1}
    done = {**line, "closed": 1}
    assert counts(*life, replied(JUNE), closed()) == {
        ("2026-05", PLACE, "a"): done, ("2026-06", PLACE, "a"): reply,
    }  # fmt: skip


def test_an_order_that_went_elsewhere_before_it_was_settled_is_not_due() -> None:
    back = OrderBounced(at=MAY, unit="a", reason="no_power", evidence=SEALED)
    assert counts(to("a"), back, missed("handle"), to("b"), signed(), to("c")) == {
        ("2026-05", PLACE, "a"): {"dispatched": 1, "bounced": 1},
        ("2026-05", PLACE, "b"): {"dispatched": 1, "sign_due": 1, "signed": 1},
        ("2026-05", PLACE, "c"): {"dispatched": 1},
    }


def test_who_was_not_reached_is_not_contacted_and_progress_is() -> None:
    tried = RequesterContacted(at=MAY, reached=False)
    told_so = ProgressNoted(at=MAY, progress=SEALED)
    assert "contact_due" not in counts(to("a"), signed(), tried)["2026-05", PLACE, "a"]
    assert counts(to("a"), signed(), told_so)["2026-05", PLACE, "a"]["contacted"] == 1


def test_what_was_told_of_the_past_promised_nothing_and_is_never_due() -> None:
    past = (CaseDispatched(at=MAY, unit="a"), OrderSigned(at=MAY))
    assert counts(*past) == {("2026-05", PLACE, "a"): {"dispatched": 1}}


def test_of_an_order_that_was_redone_the_last_answer_counts() -> None:
    again = (RedoOrdered(at=JUNE, words=SEALED), replied(JUNE))
    once = (to("a"), signed(), replied(), called(resolved=False, satisfied=False), *again)
    line = counts(*once)["2026-05", PLACE, "a"]
    assert (line["called_back"], line.get("resolved")) == (1, None)
    line = counts(*once, called(), closed())["2026-05", PLACE, "a"]
    assert (line["called_back"], line["resolved"], line["satisfied"], line["redone"]) == (1,) * 4
    assert counts(*once)["2026-06", PLACE, "a"] == {"replied": 1}


def test_a_new_round_is_a_new_order() -> None:
    first = (to("a"), signed(), replied(), closed(MAY))
    again = CaseReopened(at=JUNE, reason=SEALED, due={"handle": JUNE})
    more = ExtensionGranted(at=JUNE, days=5, explanation=SEALED)
    second = (again, to("b", JUNE), more)
    before, after = counts(*first), counts(*first, *second)
    assert after == {**before, ("2026-06", PLACE, "b"): {"dispatched": 1, "extended": 1}}


def test_an_excluded_case_leaves_numerator_and_denominator() -> None:
    out = ExclusionGranted(at=JUNE, words=SEALED)
    assert counts(to("a"), signed(), replied(), called(), closed(), out) == {
        ("2026-05", PLACE, "a"): {"excluded": 1}
    }


def test_a_correction_moves_what_it_corrects() -> None:
    life = (to("a"), signed(), replied(), called())
    moved = (
        corrected(2, unit="b", occurred_at="2026-04-30T12:00:00+08:00"),
        corrected(5, resolved=False),
        corrected(1, territory="elsewhere"),
    )
    before = counts(*life)["2026-05", PLACE, "a"]
    after = counts(*life, *moved)
    assert after["2026-05", "elsewhere", "b"] == {"replied": 1, "sampled": 1}
    told_now = after["2026-04", "elsewhere", "b"]
    without = {"resolved", "replied", "sampled"}
    assert told_now == {name: n for name, n in before.items() if name not in without}


def test_a_reply_waits_for_a_call_until_somebody_answers_or_it_is_over() -> None:
    def row(*events: Event) -> Any:
        [found] = folded(unit_scores, history(LOG, (CASE, (RAISED, *events)))).rows.values()
        return found

    once = (to("a"), signed(), replied())
    waits = row(*once)
    assert (waits.to_call, waits.unit, waits.handlers) == ("2026-05", "a", '["a"]')
    nobody = CallbackRecorded(at=JUNE, contacted=False)
    assert row(*once, nobody).to_call == "2026-05"
    assert row(*once, called()).to_call is None
    assert row(*once, closed()).to_call is None
    again = row(*once, RedoOrdered(at=JUNE, words=SEALED), replied(JUNE))
    assert again.to_call == "2026-06"
    assert again.draw != waits.draw, "each reply is drawn anew"
    assert row(*once).draw == waits.draw


def test_a_score_is_the_weighted_rates_and_a_grade_is_never_rounded_up() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert WEIGHTS.keys() <= RATES.keys()
    line = Counter(contact_due=10, contacted=9, called_back=8, resolved=6, satisfied=8)
    points = score(line)
    assert points == 30 * 9 / 10 + 35 * 6 / 8 + 35
    assert grade(points) == "good"
    whole = Counter(contact_due=1, contacted=1, called_back=1_000, resolved=1_000, satisfied=714)
    nearly = score(whole)
    assert nearly is not None
    assert round(nearly) == 90
    assert grade(nearly) == "good"
    assert score(Counter(contact_due=10, contacted=9)) is None, "nobody was asked"


@pytest.mark.parametrize(("replied", "calls"), [(0, 0), (1, 1), (10, 1), (11, 2), (200, 20)])
def test_a_share_of_a_few_is_one_at_least(replied: int, calls: int) -> None:
    assert needed(replied, 10) == calls


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.mark.postgres
@pytest.mark.parametrize("seed", [1, 2])
async def test_the_sums_are_those_of_a_plain_recount(pool: Pool, seed: int) -> None:
    async with pool.acquire() as connection:
        for life in range(30):  # short ones: a long one ends in an exclusion
            drawn = 1_000 * seed + life
            await live_at_random(connection, drawn, {}, steps=60, weight=often_answered)
        happened = await logged(connection)
    expected = recounted(happened)
    sums = folded(unit_scores, happened).sums
    assert {key: +Counter(line) for key, line in sums.items() if any(line.values())} == expected
    total = sum(expected.values(), Counter[str]())
    assert total.keys() == set(COUNTED), "all of it was to be tried"
