"""Which sample is meant: `--scale` and `--seed`."""

from typing import Annotated

import typer

from deploy.local.fault import Fault
from shared.core.sample import LAST_SEED, Sample, checked


def scale(text: str) -> float:
    """A scale as people type it."""
    try:
        return checked(scale=float(text)).scale
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no scale; write a number from 0.01 to 10") from None


def seed(text: str) -> int:
    """A seed as people type it."""
    try:
        return checked(seed=int(text)).seed
    except ValueError:
        detail = f"{text!r} is no seed; write a whole number from 0 to {LAST_SEED}"
        raise typer.BadParameter(detail) from None


ScaleOption = Annotated[
    float | None,
    typer.Option(metavar="X", parser=scale, help="How large the sample is: 0.01 to 10. [1]"),
]
SeedOption = Annotated[
    int | None, typer.Option(metavar="N", parser=seed, help="Which sample it is. [1]")
]


def asked(scale: float | None, seed: int | None, *, sample: bool) -> Sample | None:
    """The sample that is meant, if any. Raises Fault for a part of one without it."""
    if sample:
        return Sample(1 if seed is None else seed, 1.0 if scale is None else scale)
    if scale is not None or seed is not None:
        raise Fault("--scale and --seed say which sample: give --sample, too")
    return None
