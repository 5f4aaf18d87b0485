"""The dispatch catalogue: drafted, published, and what it proposes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from services.territory.catalogue import rules
from services.territory.catalogue.commands import (
    CatalogueCommand,
    DefineCategories,
    PublishCatalogue,
    SetRoutes,
)
from services.territory.catalogue.decider import catalogue
from services.territory.catalogue.events import (
    CataloguePublished,
    CategoriesDefined,
    RouteRow,
    RoutesSet,
)
from shared.contracts.dispatch_catalogue import DispatchCatalogue, drawn, in_force, proposed
from shared.contracts.organisation import Route
from shared.contracts.territory import TERRITORY
from shared.testkit.spec import Spec
from tests.territory.maps import CLERK, day

given = Spec(catalogue)
TAXONOMY = Path(__file__).parents[3] / "shared/data/petition-taxonomy.csv"
HERE = {"district": "gaoxin"}
PATHS = ("交通/公交", "建设/园林/树木", "建设/路灯")
# From the ninth grid of a community up to the district.
ABOVE = ("grid-9", "sanwan", "shengli", "gaoxin")


def define(*paths: str, at: int = 1) -> DefineCategories:
    return DefineCategories(at=day(at), actor=CLERK, paths=paths, **HERE)


def defined(at: int = 1) -> CategoriesDefined:
    return CategoriesDefined(at=day(at), paths=PATHS, **HERE)


def row(category: str, territory: str, unit: str | None) -> RouteRow:
    return RouteRow(category=category, territory=territory, unit=unit)


def route(*rows: RouteRow, at: int = 2) -> SetRoutes:
    return SetRoutes(at=day(at), actor=CLERK, rows=rows, **HERE)


def routed(*rows: RouteRow, at: int = 2) -> RoutesSet:
    return RoutesSet(at=day(at), rows=rows, **HERE)


def publish(at: int = 3, *gone: str) -> PublishCatalogue:
    return PublishCatalogue(at=day(at), actor=CLERK, gone=frozenset(gone), **HERE)


def published(*routes: tuple[str, str, str], at: int = 3, number: int = 1) -> CataloguePublished:
    told = tuple(Route(category=c, territory=t, unit=u) for c, t, u in routes)
    return CataloguePublished(at=day(at), number=number, categories=PATHS, routes=told, **HERE)


LAMPS = row("建设/路灯", "gaoxin", "lamp-office")
WORKS = row("建设", "sanwan", "sanwan-works")


def test_a_draft_becomes_a_version_with_all_that_it_holds() -> None:
    given().when(define(*reversed(PATHS))).then(defined())
    given(defined()).when(route(WORKS, LAMPS)).then(routed(WORKS, LAMPS))
    both = (("建设", "sanwan", "sanwan-works"), ("建设/路灯", "gaoxin", "lamp-office"))
    given(defined(), routed(LAMPS, WORKS)).when(publish()).then(published(*both))
    out = routed(row("建设", "sanwan", None), at=4)
    past = given(defined(), routed(LAMPS, WORKS), published(*both), out)
    past.when(publish(5)).then(published(both[1], at=5, number=2))


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (define("a", "b//c", at=3), "not_a_category", "paths/1"),
        (define("a/b/c/d", at=3), "not_a_category", "paths/0"),
        (define(" a/b", at=3), "not_a_category", "paths/0"),
        (define("/", at=3), "not_a_category", "paths/0"),
        (define("建设/路灯", "建设/路灯", at=3), "category_twice", "paths/1"),
        (define("交通", at=3), "still_routed", "paths"),
        (define("建设/路灯", at=1), "overlaps_in_time", "occurred_at"),
        (route(row("水务", "gaoxin", "x")), "unknown_category", "rows/0/category"),
        (route(LAMPS, LAMPS), "route_twice", "rows/1"),
        (route(row("交通", "gaoxin", None)), "no_such_route", "rows/0"),
        (route(WORKS, at=1), "overlaps_in_time", "occurred_at"),
        (publish(3, "lamp-office"), "dissolved_unit", None),
        (publish(1), "overlaps_in_time", "occurred_at"),
    ],
)
def test_what_does_not_fit_is_refused(
    command: CatalogueCommand, code: str, field: str | None
) -> None:
    past = given(defined(), routed(LAMPS))
    assert past.when(command).rejected(code).field == field


def test_nothing_is_published_without_routes_without_news_or_before_the_last() -> None:
    given(defined()).when(publish()).rejected("no_routes")
    past = given(defined(), routed(LAMPS), published(("建设/路灯", "gaoxin", "lamp-office")))
    past.when(publish(4)).rejected("published_already")
    past = given(
        defined(), routed(LAMPS), published(("建设/路灯", "gaoxin", "lamp-office")),
        routed(WORKS, at=3),
    )  # fmt: skip
    assert past.when(publish(3)).rejected("overlaps_in_time").field == "occurred_at"


def version(*routes: tuple[str, str, str], number: int = 1, at: int = 3) -> DispatchCatalogue:
    told = TERRITORY.narrowed(published(*routes, number=number, at=at))
    assert told is not None
    return drawn(told)  # type: ignore[arg-type] # narrowed to the contract of its type


@pytest.mark.parametrize(
    ("category", "above", "unit"),
    [
        # the finest category counts, although the community has an office for all of its works
        ("建设/路灯", ABOVE, "lamp-office"),
        ("建设/园林/树木", ABOVE, "sanwan-works"),
        # of one category, the finest territory
        ("交通/公交", ABOVE, "street-traffic"),
        ("交通/公交", ("gaoxin",), "traffic"),
        ("建设", ("shengli", "gaoxin"), None),
        ("建设/园林", ("grid-9", "sanwan"), "sanwan-works"),
        # not on the list, but below what is
        ("建设/路灯/灯杆", ABOVE, "lamp-office"),
        ("建设路", ABOVE, None),
        ("水务", ABOVE, None),
        ("建设/路灯", (), None),
    ],
)
def test_the_finest_category_wins_then_the_finest_territory(
    category: str, above: Sequence[str], unit: str | None
) -> None:
    found = proposed(
        version(
            ("建设/路灯", "gaoxin", "lamp-office"),
            ("建设", "sanwan", "sanwan-works"),
            ("交通/公交", "gaoxin", "traffic"),
            ("交通/公交", "shengli", "street-traffic"),
        ),
        category,
        above,
    )
    assert found == (None if unit is None else (unit, 1))


def test_only_a_published_version_counts_and_from_its_time_on() -> None:
    assert proposed(None, "建设", ABOVE) is None
    versions = [version(number=1, at=3), version(number=2, at=9)]
    assert in_force(versions, day(2)) is None
    for moment, number in ((3, 1), (8, 1), (9, 2), (90, 2)):
        found = in_force(versions, day(moment))
        assert found is not None
        assert found.version == number


def test_a_version_fits_into_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("建设/路灯", f"community-{n:02}", f"lamp-office-{n:02}") for n in range(99)]
    draft = catalogue.fold([defined(), routed(*rows)])
    [told] = catalogue.decide(publish(), draft)
    size = len(TERRITORY.events.encode(TERRITORY.narrowed(told)))
    monkeypatch.setattr(rules, "MOST_BYTES", size)
    given(defined()).when(route(*rows)).then(routed(*rows))
    monkeypatch.setattr(rules, "MOST_BYTES", size - 200)
    assert given(defined()).when(route(*rows)).rejected("catalogue_too_large").field == "rows"
    given(defined()).when(route(*rows[:90])).then(routed(*rows[:90]))


@pytest.mark.realdata
@pytest.mark.skipif(not TAXONOMY.exists(), reason="the real data is not beside the checkout")
def test_the_real_classification_in_33_communities() -> None:
    with TAXONOMY.open(encoding="utf-8-sig", newline="") as file:
        paths = tuple("/".join(level.strip() for level in line) for line in csv.reader(file))[1:]
    assert len(paths) == 517
    [event] = catalogue.decide(define(*paths), catalogue.initial)
    draft = catalogue.evolve(catalogue.initial, event)
    second = sorted({path.rpartition("/")[0] for path in paths})
    rows = [
        row(category, f"community-{n:02}", f"unit-{n:02}") for category in second for n in range(33)
    ]
    [told] = catalogue.decide(route(*rows), draft)
    [whole] = catalogue.decide(publish(), catalogue.evolve(draft, told))
    payload: Any = TERRITORY.events.encode(TERRITORY.narrowed(whole))
    assert len(payload) < rules.MOST_BYTES
    found = drawn(TERRITORY.events.decode("catalogue-published", 1, payload, day(3)))
    for path in paths:
        assert proposed(found, path, ("community-07", "gaoxin")) == ("unit-07", 1)
