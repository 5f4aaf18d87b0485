"""Reading other services for a visitor: their own API, with the visitor's own token, so that what
each may see is decided in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import orjson

from shared.runtime.web.problems import Problem

TIMEOUT = httpx.Timeout(10.0, connect=3.0)
PATIENCE = httpx.Timeout(620.0, connect=3.0)
BUSY = "the service does not answer at the moment; try again"


class Neighbours:
    """The other services' APIs, by name; `bases` are their addresses."""

    def __init__(self, bases: Mapping[str, str]) -> None:
        self._bases = bases
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def read(self, service: str, path: str, token: str | None, **wanted: object) -> Any:
        """What the service answers. Raises Problem as the service words it; 503 where it does not
        answer."""
        asked = {name: _said(value) for name, value in wanted.items() if value not in (None, "")}
        headers = {"authorization": f"Bearer {token}"} if token else {}
        try:
            answer = await self._client.get(
                f"{self._bases[service]}{path}", params=asked, headers=headers
            )
        except httpx.HTTPError:
            raise Problem(503, "neighbour_away", BUSY) from None
        return _read(answer)

    async def ask(
        self,
        service: str,
        path: str,
        body: Mapping[str, object],
        token: str | None = None,
        key: str | None = None,
    ) -> Any:
        """What the service answers to a question that must not stand in an address, under this
        Idempotency-Key where it needs one. Raises Problem as `read` does."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        headers |= {"idempotency-key": key} if key else {}
        return await self._post(f"{self._bases[service]}{path}", body, headers, TIMEOUT)

    async def wait(self, service: str, path: str, body: Mapping[str, object], token: str) -> Any:
        """What the service answers to a question that may take it some minutes. Raises Problem as
        `read` does."""
        headers = {"authorization": f"Bearer {token}"}
        return await self._post(f"{self._bases[service]}{path}", body, headers, PATIENCE)

    async def _post(
        self,
        address: str,
        body: Mapping[str, object],
        headers: Mapping[str, str],
        patience: httpx.Timeout,
    ) -> Any:
        try:
            answer = await self._client.post(address, json=body, headers=headers, timeout=patience)
        except httpx.HTTPError:
            raise Problem(503, "neighbour_away", BUSY) from None
        return _read(answer)


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(answer: httpx.Response) -> Any:
    try:
        body = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        raise Problem(503, "neighbour_away", BUSY) from None
    if answer.is_success:
        return body
    code, detail = str(body.get("code", "refused")), str(body.get("detail", ""))
    raise Problem(answer.status_code, code, detail, errors=body.get("errors", ()))
