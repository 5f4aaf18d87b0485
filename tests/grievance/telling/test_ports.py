"""Ports: what each hands over, and what it makes of every way to say no."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from pydantic import HttpUrl, SecretStr

from deploy.local.ports import free_ports
from services.grievance.telling.message import Contact, Failed, Message
from services.grievance.telling.ports import opened_ports
from services.grievance.telling.settings import Gateway, Mail, Telling, Webhook
from tests.grievance.telling.listening import listening

pytestmark = pytest.mark.anyio

MESSAGE = Message(
    id=UUID(int=0xA),
    number="20260501-7",
    step="replied",
    at=datetime(2026, 5, 1, 9, tzinfo=UTC),
    title="诉求 20260501-7 的办理通知",
    text="您反映的事有了答复。",
    contact=Contact("139 0000 0000", "someone@example.com"),
)
TOKEN = SecretStr("let-me-in")


async def _sent(settings: Telling, message: Message = MESSAGE) -> None:
    async with opened_ports(settings) as [port]:
        await port.send(message)


async def test_a_webhook_gets_a_cloudevent_whose_id_is_that_of_the_notice() -> None:
    async with listening() as there:
        await _sent(Telling(webhook=Webhook(url=HttpUrl(there.url), token=TOKEN)))
    [got] = there.got
    assert got.line == "POST /notices HTTP/1.1"
    assert got.headers["content-type"] == "application/cloudevents+json"
    assert got.headers["authorization"] == "Bearer let-me-in"
    assert got.body == {
        "specversion": "1.0",
        "id": str(MESSAGE.id),
        "source": "/linli/grievance/notices",
        "type": "linli.grievance.notice",
        "subject": "20260501-7",
        "time": "2026-05-01T09:00:00+00:00",
        "datacontenttype": "application/json",
        "data": {
            "number": "20260501-7",
            "step": "replied",
            "title": MESSAGE.title,
            "text": MESSAGE.text,
            "contact": {"phone": "139 0000 0000", "email": "someone@example.com"},
        },
    }


async def test_a_gateway_gets_the_text_and_a_key_by_which_it_can_drop_repeats() -> None:
    async with listening() as there:
        await _sent(Telling(gateway=Gateway(url=HttpUrl(there.url), token=TOKEN)))
    [got] = there.got
    assert got.headers["idempotency-key"] == got.body["id"] == str(MESSAGE.id)
    assert got.headers["authorization"] == "Bearer let-me-in"
    assert (got.body["to"], got.body["text"]) == ("139 0000 0000", MESSAGE.text)


@pytest.mark.parametrize(
    ("status", "reason"),
    [(200, None), (204, None), (409, None), (301, "unreachable"), (400, "refused"),
     (401, "not_let_in"), (403, "not_let_in"), (404, "refused"), (408, "busy"), (422, "refused"),
     (429, "busy"), (500, "busy"), (503, "busy")],
)  # fmt: skip
async def test_what_a_server_answers_says_whether_to_try_again(
    status: int, reason: str | None
) -> None:
    async with listening() as there:
        there.status = status
        settings = Telling(webhook=Webhook(url=HttpUrl(there.url)))
        if reason is None:
            await _sent(settings)
            return
        with pytest.raises(Failed, match=reason):
            await _sent(settings)


async def test_a_server_that_does_not_answer_is_left_and_one_that_is_not_there_is_noticed() -> None:
    async with listening() as there:
        there.status = None
        slow = Telling(webhook=Webhook(url=HttpUrl(there.url)), timeout=0.2)
        with pytest.raises(Failed, match="timed_out"):
            await _sent(slow)
    with pytest.raises(Failed, match="unreachable"):
        await _sent(slow)


class Mailbox:
    """What a mail server has taken; `says` is what it answers to an address, `then` to a mail."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.says = self.then = "250 OK"

    async def handle_RCPT(self, *about: Any) -> str:  # noqa: N802 - so the library calls it
        envelope, address = about[2], about[3]
        envelope.rcpt_tos.append(address)
        return self.says

    async def handle_DATA(self, *about: Any) -> str:  # noqa: N802 - so the library calls it
        envelope = about[2]
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.then


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox) -> Iterator[Controller]:
    """A mail server on loopback."""
    made = Controller(mailbox, hostname="127.0.0.1", port=free_ports(1)[0])
    made.start()
    yield made
    made.stop()


def _mail(server: Controller, **more: Any) -> Telling:
    mail = {"host": "127.0.0.1", "port": server.port, "security": "none", **more}
    return Telling(mail=Mail(sender="no-reply@district.example", **mail), timeout=1)


async def test_a_mail_names_its_notice_and_nobody_but_whom_it_is_to(
    server: Controller, mailbox: Mailbox
) -> None:
    await _sent(_mail(server))
    [got] = mailbox.got
    assert got["Message-ID"] == f"<{MESSAGE.id}@district.example>"
    assert (got["To"], got["From"]) == ("someone@example.com", "no-reply@district.example")
    assert got["Subject"] == MESSAGE.title
    assert got["Auto-Submitted"] == "auto-generated"
    assert got.get_content().strip() == MESSAGE.text


@pytest.mark.parametrize(
    ("says", "then", "reason"),
    [("550 no such person", "250 OK", "refused"), ("450 later", "250 OK", "busy"),
     ("250 OK", "554 no", "refused"), ("250 OK", "451 later", "busy")],
)  # fmt: skip
async def test_what_a_mail_server_answers_says_whether_to_try_again(
    server: Controller, mailbox: Mailbox, says: str, then: str, reason: str
) -> None:
    mailbox.says, mailbox.then = says, then
    with pytest.raises(Failed, match=reason):
        await _sent(_mail(server))


async def test_a_mail_server_that_cannot_be_used_is_no_fault_of_the_petitioner(
    server: Controller,
) -> None:
    with pytest.raises(Failed, match="not_let_in"):
        await _sent(_mail(server, security="starttls"))
    with pytest.raises(Failed, match="not_let_in"):
        await _sent(_mail(server, user="us", password=TOKEN))
    with pytest.raises(Failed, match="unreachable"):
        await _sent(_mail(server, port=free_ports(1)[0]))


async def test_a_mail_server_that_does_not_answer_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mail = Mail(
            host="127.0.0.1", port=silent.getsockname()[1], security="none", sender="a@b.example"
        )
        with pytest.raises(Failed, match="timed_out"):
            await _sent(Telling(mail=mail, timeout=0.2))


async def test_nothing_leaves_where_no_port_is_configured() -> None:
    async with opened_ports(Telling()) as [port]:
        assert port.name == "outbox"
        assert port.reaches(MESSAGE.contact)
        assert not port.reaches(Contact())
    gateway = Gateway(url=HttpUrl("http://127.0.0.1:1"), token=TOKEN)
    async with opened_ports(Telling(gateway=gateway)) as [port]:
        assert port.name == "gateway"
        assert not port.reaches(Contact(email="someone@example.com"))
