"""``linli up``, ``linli down`` and ``linli status``: the installation on this machine."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from deploy.cli.options import DEFAULT_HOME, DEFAULT_PORT, HomeOption, JsonOption, PortOption
from deploy.cli.sampling import ScaleOption, SeedOption, asked
from deploy.local import background
from deploy.local.fault import Fault
from deploy.local.home import AlreadyRunning, Home
from deploy.local.supervisor import Run, options, supervise
from deploy.local.survey import Survey
from shared.core.sample import Sample
from shared.ops import logging

ENTRY = "deploy.cli.main"


def up(
    home: HomeOption = DEFAULT_HOME,
    port: PortOption = DEFAULT_PORT,
    *,
    sample: Annotated[bool, typer.Option("--sample", help="Load the sample district.")] = False,
    scale: ScaleOption = None,
    seed: SeedOption = None,
    detach: Annotated[bool, typer.Option("--detach", help="Return when all is ready.")] = False,
) -> None:
    """Start everything on this machine and print "ready URL".

    Stays until Ctrl-C, which stops what it started and nothing else. With --detach it returns at
    the ready line, and "linli down" stops it. Where the home is running already, --detach says so
    and succeeds once it is ready; without --detach that is a failure.

    The sample is the same everywhere for a seed and a scale; a home holds one.

    \b
    Example:
      linli up --sample
      linli up --sample --scale 0.1 --seed 7
      LINLI_HOME=/srv/linli LINLI_PORT=8010 linli up --detach
    """
    wanted = asked(scale, seed, sample=sample)
    place = Home(home.resolve())
    url = background.address(place)
    if url and not detach:
        raise Fault(f"already running at {url}")
    if url:
        typer.echo(f"already running at {background.await_ready(place)}")
    elif detach:
        typer.echo(f"ready {background.start(place, _command(place, port, wanted))}")
    else:
        _stay(Run(home=place, port=port, sample=wanted))


def down(home: HomeOption = DEFAULT_HOME) -> None:
    """Stop what "linli up" started in this home, and wait until it is gone.

    Succeeds when nothing was running, too.

    \b
    Example:
      linli down
    """
    stopped = background.stop(Home(home.resolve()))
    typer.echo("stopped" if stopped else "not running")


def status(home: HomeOption = DEFAULT_HOME, *, as_json: JsonOption = False) -> None:
    """Say which processes of this home run, and whether they are ready.

    Exits 0 only when everything runs and is ready; the table or the object is printed always.

    \b
    Example:
      linli status --json
    """
    place = Home(home.resolve())
    found = Survey.of(place)
    typer.echo(json.dumps(found.told(), indent=2) if as_json else found.lines())
    if found.wrong:
        raise Fault(found.wrong)


def _stay(run: Run) -> None:
    logging.configure("warning")
    try:
        asyncio.run(supervise(run, lambda url: typer.echo(f"ready {url}")))
    except AlreadyRunning:
        raise Fault(f"already running at {background.address(run.home)}") from None


def _command(home: Home, port: int, sample: Sample | None) -> list[str]:
    command = [sys.executable, "-m", ENTRY, "up", "--home", str(home.path)]
    return [*command, "--port", str(port), *(["--sample", *options(sample)] if sample else [])]
