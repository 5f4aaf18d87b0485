"""Files of evidence: named when a step is taken, opened for whoever may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.grievance.archive import History
from services.grievance.case.papers import Paper
from services.grievance.papers.kinds import kind_of
from services.grievance.photos.album import Album, NoSuchFile, Ticket
from services.grievance.photos.attaching import sealed_key, unsealed
from services.grievance.service import Grievance
from shared.runtime.web.problems import Problem

FIELD = "file"


async def attached(
    service: Grievance, petitioner: UUID, tickets: Sequence[str]
) -> tuple[Paper, ...] | None:
    """The files of these tickets, for a step of this petitioner's case to name; None for none.

    Raises Problem (422) for a file that is not here, and Erased.
    """
    papers = []
    for place, text in enumerate(tickets):
        ticket = Ticket.read(text)
        try:
            async with service.opening:
                content = await papers_of(service).claim(ticket, datetime.now(UTC))
        except NoSuchFile:
            raise gone(place) from None
        key = await sealed_key(service, petitioner, ticket, FIELD)
        kind, size = kind_of(content), len(content)
        papers.append(Paper(file=ticket.file, kind=kind, size=size, key=key))
    return tuple(papers) or None


async def opened(
    service: Grievance, history: History, version: int, place: int
) -> tuple[Paper, bytes]:
    """File `place`, counted from 1, of event `version` of a case, and what is in it. Raises Problem
    (404), also when the petitioner was erased."""
    papers = next((named_in(one.event) for one in history if one.version == version), ())
    if not 1 <= place <= len(papers):
        raise no_such_file(version, place)
    paper = papers[place - 1]
    try:
        return paper, await unsealed(service, papers_of(service), paper.file, paper.key)
    except NoSuchFile:
        raise no_such_file(version, place) from None


def named_in(event: Any) -> tuple[Paper, ...]:
    """The files that an event names."""
    found: tuple[Paper, ...] = getattr(event, "files", None) or ()
    return found


def papers_of(service: Grievance) -> Album:
    """Where files of evidence are kept. Raises Problem (503) where nothing keeps them."""
    if service.papers is None:
        raise Problem(503, "no_files_here", "no files are kept here; go on without them")
    return service.papers


def no_such_file(version: int, place: int) -> Problem:
    """There is none there, or it can be opened no more."""
    return Problem(404, "no_such_file", f"event {version} of this case has no file {place}")


def gone(place: int) -> Problem:
    """A file that a step names is not here."""
    detail = "this file is not here any more; add it again"
    errors = [{"detail": detail, "pointer": f"/files/{place}"}]
    return Problem(422, "no_such_file", detail, errors=errors)
