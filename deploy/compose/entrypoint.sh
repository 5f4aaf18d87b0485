#!/bin/sh
# Before every command of the image: the mounted passwords become one password file, as PostgreSQL's
# clients know it. They refuse a file that others may read, and a mounted secret is one.
set -eu

(
    umask 077
    for secret in /run/secrets/*_password; do
        [ -f "$secret" ] || continue
        printf '*:*:*:%s:%s\n' "$(basename "$secret" _password)" "$(cat "$secret")"
    done > "$PGPASSFILE"
)

exec "$@"
