"""Tries at short secrets: how many there were of late, for all processes to see."""

from alembic import context, op

revision = "log_0003"
down_revision = "log_0002"

# Unlogged: a crash forgets some minutes of tries, and no try costs a write to the disk.
ATTEMPT = """
create unlogged table attempt (
    subject text        primary key,
    tries   int         not null,
    began   timestamptz not null,
    latest  timestamptz not null
)
"""


def upgrade() -> None:
    role = context.config.attributes["role"]
    op.execute(ATTEMPT)
    op.execute(f'grant select, insert, update, delete on attempt to "{role}"')
