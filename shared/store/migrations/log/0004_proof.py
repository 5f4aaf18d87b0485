"""Which life of the log this is, how far it is sealed, how far it has been checked."""

from alembic import context, op

revision = "log_0004"
down_revision = "log_0003"

# The first line of a log is its beginning; each further one a restore or promotion that lost what
# stood past `fork`.
EPOCH = """
create table log_epoch (
    log      text        not null,
    epoch    int         not null,
    log_id   uuid        not null,
    fork     bigint      not null default 0,
    reason   text        not null default '',
    begun_at timestamptz not null default clock_timestamp(),
    primary key (log, epoch)
)
"""

# Written before a checkpoint is signed: with a synchronous standby this very commit waits for it,
# and so for all that was committed before.
SEAL = """
create table seal (
    log       text        not null,
    epoch     int         not null,
    size      bigint      not null,
    sealed_at timestamptz not null,
    primary key (log, epoch)
)
"""

CHECKED = """
create table checked (
    log        text        primary key,
    position   bigint      not null,
    whole_at   timestamptz,
    broken_at  bigint,
    reason     text,
    noticed_at timestamptz
)
"""


def upgrade() -> None:
    role = context.config.attributes["role"]
    for statement in (EPOCH, SEAL, CHECKED):
        op.execute(statement)
    op.execute(f'grant select, insert on log_epoch to "{role}"')
    op.execute(f'grant select, insert, update on seal, checked to "{role}"')
