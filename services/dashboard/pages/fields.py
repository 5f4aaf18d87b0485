"""Fields of forms in addresses: one that was left empty says nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from services.dashboard.filters import Day

GivenDay = Annotated[Day | None, BeforeValidator(lambda said: said or None)]
