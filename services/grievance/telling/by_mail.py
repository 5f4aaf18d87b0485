"""The port for mail: SMTP, in a thread of its own for as long as it takes."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime

from services.grievance.telling.message import Contact, Failed, Message
from services.grievance.telling.settings import Mail
from services.grievance.words import FailureReason, PortName

FOR_GOOD = 500


class MailPort:
    """Sends mail whose `Message-ID` is made of the id of the notice."""

    name: PortName = "email"

    def __init__(self, settings: Mail, timeout: float) -> None:
        self._settings = settings
        self._domain = settings.sender.rpartition("@")[2]
        self._timeout = timeout

    def reaches(self, contact: Contact) -> bool:
        """See Port."""
        return contact.email is not None

    async def send(self, message: Message) -> None:
        """See Port."""
        try:
            await asyncio.to_thread(self._send, self._mail(message))
        except (smtplib.SMTPException, OSError) as fault:
            raise Failed(_reason(fault)) from None

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self._settings.sender
        mail["To"] = message.contact.email
        mail["Subject"] = message.title
        mail["Date"] = format_datetime(message.at)
        mail["Message-ID"] = f"<{message.id}@{self._domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
        mail.set_content(message.text)
        return mail

    def _send(self, mail: EmailMessage) -> None:
        known = self._settings
        with self._server() as server:
            if known.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if known.user is not None and known.password is not None:
                server.login(known.user, known.password.get_secret_value())
            server.send_message(mail)

    def _server(self) -> smtplib.SMTP:
        known = self._settings
        if known.security == "tls":
            return smtplib.SMTP_SSL(
                known.host, known.port, self._domain, timeout=self._timeout,
                context=ssl.create_default_context(),
            )  # fmt: skip
        return smtplib.SMTP(known.host, known.port, self._domain, timeout=self._timeout)


def _reason(fault: Exception) -> FailureReason:
    match fault:
        case smtplib.SMTPAuthenticationError() | smtplib.SMTPNotSupportedError():
            return "not_let_in"
        case smtplib.SMTPRecipientsRefused(recipients=asked):
            return "refused" if all(code >= FOR_GOOD for code, _ in asked.values()) else "busy"
        case smtplib.SMTPResponseException(smtp_code=code):
            mail = isinstance(fault, smtplib.SMTPDataError)
            return "busy" if code < FOR_GOOD else "refused" if mail else "not_let_in"
        case _:
            # the library tells of a server that says nothing as of one that has gone
            late = isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError)
            return "timed_out" if late else "unreachable"
