# Sourced by every script: where things are, how to speak to the user, how to do a step only once.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
ADDONS=(school_ejournal school_ejournal_portal school_ejournal_reports)
RUN_DIR=$ROOT/.run
ODOO_DIR=$ROOT/.odoo
VENV=$ROOT/.venv
PYTHON_IN_VENV=$VENV/bin/python
LINT_VENV=$ROOT/.venv-lint
NODE_MODULES=$ROOT/node_modules
DB_USER=ejournal
# Caches of bytecode belong to us, not to the addon folders that a school copies.
export PYTHONPYCACHEPREFIX=$RUN_DIR/pycache
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$@" >&2; }

die() {
    printf '\nStopped: %s\n' "$1" >&2
    shift
    if (($#)); then printf '  %s\n' "$@" >&2; fi
    exit 1
}

# One line when a long step begins, one with its time when it ends.
timed() {
    local title=$1 began=$SECONDS
    shift
    say "… $title"
    "$@"
    say "  done in $((SECONDS - began)) s: $title"
}

hash_of() { sha256sum | cut -c1-32; }

# with_lock NAME PROGRAM…: several people may start scripts in one tree; who comes second waits.
# -o: a server that the program leaves running must not hold the lock.
with_lock() {
    local file=$RUN_DIR/locks/$1
    shift
    mkdir -p "$RUN_DIR/locks"
    [[ -w $RUN_DIR/locks ]] || die "$ROOT was set up by another user." "Work as that user, or let him run: make clean"
    flock -n "$file" true || say "… waiting for another run in this folder (${file##*/})"
    flock -o "$file" "$@"
}

# A step is done when its folder holds a stamp with the hash of the step's inputs. The stamp is
# written last: an interrupted step has none and is done again.
is_stamped() { [[ -f $1/.stamp && $(<"$1/.stamp") == "$2" ]]; }

stamp() { printf '%s' "$2" >"$1/.stamp"; }

need_disk_space() {
    local folder=$1 megabytes=$2 free
    free=$(df -Pm "$folder" | awk 'NR == 2 {print $4}')
    ((free >= megabytes)) || die "only $free MB are free in $folder, about $megabytes MB are needed." \
        "Free some space (for instance 'make clean' in old copies of this project), then run it again."
}

# Odoo 19 runs on 3.10 to 3.13; the pinned packages have wheels from 3.11 on.
python_command() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    die "Python 3.11, 3.12 or 3.13 is needed; ${PYTHON:-python3} is: $("${PYTHON:-python3}" --version 2>&1 || true)." \
        "Install one of them, or name it: make setup PYTHON=/path/to/python3.12"
}

# The folder of initdb and postgres, the newest version if there are several.
postgres_programs() {
    local folder
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) "$(pg_config --bindir 2>/dev/null || true)"; do
        if [[ -x $folder/initdb ]]; then
            echo "$folder"
            return
        fi
    done
}

# Sets PGHOST and PGUSER, so that psql, createdb and Odoo find our cluster.
use_cluster() {
    # shellcheck source=/dev/null
    source "$RUN_DIR/postgres.env"
    export PGHOST PGUSER
    unset PGPORT PGPASSWORD PGDATABASE PGSERVICE
}
