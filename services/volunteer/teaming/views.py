"""From rows of teams to answers, as far as their reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.joining import names
from services.volunteer.queries.teams import TeamQueries
from services.volunteer.queries.volunteers import VolunteerQueries
from services.volunteer.service import Volunteers
from shared.core.access import Thing
from shared.core.local_time import day_of
from shared.core.messages import Actor

SAME = (
    "team_id", "version", "name", "territory", "kind", "since", "status", "members", "ever",
    "merged_into", "absorbed", "ended_at",
)  # fmt: skip


def years(since: str, until: str) -> int:
    """Whole years from one day to another."""
    return max(int(until[:4]) - int(since[:4]) - (until[5:] < since[5:]), 0)


def line(row: Mapping[str, Any], minutes: int, today: str) -> dict[str, Any]:
    """One team."""
    until = day_of(row["ended_at"]) if row["ended_at"] else today
    told = {name: row[name] for name in SAME}
    return {**told, "minutes": minutes, "years": years(row["since"], until)}


async def view(
    service: Volunteers,
    actor: Actor,
    row: Mapping[str, Any],
    when: tuple[int, str],
    *,
    former: bool,
) -> dict[str, Any]:
    """A team with its roster; `when` is the year of the hours, and today."""
    year, today = when
    teams, here = TeamQueries(service.pool), Thing((row["territory"],))
    sees = ACCESS.allows(actor, "read_roster", here, service.map.within)
    every = await teams.roster(row["team_id"], former=former)
    shown = every if sees else [one for one in every if str(one["person"]) == actor.id]
    people = [one["person"] for one in shown]
    called = await names.of(service, actor, people, row["territory"])
    minutes = await VolunteerQueries(service.pool).minutes(row["team_id"], year, people)
    roster = [
        {
            **{name: one[name] for name in ("person", "since", "until", "came_with", "came_from")},
            "name": called.get(one["person"]),
            "leads": one["person"] == row["leader"] and one["until"] is None,
            "years": years(one["since"], one["until"] or today),
            "minutes": minutes.get(one["person"], 0),
        }
        for one in shown
    ]
    return {
        "team": line(row, await teams.minutes(row["team_id"], year), today),
        "may_manage": ACCESS.allows(actor, "name_leader", here, service.map.within),
        "is_member": any(str(o["person"]) == actor.id and o["until"] is None for o in every),
        "roster": roster,
        "parts": await teams.parts(row["team_id"]),
    }
