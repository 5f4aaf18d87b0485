"""What can have happened to a shop. The union is the catalogue of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.core.messages import Event


class ShopOpened(Event):
    """There is a points supermarket in this territory, at `place`, open at these `hours`."""

    type: Literal["shop-opened"] = "shop-opened"
    territory: str
    name: str
    place: str
    hours: str


class ShopChanged(Event):
    """People are told something else of it from now on; None where it stays."""

    type: Literal["shop-changed"] = "shop-changed"
    name: str | None = None
    place: str | None = None
    hours: str | None = None


class ShopClosed(Event):
    """It puts nothing aside any more."""

    type: Literal["shop-closed"] = "shop-closed"


class ShopReopened(Event):
    """It puts things aside again."""

    type: Literal["shop-reopened"] = "shop-reopened"


ShopEvent = Annotated[
    ShopOpened | ShopChanged | ShopClosed | ShopReopened, Field(discriminator="type")
]
