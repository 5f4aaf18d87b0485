"""1+N+X: who has a part in each grid beside its worker. N are the police, the community's centre,
a paired unit and the company that manages the estate; X is a volunteer team (S0)."""

from __future__ import annotations

from collections.abc import Iterator

from services.territory.sample import departments, groups, management, partners, party
from services.territory.sample.clerk import MEANT, day
from services.territory.sample.estates import MERGED, MERGED_AT, MERGER
from services.territory.sample.shape import Estate, Shape
from services.territory.unit.commands import LinkUnit
from services.territory.unit.words import Linkage

LINKED = day("2020-06-01")


def links(district: Shape, seed: int) -> Iterator[LinkUnit]:
    """All links into grids; paired units and teams of a community have its grids in turn."""
    street = {one.code: one.parent or "" for one in district.communities}
    companies = management.companies(district, seed)
    turns: dict[str, int] = {}
    for estate in district.estates:
        for grid in estate.grid_codes():
            turn = turns[estate.community] = turns.get(estate.community, -1) + 1
            company = companies.get(estate.code)
            for code, linkage in _beside(estate, street[estate.community], turn, company):
                yield LinkUnit(at=LINKED, code=code, territory=grid, linkage=linkage, **MEANT)
            merged = estate.code in MERGED
            branch = party.organisation(MERGER.code if merged else estate.code)
            at = MERGED_AT if merged else LINKED
            yield LinkUnit(at=at, code=branch, territory=grid, linkage="party", **MEANT)


def _beside(
    estate: Estate, street: str, turn: int, company: str | None
) -> Iterator[tuple[str, Linkage]]:
    yield departments.police(street), "department"
    yield departments.centre(estate.community), "department"
    paired, teams = partners.partners(estate.community), groups.teams(estate.community)
    yield paired[turn % len(paired)], "partner"
    yield teams[turn % len(teams)], "team"
    if company is not None:
        yield company, "partner"
