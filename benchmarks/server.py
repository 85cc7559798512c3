"""An Odoo server of our own on the loopback, and a client that calls it as a browser."""

import http.client
import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

_HOST = "127.0.0.1"
_PATIENCE = 120  # seconds until the server must answer
_LONGEST_ERROR = 20_000  # bytes


class Server:
    """One threaded process, as `odoo` starts it without workers.

    :param prefix: databases whose names begin so are served
    """

    def __init__(self, prefix):
        self.port = _free_port()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "odoo"),
                f"--db-filter=^{prefix}",
                f"--http-interface={_HOST}",
                f"--http-port={self.port}",
                "--max-cron-threads=0",
                "--workers=0",
                "--log-level=error",
            ],
        )
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError("the server stopped by itself")
            try:
                socket.create_connection((_HOST, self.port), timeout=1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("the server does not answer")

    def client(self, database, login):
        """A browser's session of a user whose password is the login."""
        return Client(self.port, database, login)

    @property
    def pid(self):
        return self._process.pid

    def peak_memory(self):
        """The most memory the process ever held, MB."""
        return peak_memory(self._process.pid)

    def stop(self):
        self._process.terminate()
        self._process.wait()


def peak_memory(process="self"):
    """The most memory a process ever held, MB."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell how much memory a process had")


def _free_port():
    with socket.socket() as found:
        found.bind((_HOST, 0))
        return found.getsockname()[1]


@contextmanager
def running(prefix):
    """A :class:`Server` that is stopped whatever happens."""
    server = Server(prefix)
    try:
        yield server
    finally:
        server.stop()


class Client:
    """JSON-RPC with a session's cookie, one connection a call, as Odoo closes each."""

    def __init__(self, port, database, login):
        self._port = port
        self._cookie = ""
        self._post(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": login},
        )

    def noop(self):
        """The cheapest call with a login: Odoo checks the session and does nothing."""
        return self._post("/web/session/check", {})

    def send(self, model, method, *args):
        """Call a method of a model as the web client does.

        :returns: the answer's bytes, not read yet
        """
        return self._post(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": {}},
        )

    def call(self, model, method, *args):
        """:meth:`send`, with the answer read."""
        return _result(self.send(model, method, *args))

    def _post(self, path, params):
        connection = http.client.HTTPConnection(_HOST, self._port, timeout=600)
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {"Content-Type": "application/json", "Cookie": self._cookie}
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        answer = response.read()
        cookie = response.getheader("Set-Cookie", "")
        connection.close()
        if "session_id" in cookie:
            self._cookie = cookie.split(";")[0]
        # an error is answered with 200 as well; its text is not worth a search
        if len(answer) < _LONGEST_ERROR:
            _result(answer)
        return answer


def _result(answer):
    answer = json.loads(answer)
    if "error" in answer:
        raise RuntimeError(answer["error"]["data"]["message"])
    return answer.get("result")
