"""A private PostgreSQL cluster for tests and proofs, thrown away afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=128MB"


def programs() -> Path | None:
    """The folder of initdb and its like, of the newest version; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


@dataclass(frozen=True)
class Cluster:
    """A running cluster. `environment` is what the settings read."""

    folder: Path
    port: int
    options: str

    @property
    def environment(self) -> dict[str, str]:
        address = f"postgres://postgres@127.0.0.1:{self.port}"
        return {"DATABASE_URL": f"{address}/shangliang", "KEYRING_URL": f"{address}/keyring"}

    def start(self) -> None:
        listen = f"-p {self.port} -k {self.folder} -h 127.0.0.1"
        self._control("-l", str(self.folder / "log"), "-o", f"{listen} {self.options}", "start")

    def stop(self, how: str = "immediate") -> None:
        """`immediate` is a crash without the machine's: nothing is flushed, the next start recovers."""
        self._control("-m", how, "stop")

    def create(self) -> None:
        initdb = [*_as_postgres(), str(_found() / "initdb"), "-A", "trust", "-U", "postgres", "-E", "UTF8"]
        subprocess.run([*initdb, "-D", str(self.folder / "data")], check=True, stdout=subprocess.DEVNULL)

    def _control(self, *words: str) -> None:
        control = [*_as_postgres(), str(_found() / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-s"]
        subprocess.run([*control, *words], check=True)


def _found() -> Path:
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL is not installed (Debian: apt install postgresql)")
    return found


def _as_postgres() -> list[str]:
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it refuses to run as root


@contextmanager
def cluster(options: str = QUICK) -> Iterator[Cluster]:
    """A new cluster on a free port. Without `options` it keeps what it acknowledged, as in production."""
    folder = Path(tempfile.mkdtemp(prefix="shangliang-postgres-"))
    if _as_postgres():
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Cluster(folder, port, options)
    try:
        made.create()
        made.start()
        yield made
    finally:
        with suppress(subprocess.CalledProcessError):  # it had been stopped, or killed
            made.stop()
        shutil.rmtree(folder, ignore_errors=True)
