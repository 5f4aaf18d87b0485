"""Cases drawn from a seed: what is raised where and when, and what becomes of it.

The same for a seed and a scale, whatever the machine; only the day they are counted back from is
that of the loading.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from services.grievance.sample.matters import (
    CHANNELS,
    DECLINED,
    MATTERS,
    REPLY,
    SLOW,
    SPOTS,
    USUAL,
    WORDS,
    Matter,
)
from services.grievance.sample.stories import Story, Turn
from shared.core.local_time import BEIJING
from shared.core.sample import Sample

CASES = 2_500
DAYS = 400
BUSY = 3
STUCK = 0.02  # of so many nothing more was heard


@dataclass(frozen=True)
class Temper:
    """How a place is: how often something is raised there, how fast and how well it is settled."""

    often: float
    pace: float
    solved: float


def drawn(sample: Sample, places: Sequence[str], now: datetime) -> Iterator[Story]:
    """The cases of this sample in these places, counted back from `now`. A step that would lie in
    the future has not been taken."""
    draw = Random(f"cases {sample.name}")
    tempers = {place: _temper(sample, place) for place in sorted(places)}
    weights = [temper.often for temper in tempers.values()]
    for number in range(round(CASES * sample.scale)):
        hours_ago = draw.uniform(0.2, DAYS * 24)
        [place] = draw.choices(list(tempers), weights)
        matter = _matter(draw, now - timedelta(hours=hours_ago))
        spot = draw.choice(SPOTS)
        told = _petition(draw, matter, place, spot, number)
        turns = tuple(_past(_turns(draw, matter, tempers[place], spot), hours_ago))
        if draw.random() < STUCK:
            turns = turns[: draw.randrange(5)]
        yield Story(f"{sample.name} {number}", hours_ago, told, turns)


def _temper(sample: Sample, place: str) -> Temper:
    draw = Random(f"temper {sample.name} {place}")
    return Temper(draw.uniform(0.3, 1.6), draw.uniform(0.6, 1.7), draw.uniform(0.62, 0.96))


def _matter(draw: Random, at: datetime) -> Matter:
    month = (at + BEIJING).month
    weights = [one.often * (BUSY if month in one.months else 1) for one in MATTERS]
    return draw.choices(MATTERS, weights)[0]


def _petition(draw: Random, matter: Matter, place: str, spot: str, number: int) -> dict[str, Any]:
    [channel] = draw.choices([name for name, _ in CHANNELS], [often for _, often in CHANNELS])
    told = {
        "territory": place,
        "subject": matter.subject.format(spot=spot),
        "details": matter.details.format(spot=spot),
        "case_type": matter.case_type,
        "urgency": matter.urgency,
        "channel": channel,
    }
    if draw.random() < 0.7:
        told |= {
            "name": f"示例住户{number}",
            "phone": f"000-{number // 10_000:04}-{number % 10_000:04}",
        }
    return told


def _turns(draw: Random, matter: Matter, temper: Temper, spot: str) -> Iterator[Turn]:
    if draw.random() < 0.04:
        yield Turn("decline", draw.uniform(1, 40), DECLINED)
        return
    yield Turn("accept", draw.expovariate(1 / 8), {})
    solved = yield from _round(draw, matter, temper, spot)
    if not solved and draw.random() < 0.4:
        yield Turn("reopen", draw.uniform(12, 160), {"reason": WORDS[False]})
        yield from _round(draw, matter, Temper(1, temper.pace, 0.85), spot)


def _round(draw: Random, matter: Matter, temper: Temper, spot: str) -> Generator[Turn, None, bool]:
    """From dispatch to close; whether it was solved."""
    yield Turn("dispatch", draw.expovariate(1 / 5), {"unit": matter.unit})
    yield Turn("sign", min(draw.expovariate(1 / 7), 60) * temper.pace, {})
    slow = SLOW.get(matter.case_type, USUAL) * temper.pace
    yield Turn("reply", 3 + draw.expovariate(1 / slow), {"reply": REPLY.format(spot=spot)})
    solved = draw.random() < temper.solved
    if draw.random() < 0.85:
        content = draw.random() < (0.94 if solved else 0.2)
        said: dict[str, Any] = {"contacted": True, "resolved": solved, "satisfied": content}
        if draw.random() < 0.3:
            said["words"] = WORDS[content]
        yield Turn("callback", draw.uniform(4, 70), said)
    else:
        yield Turn("callback", draw.uniform(4, 70), {"contacted": False})
    outcome = "solved" if solved else draw.choice(("explained", "partly_solved", "referred"))
    yield Turn("close", draw.uniform(0.5, 30), {"outcome": outcome})
    return solved


def _past(turns: Iterator[Turn], hours_ago: float) -> Iterator[Turn]:
    left = hours_ago
    for turn in turns:
        left -= turn.hours
        if left <= 0:
            return
        yield turn
