"""A request for help, rule by rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.volunteer.account.decider import account
from services.volunteer.account.events import TimeBroughtIn, TimeHeld
from services.volunteer.account.record_events import AccountOpened
from services.volunteer.account.state import Account
from services.volunteer.help import payment
from services.volunteer.help.commands import (
    AcceptHelp,
    AskHelp,
    ConfirmHelp,
    DeclineHelp,
    FinishHelp,
    LapseHelp,
    MatchHelp,
    WithdrawHelp,
)
from services.volunteer.help.decider import help_request
from services.volunteer.help.events import (
    HelpAccepted,
    HelpDeclined,
    HelpDone,
    HelpEvent,
    HelpMatched,
    HelpRequested,
)
from services.volunteer.projections.help_requests import help_requests
from services.volunteer.rules.book_2026_1 import BOOK
from shared.core.messages import Actor, Rejected
from shared.testkit.projections import Told, history
from shared.testkit.spec import Spec

AT = datetime(2026, 5, 1, 2, tzinfo=UTC)
ANN, BEN, HELP = UUID(int=1), UUID(int=2), UUID(int=9)
RULES = BOOK.model_copy(update={"opens": 0, "cap": 100})
given = Spec(help_request)


def by(person: UUID) -> Actor:
    return Actor(id=str(person), roles=frozenset({"resident"}), territory="d")


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)


def requested(**told: Any) -> HelpRequested:
    known: dict[str, Any] = {
        "at": AT, "requester": ANN, "territory": "d", "service": "meals", "minutes": 60,
        "day": "2026-05-01", "paid": "account", **told,
    }  # fmt: skip
    return HelpRequested(**known)


ACCEPTED: list[HelpEvent] = [
    requested(),
    HelpMatched(at=AT, volunteer=BEN, by=str(BEN)),
    HelpAccepted(at=AT, volunteer=BEN),
]
DONE: list[HelpEvent] = [*ACCEPTED, HelpDone(at=later(60), volunteer=BEN, minutes=50)]


def finish(minutes: int, at: datetime, **told: Any) -> FinishHelp:
    return FinishHelp(at=at, actor=by(BEN), volunteer=BEN, minutes=minutes, **told)


def confirm(minutes: int = 50, actor: UUID = ANN, review: int = 5) -> ConfirmHelp:
    return ConfirmHelp(
        at=later(70), actor=by(actor), helper=BEN, home="d", minutes=minutes, review=review,
        rules=RULES,
    )  # fmt: skip


def test_nobody_has_helped_for_longer_than_since_they_accepted() -> None:
    given(*ACCEPTED).when(finish(60, later(2))).rejected("longer_than_since_accepted")
    given(*ACCEPTED).when(finish(60, later(57))).rejected("longer_than_since_accepted")
    given(*ACCEPTED).when(finish(60, later(58))).then(
        HelpDone(at=later(58), volunteer=BEN, minutes=60)
    )


@pytest.mark.parametrize(
    ("minutes", "told", "code"),
    [
        (0, {}, "minutes_not_positive"),
        (61, {}, "more_than_asked"),
        (30, {"since": later(10)}, "half_a_span"),
        (30, {"since": later(40), "until": later(10)}, "sign_out_before_sign_in"),
        (30, {"since": later(10), "until": later(20)}, "longer_than_the_span"),
        (30, {"since": later(10), "until": later(200)}, "occurs_in_the_future"),
    ],
)
def test_what_a_helper_says_has_to_be_possible(
    minutes: int, told: dict[str, Any], code: str
) -> None:
    given(*ACCEPTED).when(finish(minutes, later(90), **told)).rejected(code)


def test_only_who_was_asked_accepts_declines_and_finishes() -> None:
    matched = ACCEPTED[:2]
    other: dict[str, Any] = {"at": AT, "actor": by(HELP), "volunteer": HELP}
    given(*matched).when(AcceptHelp(**other)).rejected("other_helper")
    given(*matched).when(DeclineHelp(**other)).rejected("other_helper")
    given(*ACCEPTED).when(FinishHelp(minutes=1, **other)).rejected("other_helper")
    decline = DeclineHelp(at=AT, actor=by(BEN), volunteer=BEN)
    given(*ACCEPTED).when(decline).then(HelpDeclined(at=AT, volunteer=BEN))


def test_the_receiver_confirms_no_more_than_was_done() -> None:
    given(*DONE).when(confirm(51)).rejected("more_than_asked")
    given(*DONE).when(confirm(review=6)).rejected("bad_review")
    given(*DONE).when(confirm(actor=BEN)).rejected("helps_oneself")
    given(*ACCEPTED).when(confirm()).rejected("help_is_accepted")


def test_what_is_done_is_not_withdrawn_and_lapses_no_more() -> None:
    given(*DONE).when(WithdrawHelp(at=AT, actor=by(ANN))).rejected("help_is_done")
    lapse = LapseHelp(at=later(60 * 24), actor=by(ANN))
    given(*DONE).when(lapse).rejected("help_is_done")
    given(requested()).when(LapseHelp(at=AT, actor=by(ANN))).rejected("day_is_not_over")


def test_nobody_is_matched_with_themselves() -> None:
    match = MatchHelp(at=AT, actor=by(HELP), volunteer=ANN)
    given(requested()).when(match).rejected("helps_oneself")


@pytest.mark.parametrize(("care", "actor"), [(None, HELP), ("veteran", HELP), ("disabled", ANN)])
def test_the_pool_is_asked_by_others_for_those_whom_the_rules_put_first(
    care: Any, actor: UUID
) -> None:
    ask = AskHelp(
        at=AT, actor=by(actor), requester=ANN, territory="d", service="meals", minutes=60,
        day="2026-05-01", paid="pool", care=care, rules=BOOK,
    )  # fmt: skip
    code = "pool_asked_by_oneself" if actor == ANN else "not_a_priority"
    given().when(ask).rejected(code)


def _held(minutes: int = 60) -> Account:
    return account.fold(
        [
            AccountOpened(at=AT, person=ANN, territory="x"),
            TimeBroughtIn(at=AT, minutes=minutes, repaid=0, source="test"),
            TimeHeld(at=AT, help=HELP, minutes=minutes),
        ]
    )


def _after(events: list[Any], state: Account) -> Account:
    for event in events:
        state = account.evolve(state, event)
    return state


def _help(*events: HelpEvent) -> Any:
    return help_request.fold(events)


@pytest.mark.parametrize("saved", [0, 80])
def test_every_minute_that_leaves_the_payer_is_saved_or_honoured(saved: int) -> None:
    """Past the cap of 100 it is honoured: never lost without a word, never made."""
    helper = Account()
    if saved:
        helper = account.fold(
            [
                AccountOpened(at=AT, person=BEN, territory="y"),
                TimeBroughtIn(at=AT, minutes=saved, repaid=0, source="test"),
            ]
        )
    paid, earned, said = payment.confirmed(confirm(), HELP, [_held(), helper, _help(*DONE)])
    payer, after = _after([*paid], _held()), _after([*earned], helper)
    honoured = sum(getattr(e, "minutes", 0) for e in earned if e.type == "excess-honoured")
    assert (payer.balance, payer.held) == (10, {})
    assert after.balance - saved + honoured == 50
    assert after.served == 50
    assert [one.type for one in said] == ["help-confirmed"]
    [record] = after.records.values()
    told = (record.told.recorder, record.told.evidence, record.told.help, record.told.beneficiary)
    assert told == (str(BEN), "receiver", HELP, ANN)


def test_without_minutes_put_aside_nothing_is_paid() -> None:
    empty = account.fold([AccountOpened(at=AT, person=ANN, territory="x")])
    with pytest.raises(Rejected, match="nothing_held"):
        payment.confirmed(confirm(), HELP, [empty, Account(), _help(*DONE)])


def test_a_request_is_a_line_that_follows_what_happens() -> None:
    declined = HelpDeclined(at=later(5), volunteer=BEN)
    then = Told(help_requests)(*history("volunteer", (HELP, [*ACCEPTED, declined])))
    [row] = then.held.rows.values()
    assert (row.status, row.volunteer, row.accepted_known, row.number) == ("open", None, None, 1)
    then.counts(
        {
            ("d", "2026-05", "meals"): {
                "asked": 1, "under_way": 1, "confirmed": 0, "lapsed": 0, "minutes": 0,
                "reviews": 0,
            }
        }
    )  # fmt: skip
