"""Stars: applied for, on public notice, awarded, in doubt, revoked; never by hours alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.volunteer.account.record_events import HoursLogged
from services.volunteer.account.state import Account, Record
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.stars.commands import (
    AnswerObjection,
    ObjectStar,
    RefuseStar,
)
from services.volunteer.stars.decider import decide
from services.volunteer.stars.events import StarApplied, StarAwarded, StarNoticed
from shared.core.messages import Forbidden, Rejected
from shared.core.sealed import Sealed
from tests.volunteer.starring import (
    ANN,
    AT,
    CHIEF,
    DAY,
    HOUR,
    LEADER,
    MANY,
    NEIGHBOUR,
    OVER,
    SELF,
    account,
    after,
    apply,
    award,
    notice,
    record,
    refused,
    review,
)

WORDS = Sealed(subject=ANN, field="words", box="c2VhbGVk")


def object_(at: Any = AT, **told: Any) -> ObjectStar:
    return ObjectStar(**{"at": at, "actor": NEIGHBOUR, "words": WORDS, **told})


def answer(number: int, *, upheld: bool) -> AnswerObjection:
    return AnswerObjection(at=AT, actor=CHIEF, objection=number, upheld=upheld)


def test_a_star_is_applied_for_noticed_and_awarded() -> None:
    kept = account(120 * HOUR)
    [applied] = decide(apply(1), after(kept), kept)
    assert isinstance(applied, StarApplied)
    assert (applied.star, applied.minutes, applied.needs) == (1, 7_200, 6_000)
    [noticed] = decide(notice(), after(kept, apply(1)), kept)
    # Thursday, Friday, the Saturday that is worked for the holiday, Monday and Tuesday.
    assert isinstance(noticed, StarNoticed)
    assert noticed.until == "2026-05-12"
    [awarded] = decide(award(), after(kept, apply(1), notice()), kept)
    assert isinstance(awarded, StarAwarded)
    assert (awarded.star, awarded.level, awarded.rules) == (1, "county", "2026.1")
    assert after(kept, apply(1), notice(), award()).held == 1


def test_hours_alone_award_nothing() -> None:
    assert after(MANY).held == 0


def test_who_has_too_few_hours_may_not_apply() -> None:
    refused("hours_too_few", apply(1), kept=account(100 * HOUR - 1))
    assert after(account(100 * HOUR), apply(1)).status == "applied"


def test_no_star_is_skipped_where_the_ladder_says_so() -> None:
    refused("star_skipped", apply(2))
    refused("star_skipped", apply(5), record(3))
    assert after(MANY, record(4), apply(5)).status == "applied"
    free = BOOK.model_copy(update={"skipping": True})
    assert after(MANY, apply(5, free)).status == "applied"


def test_a_star_that_is_held_or_that_no_ladder_has_is_refused() -> None:
    refused("star_is_held", apply(3), record(3))
    refused("no_such_star", apply(6), record(5))
    refused("star_applied_for", apply(1), apply(1))
    refused("star_on_notice", apply(1), apply(1), notice())


def test_somebody_without_an_account_barred_or_gone_may_not_apply() -> None:
    refused("no_account", apply(1), kept=Account())
    refused("account_closed", apply(1), kept=account(6_000, status="closed"))
    refused("barred_from_stars", apply(1), kept=account(6_000, barred_until=AT + DAY))
    assert after(account(6_000, barred_until=AT), apply(1)).status == "applied"


def test_nothing_is_awarded_before_the_notice_is_over() -> None:
    refused("not_on_notice", award(), apply(1))
    until = after(MANY, apply(1), notice()).application
    assert until is not None
    # The 12th of May ends at 16:00 UTC.
    last = AT.replace(day=12, hour=15, minute=59)
    refused("notice_still_running", award(last), apply(1), notice())
    assert after(MANY, apply(1), notice(), award(last + timedelta(minutes=1))).held == 1


def test_a_ladder_without_notice_awards_at_once() -> None:
    plain = BOOK.model_copy(update={"notice_days": 0})
    assert after(MANY, apply(1, plain), award(AT)).held == 1


def test_what_was_applied_for_is_decided_by_the_rules_of_then() -> None:
    easy = BOOK.model_copy(update={"version": "easy", "notice_days": 1})
    kept = account(100 * HOUR)
    state = after(kept, apply(1, easy), notice(), award(AT + 2 * DAY))
    assert state.held == 1


def test_an_objection_is_answered_before_anything_is_awarded() -> None:
    past = (apply(1), notice(), object_())
    refused("objection_open", award(), *past)
    refused("no_such_objection", answer(2, upheld=False), *past)
    assert after(MANY, *past, answer(3, upheld=False), award()).held == 1
    refused("objection_is_upheld", award(), *past, answer(3, upheld=True))
    refused("no_such_objection", answer(3, upheld=True), *past, answer(3, upheld=False))


def test_one_objects_while_the_notice_runs_and_not_to_oneself() -> None:
    refused("notice_is_over", object_(OVER), apply(1), notice())
    refused("star_applied_for", object_(), apply(1))
    refused("objection_to_oneself", object_(actor=SELF), apply(1), notice())


def test_what_the_city_or_the_province_awards_names_their_document() -> None:
    past = (record(2), apply(3), notice())
    refused("document_missing", award(), *past)
    [awarded] = decide(award(document="市文明办〔2026〕7号"), after(MANY, *past), MANY)
    assert isinstance(awarded, StarAwarded)
    assert (awarded.level, awarded.document) == ("city", "市文明办〔2026〕7号")


def test_hours_that_are_gone_by_the_award_are_missed() -> None:
    state = after(MANY, apply(1), notice())
    with pytest.raises(Rejected, match="hours_too_few"):
        decide(award(), state, account(99 * HOUR))


def test_nobody_judges_stars_of_their_own_nor_awards_what_they_applied_for() -> None:
    state = after(MANY, apply(1, by=LEADER), notice())
    with pytest.raises(Forbidden, match="star_awarded_by_applicant"):
        decide(award(actor=LEADER), state, MANY)
    with pytest.raises(Forbidden, match="star_judged_by_volunteer"):
        decide(award(actor=SELF), state, MANY)


def test_what_was_refused_may_be_applied_for_again() -> None:
    refuse = RefuseStar(at=AT, actor=CHIEF, reason="papers_missing")
    assert after(MANY, apply(1), refuse, apply(1)).status == "applied"
    refused("nothing_applied_for", refuse)


def served_in(*days: str) -> Account:
    records = {
        number: Record(
            HoursLogged(
                at=AT, person=ANN, day=day, minutes=900, territory="d", service="meals",
                evidence="recorder", recorder="r",
            ),
            "approved",
        )
        for number, day in enumerate(days, start=2)
    }  # fmt: skip
    return account(900 * len(days), records=records)


def test_a_yearly_ladder_counts_the_year_alone() -> None:
    [low, *_] = BOOK.ladder
    yearly = BOOK.model_copy(
        update={"window": "calendar_year", "ladder": (low.model_copy(update={"minutes": 1_800}),)}
    )
    refused("hours_too_few", apply(1, yearly), kept=served_in("2026-01-01", "2025-12-31"))
    kept = served_in("2026-01-01", "2026-05-01")
    past = (apply(1, yearly), notice(), award())
    assert after(kept, *past).held == 1
    assert after(kept, *past, review(900, 900, "2025-12-31")).doubt is None
    assert after(kept, *past, review(900, 900)).doubt is not None
