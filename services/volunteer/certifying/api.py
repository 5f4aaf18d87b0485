"""Entrypoint: certificates for those whose hours they are, and for whoever is shown one."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from services.volunteer.account.commands import IssueCertificate
from services.volunteer.caller import Called, Reached
from services.volunteer.certifying import desk
from services.volunteer.certifying.answers import CertificateList, Issued, Verdict
from services.volunteer.certifying.checking import verdict_of
from services.volunteer.certifying.file import opened, seen
from services.volunteer.certifying.forms import CertificateFilter, Issuing, Shown
from services.volunteer.certifying.papers import bundle_of, pdf_of
from services.volunteer.certifying.serials import spelled
from services.volunteer.queries.certificates import of_person
from shared.core.access import action_of
from shared.runtime.web import documented
from shared.runtime.web.answering import answer_with, receipt_of

PDF, ZIP = "application/pdf", "application/zip"
BINARY = {"schema": {"type": "string", "format": "binary"}}
# What a file could do in a browser, it may not.
HARMLESS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
}
READS = documented.problems(401, 403, 404, 409, 422, 503)
Serial = Annotated[str, Path(max_length=40)]

router = APIRouter()


def _file(kind: str, what: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": what, "content": {kind: BINARY}}, **READS}


@router.post(
    "/accounts/{person}/certificates",
    status_code=201,
    response_model=Issued,
    operation_id=action_of(IssueCertificate),
    responses=READS | documented.problems(400, 413, 415),
    openapi_extra=documented.needs(documented.IDEMPOTENCY_KEY),
)
async def issue_certificate(
    person: UUID, form: Issuing, request: Request, caller: Called
) -> Response:
    """Certify the approved hours of a period. Needs an `Idempotency-Key`; every retry gets the
    first answer, with the same serial."""
    asking = await caller.asks(request)
    given = await desk.issue(caller.service, person, form, asking)
    told = receipt_of(given.answer) | {"serial": given.serial}
    headers = {"etag": f'"{told["version"]}"'}
    if given.answer.repeated:
        headers["idempotency-replayed"] = "true"
    return answer_with(told, 201, headers)


@router.get(
    "/accounts/{person}/certificates",
    response_model=CertificateList,
    operation_id="read_certificates",
    responses=READS,
)
async def read_certificates(
    person: UUID, caller: Called, wanted: Annotated[CertificateFilter, Query()]
) -> Response:
    """The certificates of a person, the latest first."""
    service = caller.service
    await desk.check_theirs(service, person, caller.actor, "read_certificates")
    mark = await service.watermarks.reach("certificates", wanted.min_position)
    items = await of_person(service.pool, person)
    return answer_with({"items": items, "watermark": mark.model_dump()})


@router.get(
    "/certificates/{serial}.pdf",
    operation_id="read_certificate_paper",
    response_class=Response,
    responses=_file(PDF, "The certificate"),
)
async def read_certificate_paper(serial: Serial, caller: Called) -> Response:
    """The certificate as a paper, for whose hours it says and for the counter."""
    service = caller.service
    file = await seen(service, serial, caller.actor, "read_certificate_paper")
    content = await pdf_of(service, file)
    return _sent(content, PDF, f"certificate-{spelled(file.issued.serial)}.pdf")


@router.get(
    "/certificates/{serial}/evidence",
    operation_id="read_certificate_evidence",
    response_class=Response,
    responses=_file(ZIP, "The bundle, as docs/evidence/bundle.md has it"),
)
async def read_certificate_evidence(serial: Serial, caller: Called) -> Response:
    """The account that it certifies, with the proof of its history, as one file that anybody can
    check without us. All that the person did is in it, so it is theirs and the counter's alone."""
    service = caller.service
    file = await seen(service, serial, caller.actor, "read_certificate_evidence")
    content = await bundle_of(service, file)
    return _sent(content, ZIP, f"evidence-{spelled(file.issued.serial)}.zip")


@router.get(
    "/certificates/{serial}",
    response_model=Verdict,
    operation_id="check_certificate",
    responses=documented.problems(404, 409, 422, 429, 503),
    openapi_extra=documented.OPEN,
)
async def check_certificate(
    serial: Serial, service: Reached, shown: Annotated[Shown, Query()]
) -> Response:
    """Whether there is such a certificate, what it says, whether what a paper shows agrees with
    it, and how much of it still stands. Needs no token; nobody is named."""
    service.checks.take()
    file = await opened(service, serial)
    return answer_with(await verdict_of(service, file, shown))


def _sent(content: bytes, kind: str, name: str) -> Response:
    how = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=HARMLESS | how)
