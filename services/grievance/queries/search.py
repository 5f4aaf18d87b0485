"""The register searched: what is asked, alone or together, and the page of it that comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.grievance.words import OVER
from shared.runtime.projections.map_copy import Places
from shared.store.conditions import Conditions

Order = Literal["filed", "due"]

# What is not over is searched where only that is indexed: a small part of all cases.
TABLES = {False: "case_register", True: "case_rounds"}
FILED = """
select r.*, o.due from (
    select t.case_id, t.raised_at from {table} t {joined}
    where {conditions} order by t.raised_at desc, t.case_id desc limit {limit}
) page join case_register r using (case_id)
left join case_rounds o on o.case_id = page.case_id and o.is_open
order by page.raised_at desc, page.case_id desc
"""
DUE = """
select r.*, page.due from (
    select t.case_id, t.due from case_rounds t {joined}
    where {conditions} order by t.due, t.case_id limit {limit}
) page join case_register r using (case_id) order by page.due, page.case_id
"""
# All that are found first, then the page: the plan is for all of them, not for the first few.
FOUND = """
with found as materialized (
    select t.case_id, t.raised_at from {table} t {joined} where {conditions}
)
select r.*, o.due from (
    select * from found order by raised_at desc, case_id desc limit {limit}
) page join case_register r using (case_id)
left join case_rounds o on o.case_id = page.case_id and o.is_open
order by page.raised_at desc, page.case_id desc
"""
WORDS = "join case_words w on w.case_id = t.case_id"
TERMS = "string_to_array(w.month || ' ' || w.terms, ' ')"
# The time in which the next so many cases were filed.
SPAN = """
select min(raised_at) as first, max(raised_at) as last from (
    select t.raised_at from case_register t where {conditions}
    order by t.raised_at desc, t.case_id desc limit {limit}
) next
"""
COUNT = "select coalesce(sum(cases), 0)::bigint as total from {table} where {conditions}"
REACHED = frozenset({"reached"})


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What to show of the register: all conditions together.

    `places` are territories; a case was filed at `since` or later, before `until`; it has all
    `terms`, and where `months` are given it is looked for under these; it is one of `ids`.
    `overdue` asks for open cases whose due day lies before `today`, or for the other open ones. In
    the order `due` only open cases are shown. `behind` is where the page before ended.
    """

    places: Places = None
    states: frozenset[str] | None = None
    case_type: str | None = None
    channel: str | None = None
    unit: str | None = None
    raised_by: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    terms: frozenset[str] | None = None
    months: tuple[str, ...] | None = None
    ids: tuple[UUID, ...] | None = None
    overdue: bool | None = None
    today: str = ""
    order: Order = "filed"
    behind: tuple[datetime, UUID] | tuple[str, UUID] | None = None

    @property
    def open_only(self) -> bool:
        """Whether only cases are asked for that are not over."""
        asked = self.order == "due" or self.overdue is not None
        return asked or (self.states is not None and not self.states & OVER)

    @property
    def scattered(self) -> bool:
        """Whether they may lie anywhere among all cases, with nothing that has them in order."""
        return self.terms is not None and not self.open_only

    @property
    def counted(self) -> bool:
        """Whether a tally answers how many there are."""
        finer = (self.case_type, self.channel, self.raised_by, self.since, self.until, self.terms,
                 self.ids)  # fmt: skip
        return not any(one is not None for one in finer) and (self.open_only or self.unit is None)


def page(filters: Filters, limit: int) -> tuple[str, list[object]]:
    """The statement of the next page, and its values."""
    met = _shared(filters, "t.")
    met.given("t.case_type = {}", filters.case_type)
    met.given("t.channel = {}", filters.channel)
    met.given("t.raised_by = {}", filters.raised_by)
    met.given("t.raised_at >= {}", filters.since)
    met.given("t.raised_at < {}", filters.until)
    met.given("t.case_id = any({})", filters.ids)
    if filters.open_only:
        met.add("t.is_open")
    if filters.terms is not None:
        met.add(TERMS + " @> {}::text[]", sorted(filters.terms))
        met.given(TERMS + " && {}::text[]", filters.months)
    if filters.behind is not None:
        sign = "(t.due, t.case_id) >" if filters.order == "due" else "(t.raised_at, t.case_id) <"
        met.add(sign + " ({}, {})", *filters.behind)
    told = {
        "table": TABLES[filters.open_only],
        "joined": WORDS if filters.terms is not None else "",
        "conditions": str(met),
        "limit": met.mark(limit),
    }
    form = DUE if filters.order == "due" else FOUND if filters.scattered else FILED
    return form.format(**told), met.values


def span(filters: Filters, cases: int) -> tuple[str, list[object]]:
    """The statement that says in which time the next cases were filed, whatever they are about."""
    met = Conditions()
    met.given("t.raised_at < {}", filters.until)
    if filters.behind is not None:
        met.add("(t.raised_at, t.case_id) < ({}, {})", *filters.behind)
    conditions = str(met)
    return SPAN.format(conditions=conditions, limit=met.mark(cases)), met.values


def total(filters: Filters) -> tuple[str, list[object]]:
    """The statement that counts them, where a tally does, and its values."""
    met = _shared(filters, "")
    table = "round_count" if filters.open_only else "case_count"
    return COUNT.format(table=table, conditions=met), met.values


def _shared(filters: Filters, of: str) -> Conditions:
    """What rows and sums have alike."""
    met = Conditions()
    met.given(f"{of}territory = any({{}})", filters.places)
    met.given(f"{of}unit = {{}}", filters.unit)
    _add_states(met, filters, of)
    if filters.overdue is not None:
        met.add(f"{of}due {'<' if filters.overdue else '>='} {{}}", filters.today)
    return met


def _add_states(met: Conditions, filters: Filters, of: str) -> None:
    if filters.states is None:
        return
    states = filters.states
    if filters.open_only:
        stages = states | REACHED if "callback" in states else states
        met.add(f"{of}stage = any({{}})", sorted(stages))
    elif len(states) == 1:
        met.add(f"{of}status = {{}}", *states)
    else:
        met.add(f"{of}status = any({{}})", sorted(states))
