"""Which master key wrapped what, so that another one can take its place."""

from alembic import context, op

revision = "keys_0002"
down_revision = "keys_0001"

# `mark` tells masters apart and opens nothing. `root`, from which all other keys are derived, is
# wrapped like the rest; it is gone where nothing is wrapped by that master any more.
TABLE = """
create table master_key (
    generation int primary key,
    mark       bytea unique,
    root       bytea,
    made_at    timestamptz not null default now(),
    whole_at   timestamptz
)
"""
GENERATION = "alter table subject_key add column generation int not null default 1"
# Keys that were destroyed, and whose table was not written anew yet.
LEFT = "create index unclean on subject_key (subject) where generation < 0"
# What is gathered for plans quotes what stands in a column, and keeps it when the row has gone.
QUOTED = (
    "alter table subject_key alter column wrapped type bytea",  # forgets what was gathered
    "alter table subject_key alter column wrapped set statistics 0",
    "alter table master_key alter column root set statistics 0",
)
# A store that was there before derived all from its master itself: so it goes on.
FIRST = "insert into master_key (generation, whole_at) values (1, now())"


def upgrade() -> None:
    role = context.config.attributes["role"]
    op.execute(TABLE)
    op.execute(GENERATION)
    op.execute(LEFT)
    for statement in QUOTED:
        op.execute(statement)
    if not context.config.attributes["new"]:
        op.execute(FIRST)
    op.execute(f'grant select, insert, update on master_key to "{role}"')
    [modern] = (
        op.get_bind()
        .exec_driver_sql("select current_setting('server_version_num')::int >= 170000")
        .one()
    )
    grant = f'grant maintain on master_key to "{role}"'
    op.execute(grant if modern else f'alter table master_key owner to "{role}"')
