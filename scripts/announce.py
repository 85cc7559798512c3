"""Wait until the server answers, then print its address and who may log in.

usage: announce.py PID HOST PORT LOGINS
"""

import os
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


def is_running(pid):
    """Whether the server's process is there at all."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def answers(url):
    """Whether the login page is served; asking for it also prepares its styles."""
    try:
        with urllib.request.urlopen(url, timeout=60) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def people_of(logins):
    """Return the table that the demo school left; a restored database has none."""
    return logins.read_text(encoding="utf-8") if logins.is_file() else ""


def main(pid, host, port, logins):
    """Poll twice a second; silent when the server has stopped by itself."""
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"
    while is_running(int(pid)):
        if answers(f"{address}/web/login"):
            people = people_of(Path(logins))
            print(
                f"\n{people}\n  School e-journal: {address}    (stop it with Ctrl+C)\n",
                flush=True,
            )
            return
        time.sleep(0.5)


main(*sys.argv[1:])
