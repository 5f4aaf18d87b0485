"""What stands behind a step is named by its event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.grievance.case.commands import CaseCommand
from services.grievance.case.decider import case
from services.grievance.case.papers import Paper
from services.grievance.papers.attaching import named_in
from tests.grievance.cases import assist, bounce, inspect, progress, ready, remit, reply, sealed

PAPER = Paper(file="ab" * 32, kind="application/pdf", size=1_000, key=sealed("file"))


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (bounce, "dispatched"), (remit, "bounced"), (progress, "signed"), (assist, "signed"),
        (reply, "signed"), (inspect, "replied"),
    ],
)  # fmt: skip
def test_the_event_of_a_step_names_its_files(command: CaseCommand, status: str) -> None:
    before = case.fold(ready(command, status))
    files: dict[str, Any] = {"files": (PAPER,)}
    [told, *_] = case.decide(replace(command, **files), before)
    assert named_in(told) == (PAPER,)
    [told, *_] = case.decide(command, before)
    assert named_in(told) == ()
