"""The key store: one wrapped key per person, apart from the log."""

from alembic import context, op

revision = "keys_0001"
down_revision = None

TABLE = """
create table subject_key (
    subject    uuid primary key,
    wrapped    bytea,
    created_at timestamptz not null default now(),
    erased_at  timestamptz,
    constraint erased_means_destroyed check ((wrapped is null) = (erased_at is not null))
)
"""


def upgrade() -> None:
    role = context.config.attributes["role"]
    op.execute(TABLE)
    op.execute(f'grant select, insert, update on subject_key to "{role}"')
    # Destroying a key ends with a vacuum, so that no dead row keeps it: from PostgreSQL 17 on that
    # is a privilege of its own, before it is the owner's.
    [modern] = (
        op.get_bind()
        .exec_driver_sql("select current_setting('server_version_num')::int >= 170000")
        .one()
    )
    grant = f'grant maintain on subject_key to "{role}"'
    op.execute(grant if modern else f'alter table subject_key owner to "{role}"')
