"""What needs no token: anyone may ask it, or whoever has the number and the code of a petition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from services.grievance.access import ACCESS
from services.grievance.settings import Settings
from tests.grievance.front_desk import refused
from tests.grievance.pictures import BASELINE
from tests.grievance.residents import OWN, Residents

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

PUBLIC: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "file_petition": ("", OWN),
    "follow_petition": ("/{number}/look", {}),
    "read_own_photo": ("/{number}/photos/1", {}),
    "read_own_file": ("/{number}/files/1/1", {}),
    "read_own_letter": ("/{number}/letter", {}),
    "answer_callback": ("/{number}/callback", {"resolved": True, "satisfied": True}),
    "ask_reopen": ("/{number}/reopen", {"reason": "又坏了"}),
    "ask_withdrawal": ("/{number}/withdraw", {}),
}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"files_dir": tmp_path / "files"})


async def test_what_needs_no_token_is_in_the_table_and_needs_what_that_says(
    residents: Residents,
) -> None:
    filed = await residents.file(photos=[await residents.upload(BASELINE)])
    other = await residents.file()
    for name, need in ACCESS.public.items():
        if name == "upload_photo":
            continue
        path, form = PUBLIC[name]
        if need == "nothing":
            assert (await residents.post(path, form)).status_code == 201, name
            continue
        path = path.format(number=filed["number"])
        refused(await residents.post(path, form), 422, "invalid_request")
        wrong = await residents.post(path, {**form, "code": other["code"]})
        refused(wrong, 404, "no_such_petition")
        known = await residents.post(path, {**form, "code": filed["code"]})
        code = known.json()["code"] if known.status_code == 404 else None
        assert known.status_code in (200, 409) or code in ("no_such_file", "no_reply_yet"), name
