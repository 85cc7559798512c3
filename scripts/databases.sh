# Sourced: databases with their filestores, and how a new one gets its modules.
# shellcheck shell=bash disable=SC2034
# A finished database carries a stamp (its comment): the hash of what it was made from. What has no
# stamp was interrupted and is made again.

# Odoo's own modules that the addons depend on; the addons installed, no demo school.
BASE_DB=ejournal_base
TEMPLATE_DB=ejournal_template

query() { psql -X -A -t -q -v ON_ERROR_STOP=1 -d "${QUERY_DB:-postgres}" "$@"; }

filestore_of() { echo "$RUN_DIR/data/filestore/$1"; }

db_exists() { [[ $(query -c "SELECT count(*) FROM pg_database WHERE datname = '$1'") == 1 ]]; }

db_stamp() { query -c "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"; }

stamp_db() { query -c "COMMENT ON DATABASE \"$1\" IS '$2'"; }

drop_db() {
    query -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)"
    rm -rf "$(filestore_of "$1")"
}

# Odoo never writes into a file of the filestore, so hard links are copies.
clone_db() {
    drop_db "$2"
    mkdir -p "$(filestore_of "$1")"
    cp -al "$(filestore_of "$1")" "$(filestore_of "$2")"
    query -c "CREATE DATABASE \"$2\" TEMPLATE \"$1\" STRATEGY file_copy"
}

# replace_db NEW OLD: NEW takes OLD's name.
replace_db() {
    drop_db "$2"
    mkdir -p "$(filestore_of "$1")"
    mv "$(filestore_of "$1")" "$(filestore_of "$2")"
    query -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
}

# A template that somebody is connected to cannot be cloned, so nobody may connect.
protect_db() { query -c "ALTER DATABASE \"$1\" WITH ALLOW_CONNECTIONS false"; }

# The addons' files that reach the database; assets and tests are read from disk.
addon_files() {
    find "${ADDONS[@]/#/$ROOT/}" \( -name __pycache__ -o -path '*/static' -o -path '*/readme' \) -prune -o \
        -type f ! -name '*.pyc' ! -name '*.md' ! -name '*.rst' ! -name pyproject.toml -print0 | sort -z
}

addons_hash() { { base_hash; addon_files | xargs -0 sha256sum; } | hash_of; }

base_hash() { { base_modules; cat "$ODOO_DIR/.stamp" "$ODOO_DIR/path"; } | hash_of; }

base_modules() {
    "$PYTHON_IN_VENV" "$ROOT/scripts/base_modules.py" "${ADDONS[@]/#/$ROOT/}"
}

# run_modules DB LOG -i|-u MODULES: Odoo installs or upgrades, module after module on the screen.
run_modules() {
    local db=$1 log=$2
    shift 2
    if ! ODOO_RC=$RUN_DIR/odoo.conf "$PYTHON_IN_VENV" -m odoo -d "$db" "$@" --stop-after-init --no-http \
        --max-cron-threads=0 </dev/null 2>&1 | tee "$log" | show_modules; then
        tail -n 25 "$log" >&2
        die "Odoo could not do: $*" "The whole log: $log"
    fi
}

show_modules() { sed -unE 's/.*odoo\.modules\.loading: Loading module (\w+) \(([0-9]+\/[0-9]+)\) *$/    \2 \1/p' >&2; }
