"""The ports of this installation, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import httpx

from services.grievance.telling.by_http import GatewayPort, WebhookPort
from services.grievance.telling.by_mail import MailPort
from services.grievance.telling.message import Contact, Message, Port
from services.grievance.telling.settings import Telling
from services.grievance.words import PortName


class OutboxPort:
    """Nothing leaves: that it was delivered here is what puts it on the page."""

    name: PortName = "outbox"

    def reaches(self, contact: Contact) -> bool:
        """See Port: whoever could be reached if there were another port."""
        return any(contact)

    async def send(self, message: Message) -> None:
        """See Port."""


@asynccontextmanager
async def opened_ports(settings: Telling) -> AsyncIterator[Sequence[Port]]:
    """Those that are configured; the outbox where none is."""
    async with httpx.AsyncClient(timeout=settings.timeout, trust_env=False) as client:
        ports: list[Port] = []
        if settings.gateway is not None:
            ports.append(GatewayPort(settings.gateway, client))
        if settings.mail is not None:
            ports.append(MailPort(settings.mail, settings.timeout))
        if settings.webhook is not None:
            ports.append(WebhookPort(settings.webhook, client))
        yield ports or [OutboxPort()]
