"""Every role with every command of the territory service, inside and outside its territory, about
one's own and about another's: what the table says is what happens.

Each command is asked with a body that is taken from whoever may ask it: the very one that was
refused to all others is taken in the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

import httpx
import pytest
from fastapi import FastAPI

from services.territory.access import ACCESS
from shared.core.roles import NAMES, Role
from shared.ops.undisturbed import undisturbed
from tests.territory.asked import ASKED, GROUND, OF_THE_MAP, Ask, lots
from tests.territory.office import KEEPER, Office
from tests.territory.register import REGISTRAR
from tests.territory.rolls import counted, text, upload

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

AT_ONCE = 16
# Where an actor may answer for: all, part of it, what lies beside it, and what nobody has heard of.
TERRITORIES = ("gaoxin", "sanwan", "wenhua", "yanhe", "nowhere")
FILES = "enrol_households"  # a file in the place of a form
FEW, MANY = 20, 200  # lots, one for each cell in which something happens


@pytest.fixture(scope="module")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """The event loop of production: thousands of requests take a seventh less on it."""
    return "asyncio", {"use_uvloop": True}


class Somebody(NamedTuple):
    """An actor of one role; if `own`, what is asked about is their own."""

    role: Role
    territory: str
    own: bool = False

    def signed(self, ask: Ask) -> dict[str, Any]:
        """As their token says."""
        sub = ask.owner if self.own else "someone"
        return {"sub": sub, "roles": (self.role,), "territory": self.territory}


def _everybody(action: str) -> Iterator[Somebody]:
    """Whoever may ask this of something, wherever they answer for; and all others, who are told so
    whether it lies in their territory or not."""
    grants = ACCESS.actions[action]
    for role in NAMES:
        granted = any(role in grant.roles for grant in grants)
        for territory in TERRITORIES if granted else ("gaoxin", "yanhe"):
            yield Somebody(role, territory)
            if any(grant.where == "own" for grant in grants):
                yield Somebody(role, territory, own=True)


def _may(action: str, somebody: Somebody, ask: Ask) -> bool:
    """What the table says, read without the code that enforces it."""
    lot = ask.number
    above = {new.code: new.parent for new in (*GROUND, *lots(range(lot, lot + 1)))}

    def inside(code: str | None) -> bool:
        return code is not None and (code == somebody.territory or inside(above[code]))

    told = {
        "anywhere": True,
        "territory": all(inside(code) for code in ask.where),
        "own": somebody.own,
    }
    granted = (grant for grant in ACCESS.actions[action] if somebody.role in grant.roles)
    return any(told[grant.where] for grant in granted)


def _why(action: str, somebody: Somebody, ask: Ask) -> str:
    """The code of the refusal that they should get: their role, or where it is. Who lives elsewhere
    is as if they were not there, unless it is told where they shall live."""
    if not any(somebody.role in grant.roles for grant in ACCESS.actions[action]):
        return "role_missing"
    hidden = ask.owner is not None and "building" not in ask.form
    return "no_such_resident" if hidden else "outside_territory"


def _refused(answer: httpx.Response, code: str) -> bool:
    """Whether the answer is that refusal, and says so."""
    if answer.headers["content-type"] != "application/problem+json":
        return False
    problem = answer.json()
    expected = 404 if code == "no_such_resident" else 403
    return (answer.status_code, problem["code"]) == (expected, code) and bool(problem["detail"])


class Clerk:
    """Asks in the name of anybody; what is asked about is there before."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._drawn = 0
        self._lots = count()
        self._tokens: dict[tuple[Any, ...], str] = {}
        self._keys = count()
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def draw(self, more: int) -> None:
        """So many more lots."""
        await self._office.draw(list(lots(range(self._drawn, self._drawn + more))))
        self._drawn += more

    async def new(self, action: str) -> Ask:
        """The command, about something that nobody has asked about."""
        ask = ASKED[action].about(next(self._lots))
        for path, form in ask.before:
            answer = await self._post(path, form, REGISTRAR if "residents" in path else KEEPER)
            assert answer.is_success, (action, path, answer.text)
        return ask

    async def ask(self, ask: Ask, somebody: Somebody) -> httpx.Response:
        """The answer to them."""
        async with self._turns:
            return await self._post(ask.path, ask.form, somebody.signed(ask))

    async def try_all(self, action: str) -> list[str]:
        """What went otherwise than the table says: first all who may not, then those who may."""
        ask, wrong = await self.new(action), list[str]()
        service, everybody = self._office.service, list(_everybody(action))
        others = [one for one in everybody if not _may(action, one, ask)]
        head = await service.head()
        answers = await asyncio.gather(*(self.ask(ask, one) for one in others))
        for one, answer in zip(others, answers, strict=True):
            if not _refused(answer, _why(action, one, ask)):
                wrong.append(f"{action} {one} {answer.status_code} {answer.text}")
        if await service.head() != head:
            wrong.append(f"{action}: refused, and yet on record")
        for number, one in enumerate(one for one in everybody if one not in others):
            ask = ask if number == 0 else await self.new(action)
            answer = await self.ask(ask, one)
            if not answer.is_success:
                wrong.append(f"{action} {one} {answer.status_code} {answer.text}")
        return wrong

    async def _post(
        self, path: str, form: Mapping[str, Any], signed: Mapping[str, Any]
    ) -> httpx.Response:
        """The answer; what was taken is in the read models, but for residents, who are asked about
        by the log."""
        who = tuple(signed.values())
        if who not in self._tokens:
            self._tokens[who] = self._office.headers(**signed)["authorization"]
        headers = {"authorization": self._tokens[who], "idempotency-key": f'"{next(self._keys)}"'}
        answer = await self._office.client.post(path, json=form, headers=headers)
        if answer.is_success and "residents" not in path:
            await self._office.service.projector.drain()
        return answer


@pytest.mark.timeout(300)  # some four thousand requests, on a machine that has other things to do
async def test_every_command_is_taken_from_those_of_the_table_only(office: Office) -> None:
    clerk, wrong = Clerk(office), list[str]()
    with undisturbed():
        await office.draw(GROUND)
        await clerk.draw(FEW)  # each command to the map reads all of its stream
        for action in OF_THE_MAP:
            wrong += await clerk.try_all(action)
        await clerk.draw(MANY)
        for action in (one for one in ASKED if one not in OF_THE_MAP):
            wrong += await clerk.try_all(action)
    assert not wrong, "\n".join(wrong)


async def test_every_file_is_taken_from_those_of_the_table_only(office: Office) -> None:
    await office.draw([*GROUND, *lots(range(1))])
    rows = Ask("", {}, ("b0",))
    for number, one in enumerate(_everybody(FILES)):
        answer = await upload(office, text([["b0", f"{number}", "89.37"]]), **one.signed(rows))
        told, granted = answer.json(), one.role in ACCESS.actions[FILES][0].roles
        if not granted or one.territory == "nowhere":
            assert _refused(answer, _why(FILES, one, rows)), (one, told)
        else:  # the verdict is that of each row
            may = _may(FILES, one, rows)
            assert counted(told) == (1, int(may), 0, int(not may)), (one, told)
            assert may or "outside" in told["faults"][0]["reason"], told


def test_every_command_is_tried_by_somebody_who_may_and_by_somebody_who_may_not() -> None:
    cells = 0
    for action, ask in ASKED.items():
        told = [_may(action, one, ask.about(0)) for one in _everybody(action)]
        assert {True, False} == set(told), action
        cells += len(told)
    assert cells > 2 * len(ASKED) * len(NAMES) > 3_000


async def test_every_command_of_the_service_is_tried_here(running: FastAPI) -> None:
    paths = running.openapi()["paths"].values()
    asked = {told["post"]["operationId"] for told in paths if "post" in told}
    assert asked == {*ASKED, FILES}
    assert all(told.keys() <= {"get", "post"} for told in paths), "another method changes things"
    tried = {grant.where for action in asked for grant in ACCESS.actions[action]}
    assert tried == {"territory", "own"}, "those of a unit, and of another one, have to be tried"
