"""The register of residents, as the territory service keeps it: who is what to whom, who is old
enough, how many need care. It is asked each time: none of it is ever on a topic, or kept here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import httpx
import orjson

from services.volunteer.settings import Settings
from services.volunteer.words import Relation
from shared.ops.settings import Misconfigured
from shared.runtime.web.problems import Problem

TIMEOUT = httpx.Timeout(3.0)
AWAY = "the register of residents does not answer; send the same request again"


@dataclass(frozen=True)
class Bond:
    """What somebody is to a person, None for nothing that the register knows; `elder` is whether
    the person is known to be as old as was asked."""

    relation: Relation | None
    elder: bool


class Register:
    """Asks the territory service, with this service's own token."""

    _client: httpx.AsyncClient | None = None

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def aclose(self) -> None:
        """Let go of the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def bond(self, person: UUID, other: UUID, age: int | None = None) -> Bond:
        """What `other` is to `person`, and whether the person is known to be of this `age`, in
        years, or older; nobody is where no age is asked. Nobody is anything to themselves, or to
        somebody who is not on the register. Raises Problem (503) where it does not answer."""
        asked = {} if age is None else {"age": str(age)}
        told = await self._read(f"/residents/{person}/bonds/{other}", **asked)
        if told is None:
            return Bond(None, elder=False)
        relation = cast("Relation | None", told["relation"])
        elder = age is not None and told["of_age"] is True
        return Bond(None if person == other else relation, elder)

    async def of_age(self, person: UUID, age: int) -> bool:
        """Whether the person is known to be of this age or older. Raises Problem (503) where the
        register does not answer."""
        return (await self.bond(person, person, age)).elder

    async def care(self, territory: str) -> Mapping[str, int]:
        """How many under this territory need which care. Raises Problem (503) where the register
        does not answer."""
        told = await self._read("/care", under=territory)
        return {line["tag"]: line["persons"] for line in (told or {"items": []})["items"]}

    async def _read(self, path: str, **asked: str) -> Any | None:
        """What it answers; None for somebody who is not there."""
        try:
            base, token = self._settings.feed("territory"), self._settings.service_token()
            headers = {"authorization": f"Bearer {token}"}
            if self._client is None:
                self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)
            answer = await self._client.get(f"{base}{path}", params=asked, headers=headers)
            told = orjson.loads(answer.content)
        except (httpx.HTTPError, orjson.JSONDecodeError, Misconfigured):
            raise _away() from None
        if not isinstance(told, dict):
            raise _away()
        if answer.status_code == 404 and told.get("code") == "no_such_resident":
            return None
        if not answer.is_success:
            raise _away()
        return told


def _away() -> Problem:
    return Problem(503, "register_away", AWAY, headers={"retry-after": "1"})
