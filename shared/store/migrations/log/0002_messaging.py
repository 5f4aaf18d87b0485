"""What flows between services: cursors by partition, who leads the relay, what is parked."""

from alembic import context, op

revision = "log_0002"
down_revision = "log_0001"

# A subscription to a service's own log has the topic '' and the partition 0.
CURSOR = """
alter table cursor
    add column epoch int not null default 1,
    add column topic text not null default '',
    add column partition int not null default 0,
    drop constraint cursor_pkey,
    add primary key (subscription, log, epoch, topic, partition)
"""

# A lease: whoever holds it may publish the log until then, by the clock of this server.
LEADER = """
create table leader (
    log    text        primary key,
    holder uuid        not null,
    term   bigint      not null,
    until  timestamptz not null
)
"""

# One line per event that waits; the event itself is read again from its log when it is replayed.
PARKED = """
create table parked (
    subscription text        not null,
    log          text        not null,
    stream_id    uuid        not null,
    position     bigint      not null,
    type         text        not null,
    reason       text        not null,
    parked_at    timestamptz not null default clock_timestamp(),
    primary key (subscription, log, stream_id, position)
)
"""

# A record whose envelope cannot be read has no place in any log; the chain shows what it hid.
GARBLED = """
create table garbled (
    subscription text        not null,
    topic        text        not null,
    digest       bytea       not null,
    reason       text        not null,
    seen_at      timestamptz not null default clock_timestamp(),
    primary key (subscription, topic, digest)
)
"""

REFUSED = """
create table refused (
    policy     text        not null,
    log        text        not null,
    position   bigint      not null,
    ordinal    int         not null,
    stream_id  uuid        not null,
    code       text        not null,
    refused_at timestamptz not null default clock_timestamp(),
    primary key (policy, log, position, ordinal)
)
"""


def upgrade() -> None:
    role = context.config.attributes["role"]
    for statement in (CURSOR, LEADER, PARKED, GARBLED, REFUSED):
        op.execute(statement)
    op.execute(f'grant select, insert, update on leader to "{role}"')
    op.execute(f'grant select, insert, update, delete on parked, garbled, refused to "{role}"')
