"""The sample's volunteers into the log. Loading them again adds nothing: each step is a command
with an id of its own."""

from __future__ import annotations

from services.volunteer.service import Volunteers
from shared.core.sample import Sample


async def load(service: Volunteers, sample: Sample) -> None:
    """Load what is not there yet."""
