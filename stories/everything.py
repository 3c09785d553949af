"""`make test`: every check there is, on both databases and in a real browser, and what was skipped.

Run by the environment's Python. As root it installs what the machine lacks (PostgreSQL, Chromium, Chinese
fonts, Node) with apt; otherwise the parts that need them are skipped, told at the end, and fail the run only
where CI is set.
"""

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from . import chromium, postgres

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PACKAGES = {
    "postgresql": "postgresql",
    "chromium": chromium.PACKAGE,
    "fonts": "fonts-noto-cjk",
    "node": "nodejs",
}
# What asks no database, or only by rules, pages and doors whose queries and actions are tried on both by
# their own packages, by the two journeys and by the demonstration: once, on SQLite.
ONCE = [
    "shangliang/base/ui",
    "shangliang/base/clock",
    "shangliang/base/files/tests/test_files.py",
    "shangliang/base/files/tests/test_tables.py",
    "shangliang/base/people/tests/test_second_factor.py",
    "shangliang/base/people/tests/test_office_sign_in.py",
    "shangliang/flow/studios/tests/test_charts.py",
    "shangliang/flow/voices/tests/test_chart.py",
    "shangliang/flow/voices/tests/test_clock_table.py",
    "shangliang/ledgers/points/tests/test_engine.py",
    "shangliang/site/departments",
    "shangliang/site/desk",
    "shangliang/site/leaders",
    "shangliang/site/portal",
    "shangliang/site/workbench",
    "stories/test_starting.py",
    "stories/test_house.py",
    "stories/test_words.py",
    "stories/test_words_on_pages.py",
    "stories/test_help.py",
    "stories/test_titles.py",
    "stories/test_speeches.py",  # the figures' own tests ask both
    "shangliang/site/console/tests/test_practice.py",
    "stories/test_every_door.py",
    "stories/test_who_may.py",
    "stories/test_who_may_http.py",
    "stories/test_who_may_http_forms.py",
    "stories/test_who_may_http_moves.py",
    "stories/test_one_visibility.py",
    "stories/test_safe_answers.py",
    "stories/test_payload_sweep.py",
    "stories/journeys/test_phone.py",
    "stories/journeys/test_phone_again.py",
    "stories/test_advisories.py",
    "opinionmap/tests",
    "bench/tests",
    "prove/tests",
    "supply/tests",
]
skipped: list[str] = []
failed: list[str] = []


def main() -> int:
    began = time.monotonic()
    os.chdir(ROOT)
    os.environ["SHANGLIANG_MODE"] = "test"
    # Many tests start processes: each would compile all modules anew where the environment keeps none.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / "var" / "compiled")
    install_what_is_missing()
    if not node():
        skipped.append("the journal's independent verifier: there is no Node (Debian: apt install nodejs)")
    part("words", [BIN / "pybabel", "-q", "compile", "-d", "locale", "-D", "django"])
    # what many tests begin from is made beside the checks, which keep one core busy
    making = subprocess.Popen([sys.executable, "-m", "stories.kept"], stdout=subprocess.DEVNULL)
    part("checks", ["make", "--no-print-directory", "check"])
    if making.wait():
        failed.append("the demonstration, from which many tests begin")
    sqlite = postgresql = ["-m", "not browser"]
    if Path(chromium.path()).exists():
        sqlite, postgresql = [], ["-m", "journey or not browser"]
    else:
        skipped.append(f"the browser's journeys: there is no {chromium.path()} (set CHROMIUM)")
    with ExitStack() as until_the_end:
        beside = None
        if postgres.programs():
            once = [f"--ignore={path}" for path in ONCE]
            cluster = until_the_end.enter_context(postgres.cluster())
            own = {"SHANGLIANG_VAR": until_the_end.enter_context(TemporaryDirectory(prefix="var-"))}
            asked = pytest(*postgresql, "-k", "not TestTheChild", *once, workers=1)
            beside = Thread(
                target=part, args=("PostgreSQL", asked, cluster.environment | own), kwargs={"later": True}
            )
            beside.start()
        else:
            skipped.append("everything on PostgreSQL: it is not installed (Debian: apt install postgresql)")
        part("SQLite", pytest(*sqlite, workers=2))
        if beside:
            beside.join()
    return summary(time.monotonic() - began)


def pytest(*more: str, workers: int) -> list[str | Path]:
    """Workers take one file after the other, in the order that the root's conftest gives. Those of SQLite and
    the one of PostgreSQL work side by side, on two cores: most of them wait at times, for a browser, for a
    process that they started, or for the last file of another."""
    share = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    return [BIN / "pytest", *share, "-q", "--durations=5", *more]


def part(
    name: str, command: list[str | Path], environment: dict[str, str] | None = None, *, later: bool = False
) -> None:
    """`later`: what it says is told when it has ended, so that it does not mix with another's."""
    began, own = time.monotonic(), {**os.environ, **(environment or {})}
    words = [str(word) for word in command]
    if later:
        done = subprocess.run(
            words, env=own, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        print(f"\n── {name}\n{done.stdout}", end="", flush=True)
    else:
        print(f"\n── {name}", flush=True)
        done = subprocess.run(words, env=own, check=False, text=True)
    seconds = time.monotonic() - began
    print(f"── {name}: {'ok' if done.returncode == 0 else 'FAILED'}, {seconds:.0f} s", flush=True)
    if done.returncode:
        failed.append(name)


def install_what_is_missing() -> None:
    missing = [PACKAGES["postgresql"]] if not postgres.programs() else []
    missing += [PACKAGES["chromium"]] if not Path(chromium.path()).exists() else []
    missing += [PACKAGES["fonts"]] if not list(Path("/usr/share/fonts").glob("**/NotoSansCJK*")) else []
    missing += [PACKAGES["node"]] if not node() else []
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        print("── apt installs", *missing, flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-q", "update"], env=environment, stdout=subprocess.DEVNULL, check=False)
        install = ["apt-get", "-q", "-y", "--no-install-recommends", "install", *missing]
        subprocess.run(install, env=environment, stdout=subprocess.DEVNULL, check=False)


def node() -> str | None:
    return shutil.which("node") or shutil.which("nodejs")


def summary(seconds: float) -> int:
    print(f"\n── {seconds / 60:.1f} minutes")
    for words in skipped:
        print(f"SKIPPED: {words}")
    for name in failed:
        print(f"FAILED: {name}")
    if failed or (skipped and os.environ.get("CI")):
        return 1
    print("Everything that ran is in order.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
