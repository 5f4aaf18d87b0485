"""The delivery log and the outbox over HTTP: what was told, never how somebody is reached."""

from __future__ import annotations

from typing import Any

import pytest

from services.grievance.service import Grievance
from services.grievance.telling.ports import OutboxPort
from services.grievance.telling.sending import tell
from tests.grievance.front_desk import AGENT, CLERK, PETITION, UNIT, FrontDesk, refused
from tests.grievance.residents import Residents
from tests.grievance.telling.rounds import CHIEF, NOW, owed

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

CONTACTS = [str(PETITION[name]) for name in ("name", "phone", "email", "address")]


async def _told(service: Grievance) -> None:
    await owed(service)
    while await tell(service, [OutboxPort()], NOW()):
        await service.projector.drain()


async def _outbox(desk: FrontDesk, **query: Any) -> dict[str, Any]:
    answer = await desk.read("/outbox", **{"actor": CHIEF, **query})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_nobody_reads_there_how_a_petitioner_is_reached(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    await _told(service)
    for actor in (CLERK, CHIEF, UNIT, AGENT):
        for path in (f"/cases/{case_id}/notices", "/outbox"):
            answer = await desk.read(path, actor=actor)
            assert not [one for one in CONTACTS if one in answer.text], (path, actor)


async def test_the_log_waits_for_what_its_reader_wrote(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    await owed(service)
    head = await service.head()
    page = (await desk.read(f"/cases/{case_id}/notices", min_position=head)).json()
    assert page["watermark"]["position"] == head
    [line] = page["items"]
    assert (line["step"], line["version"], line["status"]) == ("accepted", 2, "owed")
    ahead = await desk.read(f"/cases/{case_id}/notices", min_position=head + 1)
    refused(ahead, 503, "read_model_behind")


async def test_a_case_that_is_not_theirs_has_no_log(desk: FrontDesk, case_id: str) -> None:
    stranger = {**CLERK, "territory": "d/s2"}
    refused(await desk.read(f"/cases/{case_id}/notices", actor=stranger), 404, "no_such_case")
    unknown = await desk.read("/cases/00000000-0000-0000-0000-000000000001/notices")
    refused(unknown, 404, "no_such_case")


async def test_a_notice_is_no_case(service: Grievance, desk: FrontDesk, case_id: str) -> None:
    await owed(service)
    [line] = (await desk.read(f"/cases/{case_id}/notices")).json()["items"]
    for path in ("", "/timeline", "/chain", "/notices"):
        refused(await desk.read(f"/cases/{line['id']}{path}"), 404, "no_such_case")


async def test_the_outbox_is_read_page_by_page_the_latest_first(
    service: Grievance, desk: FrontDesk
) -> None:
    filed = str((await desk.file())["id"])
    await desk.walk(filed, "accept", "dispatch", "sign", "reply", "callback", "close")
    await _told(service)
    whole = await _outbox(desk)
    assert whole["next"] is None
    assert {line["case_id"] for line in whole["items"]} == {filed}
    assert {line["step"] for line in whole["items"]} == {
        "accepted", "dispatched", "replied", "closed",
    }  # fmt: skip
    paged: list[Any] = []
    mark = ""
    while mark is not None:
        page = await _outbox(desk, limit=3, **({"after": mark} if mark else {}))
        paged += page["items"]
        mark = page["next"]
    assert paged == whole["items"]
    refused(await desk.read("/outbox", actor=CHIEF, after="x"), 422, "bad_page_mark")


async def test_the_outbox_is_that_of_the_readers_territory(
    service: Grievance, desk: FrontDesk, case_id: str
) -> None:
    await _told(service)
    for territory, lines in (("d", 1), ("d/s1", 1), ("d/s2", 0)):
        page = await _outbox(desk, actor={**CHIEF, "territory": territory})
        assert len(page["items"]) == lines, territory
        assert len((await _outbox(desk, territory=territory))["items"]) == lines
    refused(await desk.read("/outbox", actor=UNIT), 403, "role_missing")


async def test_who_filed_it_themselves_is_told_how_to_follow_it(
    service: Grievance, desk: FrontDesk, residents: Residents
) -> None:
    slip = await residents.file()
    await service.projector.drain()
    [line] = (await desk.register())["items"]
    await desk.walk(line["id"], "decline")
    await _told(service)
    [told] = (await _outbox(desk))["items"]
    assert told["number"] == slip["number"]
    assert told["text"] == (
        f"您反映的事（编号 {slip['number']}）不能受理：不属本级职责。说明里写了可以找谁。"
        "凭编号和查询码可以看办到哪一步。"
    )
    assert slip["code"] not in told["text"]
