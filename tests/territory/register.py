"""Who keeps the register over HTTP, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from tests.territory.office import Office

REGISTRAR: Mapping[str, Any] = {"sub": "reg-1", "roles": ("registrar",), "territory": "gaoxin"}
NAME, PHONE, YEAR = "李秀英", "139 0000 1234", "1948"


def reader(role: str, territory: str = "gaoxin", sub: str = "someone") -> dict[str, Any]:
    """An actor of one role."""
    return {"sub": sub, "roles": (role,), "territory": territory}


class Register:
    """Changes and reads the register as the district's registrar, unless someone else is named."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def post(self, path: str, form: Mapping[str, Any], **actor: Any) -> httpx.Response:
        """A change, and the read models after it."""
        return await self._office.post(path, form, **{**REGISTRAR, **actor})

    async def add(self, building: str = "wenhua-1", **told: Any) -> str:
        """A person on the register; their id."""
        form = {"building": building, "name": NAME, "phone": PHONE, "birth_year": YEAR, **told}
        given = {name: value for name, value in form.items() if value is not None}
        answer = await self.post("/residents", given)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def step(self, person: str, verb: str, /, **form: Any) -> httpx.Response:
        """One change of a person, by the registrar or by `actor`."""
        actor = form.pop("actor", {})
        return await self.post(f"/residents/{person}/{verb}", form, **actor)

    async def done(self, person: str, verb: str, /, **form: Any) -> dict[str, Any]:
        """The same, and it was taken."""
        answer = await self.step(person, verb, **form)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def get(self, path: str, **query: Any) -> httpx.Response:
        """Read as the registrar, or as `actor`."""
        return await self._office.get(path, **{"actor": REGISTRAR, **query})

    async def read(self, path: str, **query: Any) -> dict[str, Any]:
        """What is there."""
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def ids(self, **query: Any) -> set[str]:
        """The ids on a page of residents."""
        return {line["id"] for line in (await self.read("/residents", **query))["items"]}


def somebody() -> str:
    """An id that nobody has."""
    return str(uuid4())
