"""The figures as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.figures import Measure

RESULTS = Path(__file__).with_name("results")
HEAD = (
    "| what | median | lowest – highest | p50 ms | p95 ms | p99 ms | target | met | ratio |\n"
    "|---|---:|---:|---:|---:|---:|---|---|---:|"
)


def write(machine: Mapping[str, Any], measures: Sequence[Measure], *, whole: bool) -> Path:
    """Store both; a whole run becomes the latest, any other stays local. The table's path."""
    folder = RESULTS if whole else RESULTS / "local"
    folder.mkdir(parents=True, exist_ok=True)
    told = {"machine": machine, "measures": [measure.as_dict() for measure in measures]}
    (folder / "latest.json").write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
    page = folder / "latest.md"
    page.write_text("\n".join(_page(machine, told["measures"])) + "\n")
    return page


def _page(machine: Mapping[str, Any], measures: Any) -> Iterator[str]:
    postgresql, window = machine["postgresql"], machine["window"]
    yield "# Figures\n"
    yield (
        f"{machine['date']}; {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']}, "
        f"PostgreSQL {postgresql['server_version']}; clients, server and database share the cores."
    )
    yield "PostgreSQL: " + ", ".join(f"{name} {value}" for name, value in postgresql.items()) + "."
    yield (
        f"Median of {window['rounds']} rounds of {window['seconds']:g} s after "
        f"{window['warm_up']:g} s of warm-up, ours and the limits in turn. "
        "*ratio*: ours to that limit. Repeat with `make bench`.\n"
    )
    yield HEAD
    for measure in measures:
        yield from _lines(measure)
    yield "\nWhat each includes:\n"
    seen = {told["name"]: told["includes"] for m in measures for told in (m, *m["limits"])}
    yield from (f"- {name}: {includes}" for name, includes in seen.items())
    yield "\nLoad average before each: " + ", ".join(
        f"{measure['name']} {measure['load_average_before']}" for measure in measures
    )


def _lines(measure: Mapping[str, Any]) -> Iterator[str]:
    met = "; ".join(measure["missed"]) or "yes" if measure["target"] else ""
    yield _line(f"**{measure['name']}**", measure, measure["target"] or "", met, "")
    for limit in measure["limits"]:
        yield _line(f"– {limit['name']}", limit, "", "", f"{limit['ratio']:.2f}")


def _line(name: str, told: Mapping[str, Any], *rest: str) -> str:
    span = f"{told['lowest']:,} – {told['highest']:,}"
    times = [_shown(told[share]) for share in ("p50_ms", "p95_ms", "p99_ms")]
    cells = [name, f"{told['median']:,} {told['unit']}", span, *times, *rest]
    return "| " + " | ".join(cells) + " |"


def _shown(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:.2f}"
