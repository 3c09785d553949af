"""A whole site in a folder of its own: database, worker and server as `make demo` starts them."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

from . import kept

ROOT = Path(__file__).resolve().parent.parent
LOGIN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Site:
    """`with Site(folder) as site: site.address`. `site.codes`: tracking codes by label; `site.password`."""

    def __init__(self, folder: Path, *, seconds: int = 240) -> None:
        self.folder, self.seconds = folder, seconds
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = folder / "said.txt"

    def __enter__(self) -> "Site":
        shutil.copytree(kept.demonstration(), self.folder, dirs_exist_ok=True)
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "KEYRING_URL")}
        environment |= {"SHANGLIANG_MODE": "demo", "SHANGLIANG_VAR": str(self.folder), "PORT": str(self.port)}
        command = [sys.executable, "manage.py", "serve", "--demo"]
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait()
        except RuntimeError:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind: type | None, fault: BaseException | None, where: TracebackType | None) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def _wait(self) -> None:
        until = time.monotonic() + self.seconds
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(self.address + "/about/", timeout=5) as answer:  # noqa: S310
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.3)
        raise RuntimeError(f"The site did not start:\n{self.said.read_text('utf-8')}")

    def one(self, question: str) -> str:
        """One cell of the site's own database, read beside the running server."""
        with sqlite3.connect(f"file:{self.folder / 'shangliang.sqlite3'}?mode=ro", uri=True) as database:
            return str(database.execute(question).fetchone()[0])

    @property
    def password(self) -> str:
        """As it is printed."""
        found = re.search(r"密码\s+(\S+)", self.said.read_text("utf-8"))
        assert found, "no password was printed"
        return found[1]

    def code(self, label: str) -> str:
        """The tracking code of a sample voice, as it is printed."""
        found = re.search(
            rf"^\s+((?:\w{{4}} ?){{3}})\s.*（{label}）$", self.said.read_text("utf-8"), re.MULTILINE
        )
        assert found, f"no code was printed for {label}"
        return found[1].strip()
