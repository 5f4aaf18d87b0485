"""By which ports petitioners are told, and when, from `LINLI_TELLING__…`."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, SecretStr

Seconds = Annotated[float, Field(gt=0, le=20)]


class Webhook(BaseModel):
    """Somewhere that takes CloudEvents 1.0 and sees to the rest; `token` is a bearer token."""

    model_config = ConfigDict(frozen=True)

    url: HttpUrl
    token: SecretStr | None = None


class Gateway(BaseModel):
    """A gateway for text messages or WeChat: `{"id", "to", "text", …}` by HTTP."""

    model_config = ConfigDict(frozen=True)

    url: HttpUrl
    token: SecretStr


class Mail(BaseModel):
    """A mail server, and the address from which we write."""

    model_config = ConfigDict(frozen=True)

    host: str
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: Annotated[str, Field(pattern=r"^[^@\s<>,]+@[A-Za-z0-9.-]+$")]
    user: str | None = None
    password: SecretStr | None = None


class Telling(BaseModel):
    """A person is told by the first port that can reach them: gateway, mail, webhook. Without any
    of them nothing leaves: what would have been sent is on the page `/outbox`.

    From `quiet_from` until `quiet_until`, in Beijing time, only what is urgent is sent; the same
    time twice makes no quiet hours. `follow_url` is where petitions are followed, for the words of
    a notice, which are in these `languages`. A port has `timeout` seconds to answer.
    """

    model_config = ConfigDict(frozen=True)

    gateway: Gateway | None = None
    mail: Mail | None = None
    webhook: Webhook | None = None
    quiet_from: time = time(21)
    quiet_until: time = time(8)
    follow_url: HttpUrl | None = None
    languages: Annotated[tuple[Literal["zh", "en"], ...], Field(min_length=1)] = ("zh",)
    timeout: Seconds = 10.0
