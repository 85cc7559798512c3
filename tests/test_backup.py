"""Back-up and restore, as a scheduled job runs them: whole, checked, killed half-way."""

import os
import signal
import subprocess
import time
import zipfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from odoo.tests import get_db_name

ROOT = Path(__file__).parents[1]


def script(name, *arguments, **environment):
    """Run a script of the project; returns what it did."""
    return subprocess.run(
        [ROOT / "scripts" / name, *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def settings():
    """Where the cluster is, as the scripts wrote it."""
    lines = (ROOT / ".run" / "postgres.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def ask(database, sql):
    """Answer of one query, in a connection of its own."""
    place = settings()
    with closing(
        psycopg2.connect(dbname=database, host=place["PGHOST"], user=place["PGUSER"])
    ) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            cr.execute(sql)
            return cr.fetchall() if cr.description else None


@pytest.fixture
def restored():
    """Name of a database that is dropped afterwards."""
    name = f"{get_db_name()}_restored"
    yield name
    ask("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def test_a_nightly_back_up_is_read_back_and_comes_to_life_again(tmp_path, restored):
    database = get_db_name()
    old = [tmp_path / f"{database}-2020-01-0{day}-0200.zip" for day in (1, 2, 3)]
    for file in old:
        file.touch()
    (tmp_path / f"{database}-2020-01-04-0200.zip.unfinished").touch()

    stored = ROOT / ".run" / "data" / "filestore" / database / "ba" / "back-up-test"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_text("a file of the school")
    done = script("backup", "--nightly", database, tmp_path, KEEP="3")

    assert done.returncode == 0, done.stderr
    assert "seals unbroken" in done.stderr
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names[:2] == [old[1].name, old[2].name], "the newest three stay"
    assert len(names) == 3
    with zipfile.ZipFile(tmp_path / names[2]) as made:
        assert "dump.sql" in made.namelist()
        assert "filestore/ba/back-up-test" in made.namelist()
    [(told,)] = ask(database, "SELECT max(backup_at) FROM ejournal_settings")
    assert told is not None

    done = script("restore", tmp_path / names[2], restored)

    assert done.returncode == 0, done.stderr
    count = "SELECT count(*) FROM res_users"
    assert ask(restored, count) == ask(database, count)
    again = script("restore", tmp_path / names[2], restored)
    assert again.returncode == 1
    assert "there is a database" in again.stderr


def test_a_damaged_file_is_refused_and_leaves_nothing(tmp_path, restored):
    file = tmp_path / "damaged.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("dump.sql", "SELECT no_such_function();")
    done = script("restore", file, restored)
    assert done.returncode == 1
    assert "could not be restored" in done.stderr
    databases = "SELECT datname FROM pg_database WHERE datname LIKE '%\\_restored%'"
    assert ask("postgres", databases) == []


def test_a_back_up_killed_half_way_leaves_no_file_that_looks_whole(tmp_path):
    database = get_db_name()
    file = tmp_path / "night.zip"
    process = subprocess.Popen(
        [ROOT / "scripts" / "backup", database, file],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    unfinished = tmp_path / "night.zip.unfinished"
    deadline = time.monotonic() + 120
    while not unfinished.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not file.exists()
    assert script("backup", database, file).returncode == 0
    assert zipfile.is_zipfile(file)
