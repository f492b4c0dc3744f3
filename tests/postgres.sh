#!/usr/bin/env bash
# A throw-away PostgreSQL for the tests: on a free loopback port, in a temporary folder, with a random password.
#   eval "$(tests/postgres.sh start)"    starts it (or finds the one that runs) and sets PLR_TEST_POSTGRES
#   tests/postgres.sh stop               stops it and removes its folder
# Durability stays on, as in service: the store asserts it at start.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
state="$root/TestResults/postgres"      # holds the folder's name; ignored by git
bin=${PLR_POSTGRES_BIN:-$(ls -d /usr/lib/postgresql/*/bin /usr/local/pgsql/bin 2>/dev/null | sort -V | tail -1 || true)}
bin=${bin:-$(dirname "$(command -v initdb || echo /usr/bin/initdb)")}

# initdb refuses root
as_owner() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
    while :; do
        local port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
    done
}

start() {
    if [ -f "$state" ] && folder=$(cat "$state") && [ -d "$folder" ] && as_owner "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; then
        cat "$folder/export"
        return
    fi
    [ -x "$bin/initdb" ] || { echo "PostgreSQL 15 or later is not installed; set PLR_POSTGRES_BIN to the folder of initdb." >&2; exit 1; }
    local folder port password
    folder=$(mktemp -d -t plr-postgres.XXXXXX)
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    printf '%s\n' "$password" >"$folder/password"
    if [ "$(id -u)" = 0 ]; then chown -R postgres "$folder"; fi
    as_owner "$bin/initdb" -D "$folder/data" -U plr --pwfile="$folder/password" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
    port=$(free_port)
    as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -s start \
        -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='$folder' -c max_connections=300" >&2 \
        || { cat "$folder/server.log" >&2; exit 1; }
    echo "export PLR_TEST_POSTGRES='Host=127.0.0.1;Port=$port;Username=plr;Password=$password;Database=postgres'" >"$folder/export"
    mkdir -p "$(dirname "$state")"
    echo "$folder" >"$state"
    cat "$folder/export"
}

stop() {
    [ -f "$state" ] || return 0
    local folder
    folder=$(cat "$state")
    if [ -d "$folder/data" ]; then
        as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1 || true
        rm -rf "$folder"
    fi
    rm -f "$state"
}

case "${1:-}" in
    start) start ;;
    stop) stop ;;
    *) echo "usage: tests/postgres.sh start|stop" >&2; exit 2 ;;
esac
