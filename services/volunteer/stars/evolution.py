"""A person's stars after an event."""

from __future__ import annotations

from typing import assert_never

from services.volunteer.stars.events import (
    ObjectionAnswered,
    StarApplied,
    StarAwarded,
    StarCleared,
    StarInDoubt,
    StarNoticed,
    StarObjected,
    StarRecorded,
    StarRefused,
    StarRevoked,
    StarsEvent,
)
from services.volunteer.stars.state import Application, Award, Doubt, Stars, Verdict
from shared.core.state import replace


def evolve(stars: Stars, event: StarsEvent) -> Stars:  # noqa: C901, PLR0911 - one arm an event
    """The stars after the event."""
    stars = replace(stars, version=stars.version + 1)
    match event:
        case StarApplied(person=person, territory=territory):
            return replace(
                stars,
                status="applied",
                person=person,
                territory=territory,
                application=Application(event),
            )
        case StarNoticed() | StarObjected() | ObjectionAnswered():
            return replace(stars, status="noticed", application=_noticed(stars, event))
        case StarAwarded(star=star, needs=needs, year=year):
            return _holding(_ended(stars), Award(star, needs, year))
        case StarRefused():
            return _ended(stars)
        case StarRecorded(person=person, territory=territory, star=star, needs=needs):
            stars = replace(stars, person=person, territory=territory)
            return _holding(stars, Award(star, needs))
        case StarRevoked():
            return replace(stars, awards=stars.awards[:-1], doubt=None)
        case StarInDoubt(minutes=minutes, needs=needs):
            return replace(stars, doubt=Doubt(minutes, needs))
        case StarCleared():
            return replace(stars, doubt=None)
        case _:
            assert_never(event)


def _noticed(
    stars: Stars, event: StarNoticed | StarObjected | ObjectionAnswered
) -> Application | None:
    application = stars.application
    if application is None:
        return None
    match event:
        case StarNoticed(until=until):
            return replace(application, until=until)
        case StarObjected():
            objections = {**application.objections, stars.version: "open"}
            return replace(application, objections=objections)
        case ObjectionAnswered(objection=number, upheld=upheld):
            said: Verdict = "upheld" if upheld else "dismissed"
            return replace(application, objections={**application.objections, number: said})


def _ended(stars: Stars) -> Stars:
    return replace(stars, status="none", application=None)


def _holding(stars: Stars, award: Award) -> Stars:
    return replace(stars, awards=(*stars.awards, award), doubt=None)
