"""What it takes to hold an honour, and how that ends."""

from __future__ import annotations

from typing import Any

from services.points.honour.commands import GrantHonour, RecordHonour, WithdrawHonour
from services.points.honour.events import (
    HonourEvent,
    HonourGranted,
    HonourRecorded,
    HonourWithdrawn,
)
from services.points.honour.state import Honour
from shared.core.local_time import day_of
from shared.core.messages import Rejected

# What is not the district's own to grant is granted by the document of who grants it.
HIGHER = frozenset({"city", "province", "nation"})


def granted(command: GrantHonour, honour: Honour) -> list[HonourGranted]:
    """The grant. Raises Rejected for a role that the rules do not name, while the notice runs or an
    objection stands, and without the document of a higher body."""
    told = honour.nominated
    if not command.actor.roles & frozenset(told.granted_by):
        detail = f"{told.title} is granted by {', '.join(told.granted_by)}"
        raise Rejected("honour_of_another_role", detail)
    _is_over(command, honour)
    verdicts = {one.verdict for one in honour.objections.values()}
    if "open" in verdicts:
        raise Rejected("objection_open", "answer the objections first")
    if "upheld" in verdicts:
        raise Rejected("objection_is_upheld", "an objection was upheld: decline it")
    if told.level in HIGHER and not command.document:
        detail = f"{told.title} is the {told.level}'s to grant: name the document of theirs"
        raise Rejected("honour_document_missing", detail, "document")
    return [
        HonourGranted(
            at=command.at,
            code=told.code,
            kind=told.kind,
            holder=told.holder,
            territory=told.territory,
            year=told.year,
            rules=told.rules,
            person=told.person,
            document=command.document,
        )
    ]


def withdrawn(command: WithdrawHonour, honour: Honour) -> list[HonourWithdrawn]:
    """The end of the honour."""
    told = honour.told
    assert told is not None
    return [
        HonourWithdrawn(
            at=command.at,
            code=told.code,
            kind=told.kind,
            holder=told.holder,
            territory=told.territory,
            granted=honour.granted,
            reason=command.reason,
            person=told.person,
            document=command.document,
            words=command.words,
        )
    ]


def recorded(command: RecordHonour) -> list[HonourEvent]:
    """The honour as it stands, and that it is held: no rules of ours judge it. Raises Rejected."""
    if command.day > command.asked_on:
        raise Rejected("occurs_in_the_future", f"{command.day} has not been yet", "day")
    about: dict[str, Any] = {
        "at": command.at, "code": command.code, "kind": command.kind, "holder": command.holder,
        "territory": command.territory, "year": int(command.day[:4]), "person": command.person,
    }  # fmt: skip
    before = HonourRecorded(
        title=command.title,
        title_en=command.title_en,
        level=command.level,
        day=command.day,
        source=command.source,
        name=command.name,
        **about,
    )
    return [before, HonourGranted(rules="", document=None, **about)]


def _is_over(command: GrantHonour, honour: Honour) -> None:
    if honour.until is None:
        if honour.nominated.notice_days:
            raise Rejected("not_on_notice", "put it on public notice first")
        return
    if day_of(command.at) <= honour.until:
        raise Rejected("notice_still_running", f"it is on notice until {honour.until}")
