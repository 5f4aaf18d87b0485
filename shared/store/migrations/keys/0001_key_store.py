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
    # Destroying a key ends with a vacuum, so that no dead row keeps it.
    op.execute(f'grant maintain on subject_key to "{role}"')
