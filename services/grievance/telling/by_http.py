"""Ports that are reached by HTTP: a webhook for CloudEvents, a gateway for text messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import orjson

from services.grievance.telling.message import Contact, Failed, Message
from services.grievance.telling.settings import Gateway, Webhook
from services.grievance.words import FailureReason, PortName

SOURCE = "/linli/grievance/notices"
TYPE = "linli.grievance.notice"
CLOUDEVENT = "application/cloudevents+json"
# It was had already: what came before this try has come through.
REPEATED = 409
LET_IN = (401, 403, 407)
BUSY = (408, 425, 429)
SERVER_FAULT = 500


class WebhookPort:
    """Sends CloudEvents 1.0 in structured mode; `id` is that of the notice."""

    name: PortName = "webhook"

    def __init__(self, settings: Webhook, client: httpx.AsyncClient) -> None:
        self._url = str(settings.url)
        self._token = settings.token.get_secret_value() if settings.token else None
        self._client = client

    def reaches(self, contact: Contact) -> bool:
        """See Port."""
        return any(contact)

    async def send(self, message: Message) -> None:
        """See Port."""
        contact = {name: told for name, told in message.contact._asdict().items() if told}
        event = {
            "specversion": "1.0",
            "id": str(message.id),
            "source": SOURCE,
            "type": TYPE,
            "subject": message.number,
            "time": message.at.isoformat(),
            "datacontenttype": "application/json",
            "data": {**_said(message), "title": message.title, "contact": contact},
        }
        headers = {"content-type": CLOUDEVENT} | _bearer(self._token)
        await _post(self._client, self._url, event, headers)


class GatewayPort:
    """Sends a text message; its `Idempotency-Key` is the id of the notice."""

    name: PortName = "gateway"

    def __init__(self, settings: Gateway, client: httpx.AsyncClient) -> None:
        self._url = str(settings.url)
        self._token = settings.token.get_secret_value()
        self._client = client

    def reaches(self, contact: Contact) -> bool:
        """See Port."""
        return contact.phone is not None

    async def send(self, message: Message) -> None:
        """See Port."""
        body = {"id": str(message.id), "to": message.contact.phone, **_said(message)}
        headers = {"content-type": "application/json", "idempotency-key": str(message.id)}
        await _post(self._client, self._url, body, headers | _bearer(self._token))


def _said(message: Message) -> dict[str, str]:
    return {"number": message.number, "step": message.step, "text": message.text}


def _bearer(token: str | None) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"} if token else {}


async def _post(
    client: httpx.AsyncClient, url: str, body: Mapping[str, Any], headers: Mapping[str, str]
) -> None:
    """Raises Failed unless it was taken; the answer's body says nothing to us and is not read."""
    content = orjson.dumps(body)
    try:
        async with client.stream("POST", url, content=content, headers=headers) as answer:
            status = answer.status_code
    except httpx.TimeoutException:
        raise Failed("timed_out") from None
    except httpx.HTTPError:
        raise Failed("unreachable") from None
    if not (httpx.codes.is_success(status) or status == REPEATED):
        raise Failed(_reason(status))


def _reason(status: int) -> FailureReason:
    if status in BUSY or status >= SERVER_FAULT:
        return "busy"
    if status in LET_IN:
        return "not_let_in"
    return "refused" if httpx.codes.is_client_error(status) else "unreachable"
