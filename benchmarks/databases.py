"""Databases of the benchmarks, by PostgreSQL's own client."""

import os
import subprocess


def copy_database(source, target):
    """Make a database anew as a copy; nobody may be connected to the source."""
    drop_database(target)
    query(f"CREATE DATABASE {target} TEMPLATE {source} STRATEGY file_copy")


def drop_database(name):
    query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def comment_of(name):
    """What a database is stamped with; empty when there is none."""
    return query(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
        f"WHERE datname = '{name}'"
    )


def stamp(name, text):
    query(f"COMMENT ON DATABASE {name} IS '{text}'")


def query(text):
    command = ["psql", "-X", "-A", "-t", "-q", "-d", "postgres", "-c", text]
    env = {**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()
