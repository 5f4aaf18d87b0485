"""The changes of a correction, and the words for files, as a request may give them."""

from __future__ import annotations

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    TypeAdapter,
)

from shared.core.messages import Scalar
from shared.core.text import Word
from shared.runtime.web.moments import Moment


class _Timed(BaseModel):
    """The one change that is a time."""

    occurred_at: Moment | None = None


# What an upload was answered with, or several of these.
FileWord = Annotated[str, Field(pattern="^[A-Za-z0-9_-]{86}$")]
FileWords = Annotated[tuple[FileWord, ...], Field(max_length=6)]

_Name = Annotated[str, Field(pattern="^[a-z_]{1,40}$")]
_WORD = TypeAdapter[str](Word)


def _scalar(value: object) -> object:
    if isinstance(value, str):
        return _WORD.validate_python(value)
    if value is None or isinstance(value, bool | int):
        return value
    raise ValueError("not a text, a whole number, true, false or null")


def _timed(changes: dict[str, Scalar]) -> dict[str, Scalar]:
    moment = _Timed.model_validate(changes).occurred_at
    return {**changes, "occurred_at": moment.isoformat()} if moment else changes


Changes = Annotated[
    dict[_Name, Annotated[Scalar, BeforeValidator(_scalar)]],
    Field(max_length=20),
    AfterValidator(_timed),
]
