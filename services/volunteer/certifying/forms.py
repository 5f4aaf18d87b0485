"""What clients send to have a certificate, and ask when they check one."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.core.text import Word
from shared.runtime.web.forms import Form
from shared.runtime.web.moments import Day, Position

Hash = Annotated[str, Field(pattern="^[0-9a-fA-F]{16,64}$")]


class Issuing(Form):
    """Certify the approved hours of what was served from day `since` to day `until`, both in. The
    name is that of the register of volunteers, where another than the person put it there; the
    counter, which has seen a paper, may state another `name`. Nobody states their own."""

    SEALED = ("name",)

    since: Day
    until: Day
    name: Word | None = None


class Shown(BaseModel):
    """What the paper says that somebody was shown: its minutes, and its hash or the beginning of
    that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minutes: Annotated[int, Field(ge=0, lt=2**31)] | None = None
    hash: Hash | None = None


class CertificateFilter(BaseModel):
    """`min_position` is the position of a receipt that has to be in the answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0
