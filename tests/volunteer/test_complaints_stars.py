"""What volunteers complain of (the design's domain page, section e), as far as stars go: a test
each; and the fit check of the founding documents' own volunteer."""

from __future__ import annotations

from services.volunteer.account.commands import ApproveHours, LogHours, ReverseHours
from services.volunteer.account.decider import account
from services.volunteer.account.record_events import HoursReversed
from services.volunteer.account.state import Account
from services.volunteer.policies import when_hours_are_reversed_then_look_at_the_stars
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.stars.commands import RecordStar, ReviewStar
from services.volunteer.stars.possible import may_apply
from services.volunteer.stars.stream import stars_of
from shared.core.local_time import day_of
from shared.core.messages import Command
from shared.testkit.projections import history
from tests.volunteer.starring import ANN, AT, CHIEF, DAY, HOUR, SELF, actor, after

RECORDER, APPROVER = actor("recorder", "recorder"), actor("approver", "hours_approver")
SHIFT = 16 * HOUR


def taken(state: Account, command: Command) -> Account:
    for event in account.decide(command, state):  # type: ignore[arg-type]
        state = account.evolve(state, event)
    return state


def served(hours: int) -> Account:
    """An account with so many approved hours, sixteen a day."""
    state = Account()
    for number in range(hours * HOUR // SHIFT):
        day = day_of(AT - number * DAY)
        log = LogHours(
            at=AT, actor=RECORDER, person=ANN, home="d", day=day, minutes=SHIFT, territory="d",
            service="companionship", evidence="paper", rules=BOOK, late_reason="paper_form",
        )  # fmt: skip
        state = taken(state, log)
        number = state.version
        state = taken(state, ApproveHours(at=AT, actor=APPROVER, record=number, rules=BOOK))
    return state


THREE = RecordStar(
    at=AT, actor=CHIEF, person=ANN, territory="d", star=3, level="city", day="2019-08-30",
    source="S0", needs=600 * HOUR,
)  # fmt: skip


def test_twelve_hundred_hours_and_three_stars_stand_as_awarded_and_four_could_be_applied_for() -> (
    None
):
    kept = served(1_200)
    stars = after(kept, THREE)
    assert kept.served == 1_200 * HOUR
    assert BOOK.eligible(kept.served) == 4
    assert stars.held == 3
    assert may_apply(stars, kept, BOOK, (SELF, AT)) == 4
    # Another ladder changes what could be reached, and no award.
    low, *others = BOOK.ladder
    higher = [one.model_copy(update={"minutes": 10**6 + one.star}) for one in others]
    steep = BOOK.model_copy(update={"ladder": (low, *higher)})
    assert steep.eligible(kept.served) == 1
    assert after(kept, THREE).held == 3


def test_hours_that_were_bought_take_the_star_into_doubt_in_sight_of_all() -> None:
    """Five hours for 40 yuan, credited in two minutes (CCTV, 2025-07-17)."""
    kept = served(608)
    stars = after(kept, THREE)
    reverse = ReverseHours(at=AT, actor=APPROVER, record=2, reason="false_hours")
    [reversal, *_] = account.decide(reverse, kept)
    assert isinstance(reversal, HoursReversed)
    [recorded] = history("volunteer", (ANN, [reversal]))
    [reaction] = when_hours_are_reversed_then_look_at_the_stars.react(recorded)
    assert reaction.stream_id == stars_of(ANN)
    assert isinstance(reaction.command, ReviewStar)
    doubted = after(kept, THREE, reaction.command)
    assert (stars.doubt, doubted.held) == (None, 3)
    assert doubted.doubt is not None
    assert doubted.doubt.minutes == 592 * HOUR


def test_a_computed_result_never_overrides_what_people_decided() -> None:
    """Consul Democracy 5857: which of the two counts differs by city; both are told apart."""
    kept = served(1_200)
    assert after(kept).held == 0
    assert BOOK.eligible(kept.served) == 4
    assert after(kept, THREE).held == 3
