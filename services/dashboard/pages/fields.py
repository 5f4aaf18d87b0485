"""Fields of forms in addresses: one that was left empty says nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from shared.runtime.web.moments import Day

GivenDay = Annotated[Day | None, BeforeValidator(lambda said: said or None)]
