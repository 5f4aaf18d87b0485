"""What two people have to do with points: who did something, and who gives points for it."""

from __future__ import annotations

from services.points.account.commands import AccountCommand, DeductPoints, EarnPoints
from services.points.account.state import Account
from shared.core.access import Separation
from shared.core.messages import Forbidden


def own_points(command: AccountCommand, account: Account) -> None:
    """Nobody gives points to themselves at once, or takes their own. Raises Forbidden."""
    if not isinstance(command, EarnPoints | DeductPoints) or not command.at_once:
        return
    holder = command.holder if isinstance(command, EarnPoints) else account.holder
    if command.actor.id in (str(holder), account.owner):
        raise Forbidden("own_points", "nobody gives points to themselves: another has to")


SEPARATIONS = (
    Separation(("hold_points",), "earn_points", "person", own_points, of="own points"),
    Separation(("hold_points",), "deduct_points", "person", own_points, of="own points"),
)
