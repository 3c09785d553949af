"""What the desk's queue, a search, similar voices and the overdue list cost in a county of 100,000 voices.

    python -m bench.many [N]

Two databases are filled, one with a thousand voices and one with N, and each page is asked in both: CPU
milliseconds drawn anew (least of seven), the ratio to a bare view of the same run, the ratio to its own SQL
asked alone, and what it costs among N over what it costs among a thousand: both in bare views, as the second
run may meet a machine of another speed. Prints a table, and exits with 1 when a figure is over its bar. The
words are put together from the demonstration's, in 示例省."""

import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

os.environ["SHANGLIANG_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")

FEW, MANY, BATCH = 1_000, 100_000, 2_000
ROUNDS = 7
SEED = 990101
WORDS = (
    "路灯",
    "井盖",
    "水渠",
    "村道",
    "医保",
    "垃圾",
    "公厕",
    "学校",
    "低保",
    "电表",
    "污水",
    "班车",
    "药店",
    "围墙",
    "水管",
    "养老",
)
SAYS = (
    "{a}家门口的{w}坏了{n}天，{b}那边也一样。",
    "{a}到{b}的{w}没人管，说过{n}回了。",
    "想问问{a}的{w}几时修，{b}修好都{n}个月了。",
    "{a}的{w}能不能挪到{b}，{n}户人都愿意。",
)
PLACES = [
    f"{first}{second}{kind}"
    for first in "东西南北上下新老"
    for second in "河坝关桥坪沟"
    for kind in ("村", "社区", "巷")
]
# state: of a hundred voices, how many. The same share is late and named at either size.
STATES = {"received": 3, "taken_up": 4, "assigned": 5, "answered": 4, "refused": 9, "closed": 75}
NAMED = 4  # of a hundred, all of them with a department
# name → (how the address is asked, the most it may cost among N over among a thousand, the most bare views)
BARS = {
    "desk queue": (1.3, None),
    "search": (1.3, None),
    "overdue list": (1.3, None),
    "similar voices": (4.0, 25),
}


@dataclass(frozen=True)
class Cost:
    """Of one page among so many voices."""

    milliseconds: float
    bare: float  # times a bare view
    sql: float  # times its own SQL, asked alone
    queries: int


def main() -> int:
    if sys.argv[1:2] == ["--fill"]:
        print(json.dumps({name: asdict(cost) for name, cost in measured(int(sys.argv[2]))}))
        return 0
    many = int(sys.argv[1]) if sys.argv[1:] else MANY
    few, much = among(FEW), among(many)
    print(f"{'page':<16}{'ms':>8}{'bare':>7}{'SQL':>7}{'asked':>7}{f'of {FEW:,}':>10}  bar")
    over = 0
    for name, (most, views) in BARS.items():
        cost, before = much[name], few[name]
        rise = cost["bare"] / before["bare"]
        wrong = [f"{rise:.2f} > {most}"] if rise > most else []
        wrong += [f"{cost['bare']:.1f} bare views > {views}"] if views and cost["bare"] > views else []
        over += bool(wrong)
        print(
            f"{name:<16}{cost['milliseconds']:>8.2f}{cost['bare']:>7.1f}{cost['sql']:>7.1f}{cost['queries']:>7}"
            f"{rise:>10.2f}  {'; '.join(wrong) or 'ok'}"
        )
    return 1 if over else 0


def among(number: int) -> dict[str, dict[str, float]]:
    """The costs among so many voices, in a process and a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        own = os.environ | {"SHANGLIANG_VAR": folder}
        command = [sys.executable, "-m", "bench.many", "--fill", str(number)]
        done = subprocess.run(command, env=own, stdout=subprocess.PIPE, text=True, check=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(number: int) -> Iterator[tuple[str, Cost]]:
    import django

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.management import call_command
    from django.test.client import Client
    from django.test.utils import override_settings

    from demo import load
    from shangliang.base.interpreter import roomy
    from shangliang.base.people.models import Person

    from .measure import Browser, signed_in

    for database in ("default", "keyring"):
        call_command("migrate", database=database, verbosity=0)
    call_command("createcachetable", verbosity=0)
    told = load.load()
    last = fill(told, number)
    with override_settings(ROOT_URLCONF="bench.urls"):
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(Person.objects.get(username="officer"))
        handler = roomy(WSGIHandler())
        officer, stranger = Browser(handler, signed_in(client)), Browser(handler)
        for name, browser, address in (
            ("desk queue", officer, "/desk/?tab=received"),
            ("search", stranger, "/search/?" + urlencode({"q": "路灯"})),
            ("overdue list", stranger, "/overdue/?under=990101"),
            ("similar voices", officer, f"/desk/voices/{last}/similar/"),
        ):
            yield name, cost(browser, address, part=browser is officer)


def fill(told: Any, number: int) -> str:
    """So many voices in 清溪县, by the rows and not by the actions, which would take an hour.

    Returns the code of the newest one that waits."""
    from django.db import connection, transaction

    from shangliang.base import search
    from shangliang.base.search import actions
    from shangliang.flow.studios.models import Studio
    from shangliang.flow.voices.models import Voice

    draw, made = random.Random(SEED), 0  # noqa: S311, nothing secret
    studio = Studio.objects.select_related("committee").get(code=told.studios["chengguan"])
    lamps = told.departments["lamps"]
    while made < number:
        rows = [_voice(draw, studio, lamps, made + n) for n in range(min(BATCH, number - made))]
        with transaction.atomic(), transaction.atomic(using="keyring"):
            keys(rows)
            Voice.objects.bulk_create(rows)
        made += len(rows)
    for kind in ("voice", "shown_voice"):
        search.rebuild(kind)
    actions.tidy()  # as every night
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return str(Voice.objects.filter(state="received", number__startswith="测").latest("pk").code)


def keys(rows: list[Any]) -> None:
    """A key for each one's person, all drawn at once."""
    from shangliang.base.people.models import PersonKey
    from shangliang.base.people.personal import keyring

    for row in rows:
        row.__dict__["_key"] = secrets.token_bytes(32)
    master = keyring.master()
    PersonKey.objects.bulk_create(
        PersonKey(person=row.person, box=master.wrap(row.person, row.__dict__["_key"])) for row in rows
    )


def _voice(draw: random.Random, studio: Any, department: Any, number: int) -> Any:
    from django.utils import timezone

    from shangliang.base import clock
    from shangliang.flow.voices.models import Voice

    today, now = clock.today(), timezone.now()
    state = draw.choices(list(STATES), list(STATES.values()))[0]
    words = draw.choice(SAYS).format(
        a=draw.choice(PLACES), b=draw.choice(PLACES), w=draw.choice(WORDS), n=draw.randint(2, 60)
    )
    left = now - timedelta(minutes=(MANY - number) * 5 % 500_000)
    waits = state in ("received", "taken_up", "assigned")
    row = Voice(
        number=f"测{number:08d}", studio=studio, committee=studio.committee, words=words, state=state,
        kind=draw.choice(("help", "question", "suggestion", "complaint")), public=draw.random() < 0.6,
        code_hash=f"{number:064d}", said_on=left.date(), left_at=left,
        due_by=today + timedelta(days=draw.randint(0, 12)) if waits else None,
    )  # fmt: skip
    if row.public and state != "received":
        row.review, row.first_shown_at = "shown", left
    if state == "assigned":
        row.department, row.assigned_on, row.send_back_by = department, left.date(), today
        row.answer_by = row.due_by
        if draw.random() < NAMED / STATES["assigned"]:
            row.due_by = row.answer_by = today - timedelta(days=draw.randint(5, 40))
            row.rung = "listed"
    if state in ("answered", "closed"):
        row.answered_on, row.answered_by = left.date(), "studio"
    return row


def cost(browser: Any, address: str, *, part: bool) -> Cost:
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from .measure import Browser

    stranger = Browser(browser.handler)

    def drawn() -> Any:
        caches["pages"].clear()
        return browser.ask(address, part=part)

    with CaptureQueriesContext(connection) as asked:
        status, _body = drawn()
    if status != 200:
        raise RuntimeError(f"{address} was answered {status}")
    number = len(asked)
    statements = [row["sql"] for row in asked.captured_queries if row["sql"].startswith("SELECT")]

    def alone() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()

    times = [(_time(drawn), _time(alone), _time(lambda: stranger.ask("/bare/"))) for _ in range(ROUNDS)]
    page, sql, bare = map(min, zip(*times, strict=True))
    return Cost(page, page / bare, page / sql, number)


def _time(ask: Callable[[], object]) -> float:
    began = time.process_time()
    ask()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
