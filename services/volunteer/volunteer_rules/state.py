"""Which rules were published, and which of them withdrawn."""

from __future__ import annotations

from services.volunteer.rules.book import VolunteerRules
from shared.core import versions

Published = versions.Published[VolunteerRules]
