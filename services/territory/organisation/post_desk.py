"""Posts over HTTP: a seat is named by its role and its place."""

from __future__ import annotations

from services.territory.organisation import places
from services.territory.organisation import post_forms as forms
from services.territory.organisation.preparing import Prepared, Step, Told, target
from services.territory.post import commands
from services.territory.post.decider import post
from services.territory.post.seats import SEATS
from services.territory.service import Territory


async def filled(service: Territory, told: Told) -> Prepared:
    """The seat, in a territory or a unit that is there."""
    place = told["place"]
    if SEATS[told["role"]].in_unit:
        unit = await places.standing_unit(service, place, told["at"], "place")
        return _seat({**told, "territory": unit["territory"], "kind": unit["kind"]})
    kind = places.there(service, place, told["at"], "place").kind
    return _seat({**told, "territory": place, "kind": kind})


async def seated(service: Territory, told: Told) -> Prepared:
    """The seat, whatever became of its place."""
    if SEATS[told["role"]].in_unit:
        unit = await places.unit(service, told["place"], "place")
        return _seat({**told, "territory": unit["territory"]})
    places.known(service, told["place"], "place")
    return _seat({**told, "territory": told["place"]})


def _seat(told: Told) -> Prepared:
    return Prepared(told, (target(post, told["role"], told["place"]),))


ONE = "/posts/{role}/{place}"
STEPS = (
    Step(f"{ONE}/fill", forms.Filling, commands.FillPost, filled),
    Step(f"{ONE}/vacate", forms.Vacating, commands.VacatePost, seated),
    Step(f"{ONE}/leave", forms.LeaveForm, commands.TakeLeave, seated),
    Step(f"{ONE}/return", forms.Return, commands.EndLeave, seated),
)
