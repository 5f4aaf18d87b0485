"""An honour by hand: what may be asked when, by whom, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.points.honour.commands import (
    AnswerHonourObjection,
    DeclineHonour,
    GrantHonour,
    NominateHonour,
    ObjectHonour,
    PubliciseHonour,
    RecordHonour,
    WithdrawHonour,
)
from services.points.honour.decider import ALLOWED, decide, honour
from services.points.honour.state import Honour
from services.points.rules.book_2026_1 import BOOK
from shared.core.messages import Actor, Command, Rejected
from shared.core.sealed import Sealed

AT = datetime(2026, 9, 28, 2, tzinfo=UTC)  # the holidays of October are ahead
ANN = UUID(int=1)
WORDS = Sealed(subject=ANN, field="words", box="-")


def actor(name: str, role: str = "supervisor") -> Actor:
    return Actor(id=name, roles=frozenset({role}), territory="d")


CHIEF, GRID, WANG = actor("chief"), actor("grid", "grid_worker"), actor("wang", "resident")
LATER = AT + timedelta(days=20)


def nominate(by: Actor = GRID, **told: Any) -> NominateHonour:
    about = {"code": "best_volunteer", "holder": str(ANN), "person": ANN, "year": 2026, **told}
    return NominateHonour(at=AT, actor=by, territory="c", rules=BOOK, **about)


def publicise() -> PubliciseHonour:
    return PubliciseHonour(at=AT, actor=CHIEF)


def grant(by: Actor = CHIEF, at: datetime = LATER, document: str | None = None) -> GrantHonour:
    return GrantHonour(at=at, actor=by, document=document)


def record(day: str = "2019-08-30") -> RecordHonour:
    return RecordHonour(
        at=AT, actor=CHIEF, asked_on="2026-09-28", kind="community", holder="c", territory="c",
        level="province", title="省级文明社区", day=day, source="牌匾",
    )  # fmt: skip


def after(*commands: Any) -> Honour:
    state = honour.initial
    for command in commands:
        for event in honour.decide(command, state):
            state = honour.evolve(state, event)
    return state


def refused(code: str, command: Any, *before: Any) -> None:
    with pytest.raises(Rejected) as told:
        decide(command, after(*before))
    assert told.value.code == code


def test_a_notice_lasts_working_days_and_is_over_after_the_last_of_them() -> None:
    noticed = after(nominate(), publicise())
    assert noticed.until == "2026-10-10", "five working days, the holidays of October between"
    on_its_last_day = datetime(2026, 10, 10, 15, 59, tzinfo=UTC)  # 23:59 in Beijing
    refused("notice_still_running", grant(at=on_its_last_day), nominate(), publicise())
    an_hour_later = on_its_last_day + timedelta(hours=1)
    held = after(nominate(), publicise(), grant(at=an_hour_later))
    assert (held.status, held.granted) == ("held", 3)


def test_it_is_not_granted_before_it_was_on_notice() -> None:
    refused("not_on_notice", grant(), nominate())


def test_it_is_granted_by_a_role_that_the_rules_name_and_by_nobody_else() -> None:
    reviewer = actor("li", "points_reviewer")
    refused("honour_of_another_role", grant(reviewer), nominate(), publicise())
    secretary = actor("zhang", "party_secretary")
    assert after(nominate(), publicise(), grant(secretary)).status == "held"


def test_who_nominated_somebody_does_not_grant_it() -> None:
    refused("honour_granted_by_nominator", grant(), nominate(CHIEF), publicise())


def test_nobody_judges_an_honour_of_their_own() -> None:
    own = actor(str(ANN))
    refused("honour_judged_by_holder", PubliciseHonour(at=AT, actor=own), nominate())
    refused("honour_judged_by_holder", grant(own), nominate(), publicise())
    decline = DeclineHonour(at=AT, actor=own, reason="own_wish")
    assert after(nominate(), publicise(), decline).status == "declined", "they may decline it"


def test_an_objection_stands_until_somebody_else_answers_it() -> None:
    objected = (nominate(), publicise(), ObjectHonour(at=AT, actor=CHIEF, words=WORDS))
    refused("objection_open", grant(), *objected)
    mine = AnswerHonourObjection(at=AT, actor=CHIEF, objection=3, upheld=False)
    refused("objection_answered_by_objector", mine, *objected)
    other = actor("zhang", "party_secretary")
    dismissed = AnswerHonourObjection(at=AT, actor=other, objection=3, upheld=False)
    assert after(*objected, dismissed, grant()).status == "held"
    refused("no_such_objection", dismissed, *objected, dismissed)
    upheld = AnswerHonourObjection(at=AT, actor=other, objection=3, upheld=True)
    refused("objection_is_upheld", grant(), *objected, upheld)


def test_nobody_objects_after_the_notice_or_to_an_honour_of_their_own() -> None:
    late = ObjectHonour(at=LATER, actor=WANG, words=WORDS)
    refused("notice_is_over", late, nominate(), publicise())
    own = ObjectHonour(at=AT, actor=actor(str(ANN), "resident"), words=WORDS)
    refused("objection_to_oneself", own, nominate(), publicise())


def test_nobody_is_nominated_twice_for_one_year_but_again_once_it_came_to_nothing() -> None:
    decline = DeclineHonour(at=AT, actor=CHIEF, reason="merits_short")
    withdraw = WithdrawHonour(at=LATER, actor=CHIEF, reason="false_merits")
    refused("honour_nominated", nominate(WANG), nominate())
    refused("honour_on_notice", nominate(WANG), nominate(), publicise())
    refused("honour_is_held", nominate(WANG), nominate(), publicise(), grant())
    again = after(nominate(), publicise(), decline, nominate(WANG))
    assert (again.status, again.until, again.objections) == ("nominated", None, {})
    assert after(nominate(), publicise(), grant(), withdraw, nominate()).status == "nominated"


def test_it_is_decided_by_the_rules_under_which_it_was_nominated() -> None:
    told = after(nominate()).nominated
    assert (told.rules, told.title, told.notice_days) == ("2026.1", "最美志愿者", 5)
    assert told.granted_by == ("party_secretary", "supervisor")


def test_what_no_rules_have_and_a_year_to_come_are_refused() -> None:
    refused("no_such_honour_kind", nominate(code="best_cook"))
    refused("year_ahead", nominate(year=2027))


def test_what_a_higher_body_grants_needs_the_document_of_theirs() -> None:
    kinds = tuple(
        one.model_copy(update={"level": "city", "notice_days": 0}) for one in BOOK.honours
    )
    higher = BOOK.model_copy(update={"honours": kinds})
    asked = NominateHonour(
        at=AT, actor=GRID, code="best_volunteer", holder=str(ANN), person=ANN, year=2026,
        territory="c", rules=higher,
    )  # fmt: skip
    refused("honour_document_missing", grant(), asked)
    assert after(asked, grant(document="市文明办〔2026〕3号")).status == "held"


def test_an_honour_from_before_is_held_by_nobodys_rules_and_can_be_withdrawn() -> None:
    held = after(record())
    assert (held.status, held.granted) == ("held", 2)
    [withdrawn] = decide(WithdrawHonour(at=AT, actor=CHIEF, reason="no_longer_entitled"), held)
    assert (withdrawn.type, getattr(withdrawn, "granted", None)) == ("honour-withdrawn", 2)
    refused("occurs_in_the_future", record("2026-09-29"))
    refused("honour_is_held", record(), record())


def test_every_command_is_refused_wherever_the_table_does_not_have_it() -> None:
    decline = DeclineHonour(at=AT, actor=CHIEF, reason="merits_short")
    withdraw = WithdrawHonour(at=LATER, actor=CHIEF, reason="conduct")
    states = {
        one.status: one
        for one in (
            after(), after(nominate()), after(nominate(), publicise()),
            after(nominate(), publicise(), grant()), after(nominate(), decline),
            after(nominate(), publicise(), grant(), withdraw),
        )
    }  # fmt: skip
    asked: tuple[Command, ...] = (
        nominate(), publicise(), ObjectHonour(at=AT, actor=WANG, words=WORDS),
        AnswerHonourObjection(at=AT, actor=CHIEF, objection=3, upheld=False), grant(), decline,
        withdraw, record(),
    )  # fmt: skip
    assert {type(one) for one in asked} == ALLOWED.keys()
    assert len(states) == 6
    for command in asked:
        for status in states.keys() - ALLOWED[type(command)]:  # type: ignore[index]
            with pytest.raises(Rejected) as told:
                decide(command, states[status])  # type: ignore[arg-type]
            expected = {"new": "not_nominated", "nominated": "honour_nominated",
                        "noticed": "honour_on_notice", "held": "honour_is_held",
                        "declined": "honour_declined", "withdrawn": "honour_withdrawn"}  # fmt: skip
            assert told.value.code == expected[status]
