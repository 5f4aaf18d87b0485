"""Which column of a file is which field of a petition: read from a small TOML file."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from shared.sheets.refusal import Refused

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Coded = Literal["area", "territory", "category", "case_type", "channel", "unit"]
PROBE = datetime(2001, 2, 3, 4, 5, 6)  # noqa: DTZ001  only tries a format out


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Columns(_Strict):
    """From our field to the header of the file's column."""

    ref: Name
    text: Name
    raised_at: Name
    person: Name | None = None
    name: Name | None = None
    phone: Name | None = None
    address: Name | None = None
    subject: Name | None = None
    reply: Name | None = None
    replied_at: Name | None = None
    area: Name | None = None
    territory: Name | None = None
    category: Name | None = None
    case_type: Name | None = None
    channel: Name | None = None
    unit: Name | None = None
    support: Name | None = None
    oppose: Name | None = None

    @model_validator(mode="after")
    def _reply_has_its_time(self) -> Self:
        if (self.reply is None) != (self.replied_at is None):
            raise ValueError("reply and replied_at are mapped together or not at all")
        return self


class Defaults(_Strict):
    """What a row is taken to say where its column is absent or its cell is empty."""

    channel: Name | None = None
    case_type: Name | None = None
    territory: Name | None = None


class Mapping(_Strict):
    """How one layout of file is read. `source` names where the refs come from and is part of
    every petition's identity: change it and the same file is imported again."""

    source: Slug
    columns: Columns
    sheet: Name | None = None
    timezone: Name = "Asia/Shanghai"
    date_formats: tuple[Name, ...] = ()
    defaults: Defaults = Defaults()
    values: dict[Coded, dict[str, Name]] = {}

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"no time zone is called {name!r}; try Asia/Shanghai") from None
        return name

    @field_validator("date_formats")
    @classmethod
    def _format_names_a_day(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for form in formats:
            try:
                # strptime without a zone: the mapping's own zone is added to each row
                read = datetime.strptime(PROBE.strftime(form), form)  # noqa: DTZ007
            except ValueError:
                raise ValueError(f"{form!r} is not a date format") from None
            if read.date() != PROBE.date():
                raise ValueError(f"{form!r} does not name year, month and day")
        return formats

    def headers(self) -> dict[str, str]:
        """From each mapped field to its header."""
        return self.columns.model_dump(exclude_none=True)


def parse_mapping(content: bytes, *, title: str) -> Mapping:
    """Read a mapping from TOML; `title` is what messages call it. Raises Refused."""
    try:
        return Mapping.model_validate(tomllib.loads(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise Refused(f"mapping {title}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        raise Refused(f"mapping {title}: is not TOML: {fault}") from None
    except ValidationError as fault:
        raise Refused(f"mapping {title}: {_in_one_line(fault)}") from None


def load_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises Refused."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Refused(f"mapping {path}: cannot be read: {fault.strerror}") from None
    return parse_mapping(content, title=path.name)


def _in_one_line(fault: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(step) for step in error['loc'])}: {_plain(error['type'], error['msg'])}"
        if error["loc"]
        else _plain(error["type"], error["msg"])
        for error in fault.errors()
    )


def _plain(kind: str, message: str) -> str:
    known = {"extra_forbidden": "unknown key", "missing": "is missing"}
    return known.get(kind, message.removeprefix("Value error, "))
