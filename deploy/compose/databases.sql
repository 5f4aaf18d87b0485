-- The services' roles and databases, made or brought to what they should be: may run at every start.
-- For psql, as a superuser: `secrets` is the folder with the file <role>_password of every role.
-- A service's role owns nothing; its owner makes tables, and is told to migrations only.

\set ON_ERROR_STOP on
set client_min_messages = warning;

create temporary table service_role (name text primary key, password text not null);
create temporary table service_database (name text primary key, role text not null);

\set territory `cat :'secrets'/territory_password`
\set territory_owner `cat :'secrets'/territory_owner_password`
\set grievance `cat :'secrets'/grievance_password`
\set grievance_owner `cat :'secrets'/grievance_owner_password`
\set volunteer `cat :'secrets'/volunteer_password`
\set volunteer_owner `cat :'secrets'/volunteer_owner_password`
\set points `cat :'secrets'/points_password`
\set points_owner `cat :'secrets'/points_owner_password`
\set dashboard `cat :'secrets'/dashboard_password`
\set dashboard_owner `cat :'secrets'/dashboard_owner_password`

insert into service_role values
    ('territory', :'territory'), ('territory_owner', :'territory_owner'),
    ('grievance', :'grievance'), ('grievance_owner', :'grievance_owner'),
    ('volunteer', :'volunteer'), ('volunteer_owner', :'volunteer_owner'),
    ('points', :'points'), ('points_owner', :'points_owner'),
    ('dashboard', :'dashboard'), ('dashboard_owner', :'dashboard_owner');

insert into service_database values
    ('territory', 'territory'), ('territory_keys', 'territory'),
    ('grievance', 'grievance'), ('grievance_keys', 'grievance'),
    ('volunteer', 'volunteer'), ('volunteer_keys', 'volunteer'),
    ('points', 'points'), ('points_keys', 'points'),
    ('dashboard', 'dashboard');

select format('create role %I', name)
from service_role where not exists (select from pg_roles where rolname = name)
\gexec

select format('alter role %I with login nosuperuser nocreatedb nocreaterole noreplication '
              'nobypassrls password %L', name, password)
from service_role
\gexec

-- A migration makes schemas that belong to the service's role.
select format('grant %I to %I', role, role || '_owner') from service_database group by role
\gexec

select format('create database %I owner %I', name, role || '_owner')
from service_database where not exists (select from pg_database where datname = name)
\gexec

select format('revoke all on database %I from public', name) from service_database
union all
select format('grant connect, temporary on database %I to %I', name, role) from service_database
\gexec
