"""Files of evidence: every role inside and outside its territory, as the table has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.grievance.service import Grievance
from services.grievance.settings import Settings
from tests.grievance.front_desk import FrontDesk, refused
from tests.grievance.pictures import BASELINE
from tests.grievance.residents import OWN, Residents
from tests.grievance.test_access_matrix import FILER, PLACE, _actors, _may

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


@pytest.fixture
async def case_id(desk: FrontDesk, residents: Residents, service: Grievance) -> str:
    """A case in `PLACE` with the unit `lamps`, filed by a resident with a token."""
    sent = desk.headers(sub=FILER, roles=("resident",))
    form = {**OWN, "territory": PLACE}
    assert (await desk.client.post("/petitions", json=form, headers=sent)).is_success
    await service.projector.drain()
    [filed] = (await desk.register())["items"]
    await desk.walk(filed["id"], "accept", "dispatch")
    return str(filed["id"])


async def test_letters_are_read_by_those_of_the_table_only(desk: FrontDesk, case_id: str) -> None:
    for actor in _actors():
        code = "no_reply_yet" if _may("read_letter", actor) else "no_such_case"
        refused(await desk.read(f"/cases/{case_id}/letter", actor=actor), 404, code)


async def test_files_are_handed_in_and_read_by_those_of_the_table_only(
    desk: FrontDesk, case_id: str
) -> None:
    for actor in _actors():
        sent = {**desk.headers(**actor), "content-type": "image/jpeg"}
        answer = await desk.client.post("/files", content=BASELINE, headers=sent)
        expected = 201 if _may("upload_file", actor) else 403
        assert answer.status_code == expected, (actor, answer.text)
        code = "no_such_file" if _may("read_file", actor) else "no_such_case"
        refused(await desk.read(f"/cases/{case_id}/files/1/1", actor=actor), 404, code)
