"""`python -m bench [NAME …] [--short]`: measure, print, store; `--help` has the names."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence

from bench import (
    append,
    boards,
    consume,
    deadlines,
    evidence,
    execute,
    filing,
    freshness,
    machine,
    pages,
    points,
    project,
    proof,
    reading,
    rebuild,
    registers,
    relay,
    report,
    rosters,
    shown,
    volunteers,
)
from bench.figures import Measure
from bench.stage import EVENTS, SHORT, Stage, Window, staged
from shared.ops import collector, logging

BENCHES: Mapping[str, Callable[[Stage], Sequence[Measure]]] = {
    "append": append.measure,
    "execute": execute.measure,
    "http": filing.measure,
    "read": reading.measure,
    "project": project.measure,
    "rebuild": rebuild.measure,
    "relay": relay.measure,
    "consume": consume.measure,
    "freshness": freshness.measure,
    "shown": shown.measure,
    "rosters": rosters.measure,
    "deadlines": deadlines.measure,
    "proof": proof.measure,
    "evidence": evidence.measure,
    "boards": boards.measure,
    "registers": registers.measure,
    "pages": pages.measure,
    "volunteers": volunteers.measure,
    "points": points.measure,
}


def main() -> None:
    """Run the benches named, or all; only a whole, long run replaces bench/results/latest."""
    asked = _asked()
    measures: list[Measure] = []
    logging.configure("error")  # what goes on is told by the figures
    collector.settle()  # as the processes of a service do
    with staged(SHORT if asked.short else Window(), asked.events) as stage:
        facts = machine.facts(stage)
        for name in asked.names or BENCHES:
            print(f"{name} …", flush=True)
            measures += BENCHES[name](stage)
    whole = not asked.short and not asked.names
    page = report.write(facts, measures, whole=whole)
    print(page.read_text())


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", epilog="example: python -m bench append execute --short"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--short", action="store_true", help="one short round each, for CI")
    parser.add_argument(
        "--events", type=int, default=EVENTS, help="behind the boards; the target is 10000000"
    )
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    main()
