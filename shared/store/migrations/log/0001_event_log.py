"""The event log, the answers to commands, and the one function that appends."""

from alembic import context, op

revision = "log_0001"
down_revision = None

EVENT = """
create table event (
    log            text        not null,
    position       bigint      not null,
    stream_id      uuid        not null,
    version        int         not null,
    type           text        not null,
    schema_version smallint    not null,
    territory      text        not null,
    actor          text        not null,
    command_id     uuid        not null,
    correlation_id uuid        not null,
    causation_id   uuid,
    origin         text        not null,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    payload        bytea       not null,
    digest         bytea       not null,
    hash           bytea       not null,
    primary key (log, position),
    constraint one_event_per_version unique (stream_id, version)
)
"""

# Few rows, read from the start by every process before it serves.
ERASURES = "create index erasures on event (log, position) where type = 'subject-erased'"

COMMAND = """
create table command (
    id             uuid   primary key,
    log            text   not null,
    fingerprint    bytea  not null,
    first_position bigint,
    last_position  bigint
)
"""

READABLE = """
create view event_json as
select log, position, stream_id, version, type, schema_version, territory, actor, command_id,
       correlation_id, causation_id, origin, occurred_at, recorded_at,
       convert_from(payload, 'UTF8')::jsonb as payload
from event
"""

CURSOR = """
create table cursor (
    subscription text   not null,
    log          text   not null,
    position     bigint not null,
    recorded_at  timestamptz,
    primary key (subscription, log)
)
"""

# Under the lock of the log:
#   1. losers are found: a known command id is a duplicate, a wrong version is a conflict, and what
#      was decided after a loser on the same stream (k_after) is a conflict too;
#   2. winners get positions last + 1, last + 2, … and one recorded_at that never runs backwards;
#   3. their events go in depth by depth (the nth event of a stream within the group has depth n),
#      so that each finds the hash before it; then their ids.
# The caller numbers commands and events from 1. Events come sorted by depth, each with its place
# in the order of the commands; d_last says where each depth ends. Sequential scans are off: the
# plans are cached, and the first group may meet empty tables.
APPEND = """
create function append_events(
    p_log text, p_cause timestamptz, d_last int[],
    c_id uuid[], c_fingerprint bytea[], c_first int[], c_last int[],
    k_command int[], k_after int[], k_stream uuid[], k_version int[],
    e_command int[], e_place int[], e_stream uuid[], e_version int[], e_type text[],
    e_schema smallint[], e_territory text[], e_actor text[], e_correlation uuid[],
    e_causation uuid[], e_origin text[], e_occurred timestamptz[], e_payload bytea[],
    e_digest bytea[]
) returns table (last_before bigint, recorded timestamptz, duplicates int[], conflicts int[])
language plpgsql volatile
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set plan_cache_mode = force_generic_plan
as $$
declare
    v_last bigint; v_recorded timestamptz; v_moment bytea;
    v_duplicates int[]; v_conflicts int[]; v_losers int[]; v_positions bigint[]; v_check record;
    a int := 1; z int;
begin
    perform pg_advisory_xact_lock(hashtextextended(p_log, 0));

    select position, recorded_at into v_last, v_recorded
    from event where log = p_log order by position desc limit 1;
    v_last := coalesce(v_last, 0);
    v_recorded := greatest(clock_timestamp(), v_recorded, p_cause);
    v_moment := int8send((extract(epoch from v_recorded) * 1000000)::bigint);

    select array_agg(c.n) into v_duplicates
    from unnest(c_id) with ordinality c(id, n)
    where exists (select from command where command.id = c.id);

    select array_agg(k.command) into v_conflicts
    from unnest(k_command, k_after, k_stream, k_version) k(command, after, stream, version)
    where k.after = 0 and k.version <>
        coalesce((select max(e.version) from event e where e.stream_id = k.stream), 0);

    if v_duplicates is null and v_conflicts is null then
        v_positions := array(select v_last + i from generate_series(1, cardinality(e_command)) i);
    else
        v_losers := v_duplicates || v_conflicts;
        for v_check in
            select k.command, k.after from unnest(k_command, k_after) k(command, after)
            where k.after > 0 order by k.command
        loop
            if v_check.after = any(v_losers) and not v_check.command = any(v_losers) then
                v_conflicts := v_conflicts || v_check.command;
                v_losers := v_losers || v_check.command;
            end if;
        end loop;
        select array_agg(case when e.won then v_last + e.place end order by e.n) into v_positions
        from (
            select n, not command = any(v_losers) as won,
                   count(*) filter (where not command = any(v_losers)) over (order by n) as place
            from unnest(e_command, e_place) u(command, n)
        ) e;
    end if;

    foreach z in array d_last loop
        insert into event
        select p_log, e.position, e.stream, e.version, e.type, e.schema, e.territory, e.actor,
               c_id[e.command], e.correlation, e.causation, e.origin, e.occurred, v_recorded,
               e.payload, e.digest,
               sha256(case when e.version = 1 then decode(repeat('00', 32), 'hex') else
                   (select p.hash from event p
                    where p.stream_id = e.stream and p.version = e.version - 1) end
                   || e.digest || int8send(e.position) || v_moment)
        from (
            select v_positions[u.place] as position, u.*
            from unnest(e_command[a:z], e_place[a:z], e_stream[a:z], e_version[a:z], e_type[a:z],
                        e_schema[a:z], e_territory[a:z], e_actor[a:z], e_correlation[a:z],
                        e_causation[a:z], e_origin[a:z], e_occurred[a:z], e_payload[a:z],
                        e_digest[a:z])
                 u(command, place, stream, version, type, schema, territory, actor,
                   correlation, causation, origin, occurred, payload, digest)
        ) e
        where e.position is not null;
        a := z + 1;
    end loop;

    insert into command
    select c.id, p_log, c.fingerprint, v_positions[c.first], v_positions[c.last]
    from unnest(c_id, c_fingerprint, c_first, c_last) with ordinality
         c(id, fingerprint, first, last, n)
    where v_losers is null or not c.n = any(v_losers);

    return query select v_last, v_recorded, v_duplicates, v_conflicts;
end
$$
"""


def upgrade() -> None:
    role = context.config.attributes["role"]
    for statement in (EVENT, ERASURES, COMMAND, READABLE, CURSOR, APPEND):
        op.execute(statement)
    op.execute(f'grant select, insert on event, command to "{role}"')
    op.execute(f'grant select on event_json to "{role}"')
    op.execute(f'grant select, insert, update, delete on cursor to "{role}"')
    for schema in ("read", "read_next", "read_old"):
        op.execute(f'create schema {schema} authorization "{role}"')
