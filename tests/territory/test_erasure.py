"""An erasure: asked for by all ids of a person at once, complete when all have answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.territory.erasure.asking import asked
from services.territory.erasure.commands import AskErasure, NoteAnswer
from services.territory.erasure.decider import Erasure, erasure
from services.territory.erasure.events import ErasureAnswered, ErasureAsked, ErasureCompleted
from services.territory.policies import when_a_service_has_erased_then_note_its_answer
from services.territory.resident.decider import resident
from services.territory.resident.events import DoubleAbsorbed, RelativeWithdrawn, ResidentFact
from shared.contracts.erasure import SubjectErased as Told
from shared.contracts.erasure import erase_here
from shared.core.messages import Actor, Rejected
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.events import SubjectErased
from shared.core.person.stream import stream_of
from shared.testkit.projections import history
from shared.testkit.spec import Spec
from tests.territory.maps import day
from tests.territory.residents import ABOUT, DOUBLE, LI, LIVED, SON, STATES, merged, registered_as

given = Spec(erasure)
ASK = AskErasure(
    **ABOUT, subject=LI, kept=LI, territory="wenhua-1", services=("territory", "grievance", "c"),
    reason="own_request",
)  # fmt: skip
ASKED = ErasureAsked(
    at=day(100), subject=LI, kept=LI, territory="wenhua-1",
    services=("territory", "grievance", "c"), reason="own_request",
)  # fmt: skip
DONE = ErasureCompleted(at=day(100), subject=LI)


def answer(service: str) -> ErasureAnswered:
    return ErasureAnswered(at=day(100), subject=LI, service=service)


def note(service: str) -> NoteAnswer:
    return NoteAnswer(**ABOUT, subject=LI, service=service)


def test_it_is_complete_when_the_last_one_has_answered() -> None:
    given().when(ASK).then(ASKED, answer("territory"))
    given(ASKED, answer("territory")).when(note("grievance")).then(answer("grievance"))
    given(ASKED, answer("territory"), answer("grievance")).when(note("c")).then(answer("c"), DONE)
    given(ASKED, answer("territory"), answer("c"), answer("grievance"), DONE).when(note("c")).then()


def test_who_erased_of_its_own_accord_has_answered_before_it_is_asked() -> None:
    given().when(note("c")).then(answer("c"))
    given(answer("c")).when(note("c")).then()
    given(answer("c"), answer("grievance")).when(ASK).then(ASKED, answer("territory"), DONE)


def test_one_that_nobody_asked_does_not_complete_it() -> None:
    given(ASKED, answer("territory"), answer("c")).when(note("other")).then(answer("other"))


def test_it_is_asked_for_once() -> None:
    given(ASKED).when(ASK).rejected("erasure_is_asked")
    given(ASKED, DONE).when(ASK).rejected("erasure_is_completed")


def test_a_person_is_erased_by_all_their_ids() -> None:
    kept: list[ResidentFact] = [*LIVED, DoubleAbsorbed(at=day(2), doubles=(DOUBLE,))]
    double: list[ResidentFact] = [
        registered_as(DOUBLE, "sanwan-3-1"),
        merged.model_copy(update={"into": LI}),
    ]
    states = [Erasure(), resident.fold(double), Erasure(), resident.fold(kept)]
    of_double, double_gone, of_kept, kept_gone = asked(ASK, [DOUBLE, LI], states)
    assert of_kept == [ASKED, answer("territory")]
    assert of_double[0] == ASKED.model_copy(update={"subject": DOUBLE})
    told = {"reason": "own_request", "at": day(100)}
    assert double_gone == [SubjectErased(subject=DOUBLE, territory="sanwan-3-1", **told)]
    assert kept_gone == [
        RelativeWithdrawn(at=day(100), relative=SON),
        SubjectErased(subject=LI, territory="wenhua-1", **told),
    ]


@pytest.mark.parametrize("status", ["new", "merged", "erased"])
def test_only_one_who_is_on_the_register_is_erased(status: Any) -> None:
    with pytest.raises(Rejected) as refused:
        asked(ASK, [LI], [Erasure(), resident.fold(STATES[status])])
    assert refused.value.code == f"resident_is_{status}"


def test_a_double_that_came_meanwhile_is_not_forgotten() -> None:
    kept: list[ResidentFact] = [registered_as(LI), DoubleAbsorbed(at=day(2), doubles=(DOUBLE,))]
    with pytest.raises(Rejected) as refused:
        asked(ASK, [LI], [Erasure(), resident.fold(kept)])
    assert refused.value.code == "doubles_changed"


def test_a_service_that_hears_of_it_erases_whether_it_knew_them_or_not() -> None:
    [told, other] = history(
        "territory", (LI, [Told(at=day(3), subject=LI, reason="court_order"), registered_as(SON)])
    )
    [reaction] = erase_here(told)
    assert (reaction.stream_id, reaction.decider) == (stream_of(LI), person)
    command = reaction.command
    assert isinstance(command, EraseSubject)
    [event] = person.decide(command, person.initial)
    assert (event.subject, event.reason, event.at) == (LI, "court_order", day(3))
    assert list(person.decide(command, person.fold([event]))) == [], "it is done already"
    assert list(erase_here(other)) == []


def test_people_are_told_that_nothing_is_left() -> None:
    gone = person.fold([SubjectErased(at=day(1), subject=LI, territory="d", reason="retention")])
    for role in ("supervisor", "registrar"):
        actor = Actor(id="someone", roles=frozenset({role}), territory="d")
        command = EraseSubject(at=day(2), actor=actor, subject=LI, reason="retention")
        assert len(person.decide(command, person.initial)) == 1
        with pytest.raises(Rejected, match="person_is_erased"):
            person.decide(command, gone)


def test_what_a_service_tells_is_noted_as_its_answer() -> None:
    policy = when_a_service_has_erased_then_note_its_answer("c")
    [told, other] = history(
        "c", (UUID(int=1), [Told(at=day(3), subject=LI, reason="retention"), registered_as(SON)])
    )
    [reaction] = policy.react(told)
    assert isinstance(reaction.command, NoteAnswer)
    assert (reaction.command.subject, reaction.command.service) == (LI, "c")
    assert reaction.command.actor.roles == {"service"}
    assert list(policy.react(other)) == []
