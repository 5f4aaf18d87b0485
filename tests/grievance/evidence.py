"""Evidence as staff hand it in and petitioners read it."""

from __future__ import annotations

from typing import Any

import httpx

from services.grievance.service import Grievance
from tests.grievance.front_desk import CHIEF, FORMS, UNIT, FrontDesk
from tests.grievance.residents import Residents

PDF = "application/pdf"


async def hand_in(desk: FrontDesk, content: bytes, kind: str = PDF, **actor: Any) -> httpx.Response:
    """What handing in a file is answered with."""
    headers = {**desk.headers(**{**UNIT, **actor}), "content-type": kind}
    return await desk.client.post("/files", content=content, headers=headers)


async def handed_in(desk: FrontDesk, content: bytes, kind: str = PDF) -> str:
    """The word for a file."""
    answer = await hand_in(desk, content, kind)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["file"])


async def signed_for(desk: FrontDesk, residents: Residents, service: Grievance) -> tuple[str, Any]:
    """A case that a unit has signed for, and the slip of its petitioner."""
    slip = await residents.file()
    await service.projector.drain()
    case_id = str((await desk.register(actor=CHIEF))["items"][0]["id"])
    await desk.walk(case_id, "accept", "dispatch", "sign")
    return case_id, slip


async def step(
    desk: FrontDesk, case_id: str, verb: str, version: int, files: list[str]
) -> httpx.Response:
    """A step with these files behind it."""
    return await desk.step(case_id, verb, version, form={**FORMS[verb], "files": files})


def own_file(slip: Any, version: int, place: int) -> tuple[str, dict[str, str]]:
    """Where a petitioner reads a file, and with what."""
    return f"/{slip['number']}/files/{version}/{place}", {"code": slip["code"]}
