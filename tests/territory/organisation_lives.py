"""Units, posts, facilities, profiles and a catalogue that live at random, by the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple, get_args
from uuid import UUID, uuid4

from services.territory.catalogue import commands as of_catalogue
from services.territory.catalogue.decider import catalogue
from services.territory.catalogue.events import RouteRow
from services.territory.facility import commands as of_facility
from services.territory.facility.decider import facility
from services.territory.facility.words import Function
from services.territory.log import EVENTS, LOG
from services.territory.map.decider import district_map
from services.territory.post import commands as of_post
from services.territory.post.decider import post
from services.territory.profile import commands as of_profile
from services.territory.profile.decider import profile
from services.territory.profile.words import ManagementMode
from services.territory.unit import commands as of_unit
from services.territory.unit.decider import unit
from shared.core.canonical import Facts
from shared.core.decider import Decider
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.runtime.commands.ids import derived
from shared.store import read
from shared.store.append import Check, Decided, append
from shared.store.pool import Connection
from tests.territory.maps import CLERK, SHENGLI, START, register

PERSONS = tuple(UUID(int=n) for n in range(1, 4))
GROUP = 100
PATHS = ("建设/园林/树木", "建设/园林/草地", "建设/路灯", "交通/公交")


class Ask(NamedTuple):
    """A command, and the stream it is put to."""

    decider: Decider[Any, Any, Any]
    name: str
    command: Any


class Organised:
    """Asks for one thing after another; what is refused is left."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.streams: defaultdict[UUID, list[Any]] = defaultdict(list)
        self._now = START

    async def live(self, connection: Connection, steps: int) -> None:
        """So many commands, appended where they are not refused."""
        decided = [self._decided(Ask(district_map, "map", register(SHENGLI)))]
        for _ in range(steps):
            self._now += timedelta(hours=self.random.choice((0, 1, 30)))
            decided.append(self._decided(self._any()))
        taken = [one for one in decided if one is not None]
        for start in range(0, len(taken), GROUP):
            await append(connection, LOG, taken[start : start + GROUP])

    def _decided(self, ask: Ask) -> Decided | None:
        key = derived(ask.decider.category, ask.name)
        past = self.streams[key]
        try:
            events = list(ask.decider.decide(ask.command, ask.decider.fold(past)))
        except Rejected:
            return None
        decided = _decided(ask.decider, key, len(past), events)
        past += events
        return decided

    def _any(self) -> Ask:
        pick = self.random.choice([_units, _units, _posts, _posts, _facilities, _profiles, _routes])
        asks = list(pick(self))
        return self.random.choice(asks)

    def said(self, **about: Any) -> dict[str, Any]:
        """Who says it and when it happened: at times some days ago."""
        late = self.random.random() < 0.3
        at = self._now - timedelta(days=self.random.randrange(9)) if late else self._now
        return {"at": at, "actor": CLERK, "late_reason": "paper_form" if late else None, **about}

    def one(self, of: Sequence[Any]) -> Any:
        """Any of them."""
        return self.random.choice(of)

    @property
    def now(self) -> datetime:
        """How far time has come."""
        return self._now


def _units(life: Organised) -> Iterator[Ask]:
    code, n = f"unit-{life.random.randrange(9)}", life.random.randrange(1, 5)
    said = life.said(code=code)
    link: dict[str, Any] = {
        "territory": life.one(("wenhua", "sanwan")),
        "linkage": life.one(("department",)),
    }
    fund: dict[str, Any] = {"amount_fen": life.random.randrange(1, 10**9)}
    form: dict[str, Any] = {"kind": "department", "name": code, "territory": "sanwan"}
    commands = (
        of_unit.FormUnit(**said, **form),
        of_unit.NestUnit(**said, parent=life.one((None, "town", "region"))),
        of_unit.LinkUnit(**said, **link),
        of_unit.UnlinkUnit(**said, **link),
        of_unit.MakePledge(**said, what="funds", due="2020-06-01", **fund),
        of_unit.FulfilPledge(**said, pledge=n),
        of_unit.RecordAid(**said, kind="funds", pledge=life.one((None, n)), **fund),
    )
    yield from (Ask(unit, code, command) for command in commands)
    if life.random.random() < 0.1:
        yield Ask(unit, code, of_unit.DissolveUnit(**said))


def _posts(life: Organised) -> Iterator[Ask]:
    role, place = life.one((("mediator", "sanwan"), ("party_instructor", "wenhua")))
    kind = {"sanwan": "community", "wenhua": "neighbourhood"}[place]
    seat: dict[str, Any] = {
        "role": role,
        "place": place,
        "territory": place,
        "holder": life.one(PERSONS),
    }
    said = life.said(**seat)
    since = life.now + timedelta(days=life.random.randrange(-5, 5))
    span: dict[str, Any] = {
        "since": since,
        "until": since + timedelta(days=life.random.randrange(1, 9)),
    }
    term = life.one((None, life.now + timedelta(days=20)))
    commands = (
        of_post.FillPost(**said, kind=kind, until=term),
        of_post.VacatePost(**said),
        of_post.TakeLeave(**said, **span, delegate=life.one(PERSONS)),
        of_post.TakeLeave(**said, **span, delegate=life.one(PERSONS)),
        of_post.EndLeave(**said),
        of_post.EndLeave(**said),
    )
    yield from (Ask(post, f"{role}/{place}", command) for command in commands)


def _facilities(life: Organised) -> Iterator[Ask]:
    code = life.one(("station", "park", f"hall-{life.random.randrange(9)}"))
    said = life.said(code=code)
    about: dict[str, Any] = {
        "kind": "park",
        "name": code,
        "territory": life.one(("wenhua", "sanwan")),
    }
    function: dict[str, Any] = {"function": life.one(get_args(Function)[:3])}
    day = day_of(life.now - timedelta(days=life.random.randrange(5)))
    visits, count = life.random.randrange(100), life.random.randrange(1, 40)
    commands = (
        of_facility.PlanFacility(**said, **about),
        of_facility.OpenFacility(**said, **about),
        of_facility.AddFunction(**said, **function),
        of_facility.RemoveFunction(**said, **function),
        of_facility.RecordUse(**said, day=day, visits=visits),
        of_facility.RegisterAsset(**said, kind="mural", count=count, area_dm2=count * 3_900),
    )
    yield from (Ask(facility, code, command) for command in commands)
    if life.random.random() < 0.3:
        yield Ask(facility, code, of_facility.CloseFacility(**said))


def _profiles(life: Organised) -> Iterator[Ask]:
    code = life.one(SHENGLI).code
    said = life.said(territory=code)
    who: dict[str, Any] = {"mode": life.one(("community", "property_company"))}
    figure: dict[str, Any] = {"figure": "households", "measure": "households", "source": "survey"}
    number = life.random.randrange(1, 900)
    commands = (
        of_profile.SetManagementMode(**said, mode=life.one(get_args(ManagementMode))),
        of_profile.SetManagementMode(**said, mode="state_enterprise"),
        of_profile.StartHandover(**said, **who),
        of_profile.AcceptHandover(**said),
        of_profile.TakeOverManagement(**said, **who),
        of_profile.DeclareFigure(**said, **figure, value=number, reference="report"),
        of_profile.AdoptPractice(**said, practice="train_whistle", adopted_from="litai"),
        of_profile.HoldTraining(
            **said, kind="planner", day=day_of(life.now - timedelta(days=9)), attendees=number
        ),
        of_profile.AdoptGovernanceModel(**said, model="one_n_x"),
        of_profile.AssignBlockType(**said, kind="block", block_type="school_land_sharing"),
    )
    yield from (Ask(profile, code, command) for command in commands)


def _routes(life: Organised) -> Iterator[Ask]:
    said = life.said(district="gaoxin")
    row = RouteRow(
        category=life.one(("建设", "建设/园林", *PATHS)),
        territory=life.one(("gaoxin", "sanwan")),
        unit=life.one(("lamps", "parks", None)),
    )
    commands = (
        of_catalogue.DefineCategories(**said, paths=PATHS),
        of_catalogue.SetRoutes(**said, rows=(row,)),
        of_catalogue.PublishCatalogue(**said),
    )
    yield from (Ask(catalogue, "catalogue", command) for command in commands)


async def logged(connection: Connection) -> list[Recorded[Any]]:
    """Every event of the log, in order."""
    return [read.decode(EVENTS, row) for row in await read.page(connection, LOG, 0, 100_000)]


def _decided(
    decider: Decider[Any, Any, Any], key: UUID, version: int, events: Sequence[Any]
) -> Decided:
    command = uuid4()
    encode: Callable[[Any], bytes] = decider.events.encode
    facts = tuple(
        Facts(
            LOG, key, number, event.type, event.schema_version, "gaoxin", CLERK.id, command,
            command, None, "live", event.at, encode(event),
        )
        for number, event in enumerate(events, start=version + 1)
    )  # fmt: skip
    return Decided(command, command.bytes, (Check(key, version),), facts)
