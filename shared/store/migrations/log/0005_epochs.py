"""What a reader of another log did when that log began another epoch."""

from alembic import context, op

revision = "log_0005"
down_revision = "log_0004"

# One line each time a subscription followed a log into another epoch: positions up to `fork` mean
# what they meant before; it had come as far as `reached`.
CROSSING = """
create table crossing (
    subscription text        not null,
    log          text        not null,
    epoch        int         not null,
    fork         bigint      not null,
    reached      bigint      not null,
    crossed_at   timestamptz not null default clock_timestamp(),
    primary key (subscription, log, epoch)
)
"""

# One line per command that a policy asked for because of an event that is lost: the event stood at
# `position` of the other log, written there in `epoch`.
COMPENSATION = """
create table compensation (
    policy     text        not null,
    log        text        not null,
    epoch      int         not null,
    position   bigint      not null,
    ordinal    int         not null,
    command_id uuid        not null,
    noted_at   timestamptz not null default now(),
    primary key (policy, log, epoch, position, ordinal)
)
"""


def upgrade() -> None:
    role = context.config.attributes["role"]
    for statement in (CROSSING, COMPENSATION):
        op.execute(statement)
    op.execute(f'grant select, insert, update, delete on crossing, compensation to "{role}"')
