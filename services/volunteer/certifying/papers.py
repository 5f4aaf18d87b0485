"""A certificate as a paper, and its account as a bundle of evidence."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from html import escape

from services.volunteer.certifying import words
from services.volunteer.certifying.drawing import Paper, drawn
from services.volunteer.certifying.file import CertificateFile
from services.volunteer.certifying.serials import spelled
from services.volunteer.log import LOG
from services.volunteer.service import Volunteers
from shared.core.local_time import day_of
from shared.runtime.seals.awaiting import proved
from shared.runtime.seals.document import document
from shared.runtime.seals.packing import packed


async def pdf_of(service: Volunteers, file: CertificateFile) -> bytes:
    """The paper. The same bytes each time, until its person is erased."""
    paper = await paper_of(service, file)
    async with service.drawing:
        return await asyncio.to_thread(drawn, paper)


async def paper_of(service: Volunteers, file: CertificateFile) -> Paper:
    """What the paper says."""
    issued, (position, own) = file.issued, file.place
    [name] = await service.sealer.open([issued.name])
    return Paper(
        serial=issued.serial,
        name=words.ERASED if issued.name and name is None else name,
        person=str(issued.person),
        since=issued.since,
        until=issued.until,
        minutes=issued.minutes,
        records=issued.records,
        community=await community_of(service, file),
        issued_on=day_of(file.issued_at),
        position=position,
        hash=own.hex(),
        site=service.site,
    )


async def community_of(service: Volunteers, file: CertificateFile) -> str:
    """The name of where the person was at home, as it was when the certificate was issued."""
    atlas = await service.map.fresh()
    found = atlas.get(file.territory)
    return found.name(file.issued_at) if found else file.territory


async def bundle_of(service: Volunteers, file: CertificateFile) -> bytes:
    """The account's whole stream, as docs/evidence/bundle.md has it, with nothing opened. Raises
    Problem as `proved` does."""
    last = file.rows[-1]
    proof = await proved(service.pool, LOG, service.seals, (last["position"], last["hash"]))
    return packed(document(file.rows, [], proof), "".join(_history(file)).encode())


def _history(file: CertificateFile) -> Iterator[str]:
    """The page beside it, to read; nothing of it is proved."""
    yield '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    title = f"{words.TITLE} {spelled(file.issued.serial)}"
    yield f"<title>{title}</title></head><body><h1>{title}</h1><ol>"
    for row in file.rows:
        when = row["occurred_at"].isoformat()
        yield f"<li>{row['position']} {escape(row['type'])} {when}</li>"
    yield "</ol></body></html>\n"
