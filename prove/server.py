"""The real server in a process group of its own, and people at it over HTTP."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
AWAY = (OSError, http.client.HTTPException)
Fields = Iterable[tuple[str, str]]


def serve(port: int) -> list[str]:
    """Server and worker, as in production."""
    return [sys.executable, "manage.py", "serve", "--port", str(port)]


def alone(port: int, workers: int = 2) -> list[str]:
    """The server alone, with two threads a process, more at once than production has."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning",
        "prove.site:application",
    ]  # fmt: skip


class Server:
    """`start`, `kill` what is named so, `ended`. The caller starts it anew, as a service manager would."""

    def __init__(self, environment: dict[str, str], command: object, **more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        plain = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "KEYRING_URL")}
        self.environment = plain | {"TRUSTED_PROXIES": "1"} | environment | more
        self.command = command(self.port)  # type: ignore[operator]
        self._out = tempfile.NamedTemporaryFile(prefix="prove-said-")  # noqa: SIM115  as long as the server
        self.said = Path(self._out.name)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, seconds: int = 90) -> None:
        """Returns once a public page is answered."""
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.environment, stdout=self._out, stderr=self._out,
            start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.ended:
            if self.answers():
                return
            time.sleep(0.1)
        raise RuntimeError(f"The server did not start:\n{self.said.read_text('utf-8')[-3000:]}")

    def answers(self, path: str = "/about/") -> bool:
        try:
            return Browser(self.port).get(path).status == 200
        except AWAY:
            return False

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self, named: str = "") -> int:
        """-9 to the group's processes with this word in their command line; to all without one. How many."""
        killed = 0
        for pid in self._called(named):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                killed += 1
        return killed

    def kill_one(self, named: str) -> int:
        """-9 to the youngest process of that name: of the web server's, one of its workers."""
        pids = self._called(named)
        for pid in pids[-1:]:
            os.kill(pid, signal.SIGKILL)
        return len(pids[-1:])

    def stop(self) -> None:
        """All of the group, and wait until the port is free."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while self._group():
            time.sleep(0.02)

    def _called(self, named: str) -> list[int]:
        """The group's processes with this word in their command line, but for what ends at this moment."""
        found = []
        for pid in self._group():
            with suppress(OSError):
                if named.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(pid)
        return found

    def _group(self) -> list[int]:
        """The living processes of the group that we started, oldest first."""
        assert self.process
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError):
                    state, _parent, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                    if int(group) == self.process.pid and state not in "ZX":
                        found.append(int(entry.name))
        return sorted(found)


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str
    retry_after: str


class Browser:
    """A visitor with cookies of their own and, behind the proxy, an address of their own."""

    def __init__(self, port: int, *, session: str = "", address: str = "127.0.0.1") -> None:
        self.port, self.address = port, address
        self.token = secrets.token_hex(16)
        self.cookies = {"csrftoken": self.token} | ({"sessionid": session} if session else {})

    def get(self, path: str, *, seconds: float = 30) -> Answer:
        return self._ask("GET", path, b"", {}, seconds)

    def post(
        self, path: str, said: Fields, *, key: str, seen: int = 1, photo: bytes = b"", seconds: float = 60
    ) -> Answer:
        """Send a form with its key. OSError or HTTPException when no whole answer came."""
        fields = [*said, ("key", key), ("seen", str(seen)), ("csrfmiddlewaretoken", self.token)]
        if not photo:
            kind = "application/x-www-form-urlencoded"
            return self._ask("POST", path, urlencode(fields).encode(), {"Content-Type": kind}, seconds)
        mark = "----shangliang"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields
        ]
        file = f'--{mark}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n'
        file += "Content-Type: image/jpeg\r\n\r\n"
        body = "".join([*parts, file]).encode() + photo + f"\r\n--{mark}--\r\n".encode()
        return self._ask(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"}, seconds
        )

    def _ask(self, how: str, path: str, body: bytes, headers: dict[str, str], seconds: float) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            own = {"Cookie": cookies, "X-Forwarded-For": self.address, **headers}
            line.request(how, path, body or None, own)
            got = line.getresponse()
            text = got.read().decode("utf-8", "replace")
        finally:
            line.close()
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.partition("=")
                self.cookies[cookie] = rest.partition(";")[0]
        return Answer(got.status, got.headers["Location"] or "", text, got.headers["Retry-After"] or "")
