"""A claim by hand: who may do what to it when, what an approval brings, and what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.points.account.decider import account
from services.points.account.events import PointsCapped, PointsEarned
from services.points.account.state import Account
from services.points.account.stream import account_of
from services.points.claim.approving import approved
from services.points.claim.commands import ApproveClaim, ClaimPoints, RejectClaim, WithdrawClaim
from services.points.claim.decider import ALLOWED, claim
from services.points.claim.events import ClaimApproved
from services.points.claim.state import Claim
from services.points.claim.stream import source_of
from services.points.log import EVENTS, LOG
from services.points.projections.point_claims import point_claims
from services.points.rules.book_2026_1 import BOOK
from shared.core.messages import Actor, Command, Event, Rejected
from shared.runtime.commands.execute import Executor
from shared.runtime.commands.guarding import unguarded
from shared.runtime.commands.submission import Identity, Submission, Target
from shared.store.pool import open_pool
from shared.testkit.databases import TestDatabase
from shared.testkit.projections import Told, history, holds

ANN, CLAIM = UUID(int=1), UUID(int=2)
AT, DAY = datetime(2026, 5, 1, tzinfo=UTC), "2026-05-01"


def by(name: str) -> dict[str, Any]:
    """Asked by this actor."""
    return {"at": AT, "actor": Actor(id=name, roles=frozenset({"resident"}), territory="d")}


def claiming(**other: Any) -> ClaimPoints:
    told: dict[str, Any] = {
        "reason": "mediation", "quantity": 1, "day": DAY, "asked_on": DAY, "territory": "d",
        "proof": "ab" * 32, "person": ANN, "rules": BOOK, **by("head"),
    }  # fmt: skip
    return ClaimPoints(**{**told, **other})


def approving(name: str = "reviewer") -> ApproveClaim:
    return ApproveClaim(asked_on=DAY, home="d", rules=BOOK, **by(name))


REJECT = RejectClaim(reason="double", **by("reviewer"))
WITHDRAW = WithdrawClaim(**by("head"))
ASKED: dict[type, Any] = {
    ClaimPoints: claiming(), ApproveClaim: approving(), RejectClaim: REJECT,
    WithdrawClaim: WITHDRAW,
}  # fmt: skip
REACHED: dict[str, Sequence[Any]] = {
    "new": (),
    "waiting": (claiming(),),
    "approved": (claiming(), approving()),
    "rejected": (claiming(), REJECT),
    "withdrawn": (claiming(), WITHDRAW),
}


def after(*commands: Any) -> Claim:
    state = claim.initial
    for command in commands:
        for event in claim.decide(command, state):
            state = claim.evolve(state, event)
    return state


@pytest.mark.parametrize(("command", "status"), [*product(ASKED, REACHED)])
def test_a_step_is_taken_where_the_table_says_so_only(command: type, status: str) -> None:
    state = after(*REACHED[status])
    assert state.status == status
    if status in ALLOWED[command]:
        assert claim.decide(ASKED[command], state)
        return
    with pytest.raises(Rejected):
        claim.decide(ASKED[command], state)


def test_an_approval_names_the_lot_that_its_points_are() -> None:
    waiting = after(claiming())
    given, [approval] = approved(approving(), CLAIM, (Account(), waiting))
    assert isinstance(approval, ClaimApproved)
    [earned] = [one for one in given if isinstance(one, PointsEarned)]
    assert (approval.points, approval.over, earned.source) == (15, 0, source_of(CLAIM))
    holder = account.fold(given)  # type: ignore[arg-type]
    assert approval.lot is not None
    assert holder.lots[approval.lot].left == 15


def test_a_claim_past_every_limit_is_approved_and_brings_nothing() -> None:
    holder = Account()
    for number in range(5):
        given, [approval] = approved(approving(), UUID(int=number), (holder, after(claiming())))
        for event in given:
            holder = account.evolve(holder, event)  # type: ignore[arg-type]
    assert isinstance(given[-1], PointsCapped)
    assert isinstance(approval, ClaimApproved)
    assert (approval.points, approval.over, approval.lot) == (0, 15, None)
    assert holder.free(DAY) == 50, "the most that a day brings in all"


def test_what_no_day_holds_is_not_claimed() -> None:
    hours = BOOK.reasons[2].model_copy(update={"granted_by": ("party_secretary",)})
    rules = BOOK.model_copy(update={"reasons": (hours,), "reactions": {}})
    asked = partial(claiming, reason="serving", rules=rules)
    with pytest.raises(Rejected, match="more_than_a_day"):
        claim.decide(asked(quantity=24 * 60 + 1), claim.initial)
    with pytest.raises(Rejected, match="nothing_to_give"):
        claim.decide(asked(quantity=29), claim.initial)
    assert claim.decide(asked(quantity=30), claim.initial)


def test_a_photo_is_asked_for_where_the_rules_do() -> None:
    shown = BOOK.reasons[0].model_copy(update={"evidence": "photo"})
    rules = BOOK.model_copy(update={"reasons": (shown,), "reactions": {}})
    with pytest.raises(Rejected, match="photo_missing"):
        claim.decide(claiming(reason="activity", rules=rules, proof=None), claim.initial)


def test_what_waits_is_counted_and_what_was_given_for_it() -> None:
    waiting = claim.decide(claiming(), claim.initial)
    given, approval = approved(approving(), CLAIM, (Account(), after(claiming())))
    lives = (account_of("person", ANN), given)
    told = Told(point_claims)
    line = {"waiting": 1, "approved": 0, "rejected": 0, "points": 0}
    told(*history(LOG, (CLAIM, waiting))).counts({("d", "mediation"): line})
    line = {"waiting": 0, "approved": 1, "rejected": 0, "points": 15}
    done = told(*history(LOG, lives, (CLAIM, [*waiting, *approval])))
    done.counts({("d", "mediation"): line})
    [row] = done.held.rows.values()
    assert (row.status, row.points, row.decider) == ("approved", 15, "reviewer")
    assert row.deed_id is not None
    again = [*waiting, *claim.decide(REJECT, after(claiming())), *waiting]
    [row] = told(*history(LOG, (CLAIM, again))).held.rows.values()
    assert (row.status, row.refusal, row.version) == ("waiting", None, 3)


@pytest.mark.postgres
@pytest.mark.anyio
async def test_it_keeps_what_every_read_model_keeps(log_database: TestDatabase) -> None:
    await _written(log_database.service)
    opened = await open_pool(log_database.service, size=4)
    await holds(opened, point_claims, LOG, EVENTS)
    await opened.close()


async def _written(dsn: str) -> None:
    """Two hundred claims, with what became of each."""
    executor, random = Executor(dsn, LOG, unguarded), Random(1)
    for _ in range(200):
        stream = UUID(int=random.getrandbits(128))
        state = claim.initial
        for _ in range(random.randint(1, 4)):
            may = [one for one in ASKED if state.status in ALLOWED[one]]
            if not may:
                break
            events = claim.decide(ASKED[random.choice(may)], state)
            for event in events:
                state = claim.evolve(state, event)
            identity = Identity(UUID(int=random.getrandbits(128)), b"")
            told = partial(_told, events)
            submission = Submission(identity, Command(**by("x")), (Target(claim, stream),), told)
            await executor.execute(submission)
    await executor.aclose()


def _told(events: Sequence[Event], _: Sequence[Any]) -> list[Sequence[Event]]:
    return [events]
