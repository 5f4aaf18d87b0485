"""Every unit of the sample with all that is known of it: how it is linked, what it gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from services.territory.sample import departments, groups, links, partners, party
from services.territory.sample.shape import Shape
from services.territory.sample.telling import Part, Telling
from services.territory.unit.commands import FormUnit, UnitCommand
from services.territory.unit.decider import unit
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Target


def waves(district: Shape, seed: int) -> Iterator[Sequence[Telling]]:
    """Those under no other unit, then those under these, and so on down."""
    forms = {form.code: form for form in _forms(district)}
    linked: dict[str, list[UnitCommand]] = defaultdict(list)
    for link in links.links(district, seed):
        linked[link.code].append(link)
    wave: dict[int, list[Telling]] = defaultdict(list)
    for form in forms.values():
        above = list(_above(forms, form))
        commands = [form, *linked[form.code]]
        commands += partners.deeds(form.code, before=len(commands))
        parts = [Part(_target(form.code), commands), *(Part(_target(code)) for code in above)]
        wave[len(above)].append(Telling(f"unit {form.code}", parts))
    for depth in sorted(wave):
        yield wave[depth]


def _forms(district: Shape) -> Iterator[FormUnit]:
    for sort in (departments, party, partners, groups):
        yield from sort.forms(district)


def _above(forms: dict[str, FormUnit], form: FormUnit) -> Iterator[str]:
    while form.parent is not None:
        yield form.parent
        form = forms[form.parent]


def _target(code: str) -> Target:
    return Target(unit, derived(unit.category, code))
