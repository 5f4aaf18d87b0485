"""What clients send about the dispatch catalogue."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.territory.catalogue.events import RouteRow
from services.territory.forms import Code
from shared.core.text import storable
from shared.runtime.web.forms import Form

# Levels with `/` between, such as 城乡建设/安全生产/安全隐患. Nothing that JSON would write longer.
Category = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, pattern=r'^[^"\\\x00-\x1f\x7f]+$'),
    AfterValidator(storable),
]
MOST_CATEGORIES = 5_000
MOST_ROWS = 5_000


class Categories(Form):
    """Let these be all categories of the draft: paths of up to three levels."""

    paths: Annotated[tuple[Category, ...], Field(min_length=1, max_length=MOST_CATEGORIES)]


class RouteForm(BaseModel):
    """Cases of this category and below, in this territory and below, go to this unit; without a
    unit the route is taken out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    category: Category
    territory: Code
    unit: Code | None = None


class Routes(Form):
    """Set routes of the draft, all of these or none; the others stay as they are."""

    rows: Annotated[tuple[RouteForm, ...], Field(min_length=1, max_length=MOST_ROWS)]

    def told(self) -> dict[str, Any]:
        """As the catalogue takes them."""
        return {"rows": tuple(RouteRow(**row.model_dump()) for row in self.rows)}


class Publication(Form):
    """Make the draft the version that counts from then on; earlier cases keep theirs."""
