"""Whatever is sent: charts keep to their edges, pages and forms never break, imports only refuse."""

import random
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from prove import grounds, tariffs
from prove.figure import Figure

EDGE = re.compile(r"^    (\S+) --> (\S+): (\w+)", re.MULTILINE)
DRAWN = (
    Path(__file__).parents[2] / "docs" / "charts"
)  # the charts as people read them: the other word on edges
PLANTED = (  # chart, move, where it starts although nothing says so
    ("result", "publish", "published"), ("message", "answer", "closed"), ("opinion_report", "issue", "draft"),
    ("signature", "sign", "declined"), ("objection", "uphold", "dismissed"), ("booking", "cancel", "came"),
    ("recommendation", "answer", "done"), ("activity", "announce", "closed"),
)  # fmt: skip
LETTERS = "studio,member\r\n\"'\x00\ufeff\u202e＝=+@\t;|汉字城关委员工作室1 "


def figures(seed: int, short: bool) -> Iterator[Figure]:
    with grounds.database() as blocker, TemporaryDirectory() as media:
        from stories.doors import twins

        planted = PLANTED[:3] if short else PLANTED
        edge = f"one edge more on each of {len(planted)} charts"
        counts = "a page that counts with what it was asked"
        with twins.set_up(blocker, Path(media)) as both:
            here, world = both.here, both.here.world
            walked, more = (
                _walks(world, seed, 1 if short else 40, steps=8 if short else 20),
                all(_one_edge_too_many(world, seed, planted)),
            )
            yield Figure("moves made beside the charts' edges", walked.beside, 0, edge, more, seed)
            yield Figure("edges that nobody could take", len(walked.never), 0, edge, more, seed)
            asked, broken = _asked(here, seed, short)
            found = _a_page_that_counts(here) > 0
            least = 150 if short else 5000
            yield Figure("odd forms and parameters sent", asked, least, counts, found, seed, "at least")
            yield Figure("answers that are a fault of ours", broken, 0, counts, found, seed)
            faults = _imports(world, seed, 150 if short else 5000)
            fell = _an_import_that_reckons(world, seed) > 0
            reckons = "an import that reckons a cell"
            yield Figure("imports that broke instead of refusing", faults, 0, reckons, fell, seed)
            broke = tariffs.faults(seed, 30 if short else 3000)
            found = all(tariffs.planted(seed))
            through = "faults of YAML that go through; a quantity that is reckoned as it stands"
            yield Figure("tariffs and tables of acts that broke instead", broke, 0, through, found, seed)


# ── Charts ──
def _edges(chart: str) -> set[tuple[str, str, str]]:
    """(start, move, end) as the chart is drawn; a thing that is made starts at [*]."""
    said = (DRAWN / f"{chart}.md").read_text("utf-8")
    return {(start, move, end) for start, end, move in EDGE.findall(said)}


def _walks(
    world: SimpleNamespace,
    seed: int,
    walks: int,
    steps: int = 20,
    only: str = "",
    named: tuple[str, ...] = (),
) -> SimpleNamespace:
    """Random people try random moves on each chart's thing, which then stands where the move led: so many
    walks of so many steps. `only`, `named`: of this chart these moves."""
    from hypothesis import HealthCheck, settings
    from hypothesis import seed as with_seed
    from hypothesis import strategies as st
    from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

    from shangliang.base.charts.chart import CHARTS
    from stories.who_may import asking, trying
    from stories.who_may.columns import COLUMNS, MAY

    found = SimpleNamespace(beside=0, taken=set(), never=set())

    def machine(name: str) -> Any:
        chart, drawn = CHARTS[name], _edges(name)
        names = sorted(named or {row.name for row in chart.moves if row.start})

        starts = {state for row in chart.moves if row.name in names for state in row.start}
        stages = [one for one in trying.STAGES[name] if not named or trying.state_of(name, one) in starts]

        @cache  # all is taken back after each step, so that the same step is answered alike
        def answered(stage: str, move: str, who: str) -> frozenset[str]:
            with asking.undone():
                thing, people = trying.laid_down(world, name, stage, shown=False)
                return frozenset(trying.told(name, [move], thing, by)[move] for by in people[who])

        class Walk(RuleBasedStateMachine):
            @initialize(stage=st.sampled_from(stages))
            def lay_down(self, stage: str) -> None:
                self.stage = stage

            @rule(move=st.sampled_from(names), who=st.sampled_from(sorted(COLUMNS)))
            def try_it(self, move: str, who: str) -> None:
                if answered(self.stage, move, who) != {MAY}:
                    return
                start = trying.state_of(name, self.stage)
                [row] = [row for row in chart.moves if row.name == move and start in row.start]
                edge = (start, move, chart.ends(row, start))
                found.beside += edge not in drawn
                found.taken.add((name, edge))
                following = [
                    stage for stage in trying.STAGES[name] if trying.state_of(name, stage) == edge[2]
                ]
                self.stage = following[0]

        return Walk

    quiet: dict[str, Any] = {"database": None, "deadline": None, "suppress_health_check": list(HealthCheck)}
    for name in [only] if only else sorted(CHARTS):
        if not any(row.start for row in CHARTS[name].moves):  # what is made and stays, as a bulletin does
            continue
        lasting = settings(max_examples=walks, stateful_step_count=steps, **quiet)
        run_state_machine_as_test(with_seed(seed)(machine(name)), settings=lasting)
        if named:
            continue
        found.never |= {(name, edge) for edge in _edges(name) if edge[0] != "[*]"} - found.taken
        found.never -= _taken_by_somebody(world, name, found.never)
    return found


def _taken_by_somebody(world: SimpleNamespace, name: str, left: set[Any]) -> set[Any]:
    """Of the edges that no walk came upon: those that somebody takes when asked outright, and those that the
    table gives to nobody, because the house itself takes them."""
    from stories.who_may import asking, doing, trying
    from stories.who_may.columns import MAY

    edges = {(start, move) for chart, (start, move, _end) in left if chart == name}
    taken = {
        key
        for key in edges
        if not any(
            MAY in marks
            for stage, marks in doing.DOES[name][key[1]].items()
            if trying.state_of(name, stage) == key[0]
        )
    }
    for stage in trying.STAGES[name]:
        start = trying.state_of(name, stage)
        asked = [move for at, move in edges if at == start and (at, move) not in taken]
        if not asked:
            continue
        with asking.undone():
            thing, people = trying.laid_down(world, name, stage, shown=False)
            for by in (by for one in people.values() for by in one):
                marks = trying.told(name, asked, thing, by)
                taken |= {(start, move) for move in asked if marks[move] == MAY}
                asked = [move for move in asked if (start, move) not in taken]
                if not asked:
                    break
    return {(chart, edge) for chart, edge in left if chart == name and edge[:2] in taken}


def _one_edge_too_many(
    world: SimpleNamespace, seed: int, planted: tuple[tuple[str, str, str], ...]
) -> Iterator[bool]:
    """Whether the walk finds, on each of these charts, a move that starts where it is not drawn."""
    from shangliang.base.charts.chart import CHARTS, Move

    for name, move, where in planted:
        chart = CHARTS[name]
        row = next(row for row in chart.moves if row.name == move and row.start)
        extra = Move(move, row.act, row.label, frozenset({where}), row.end, lambda by, thing: True)
        known = {**chart._named, move: [*chart._named[move], extra]}
        with patch.object(chart, "moves", (*chart.moves, extra)), patch.object(chart, "_named", known):
            yield _walks(world, seed, 10, only=name, named=(move,)).beside > 0


# ── Pages and forms ──
def _asked(one: SimpleNamespace, seed: int, short: bool) -> tuple[int, int]:
    """How many odd forms and addresses were sent, and how many answers were a fault of ours."""
    from stories.doors import filling, odd

    people = ["officer"] if short else [*one.browsers]
    sent = broken = 0
    for column in people:
        browser = one.browsers[column]
        for name, form in filling.shown_to(browser, one).items():
            values = odd.some(f"{seed}{column}{name}", 1 if short else len(odd.VALUES))
            wrong = list(filling.gone_wrong(form, values))
            several = min(len(wrong), 1 if short else len(wrong))
            for _about, said in random.Random(seed).sample(wrong, several):
                sent += 1
                broken += _broke(f"{column} {name} {said}", filling.sent(browser, form, said))
        for where, query in odd.questions(one, seed, 1 if short else 12):
            sent += 1
            broken += _broke(f"{column} {where} {query}", browser.get(where, query))
    return sent, broken


def _broke(about: str, answer: Any) -> bool:
    if answer.status_code >= 500:
        print("a fault of ours:", answer.status_code, about[:500], file=sys.stderr)
    return bool(answer.status_code >= 500)


def _a_page_that_counts(one: SimpleNamespace) -> int:
    from shangliang.base import search as finding
    from shangliang.site.portal.views import search
    from stories.doors import odd

    browser, broken = one.browsers["stranger"], 0
    with (
        patch.object(search, "LONGEST", None),
        patch.object(finding, "newest", lambda *said, **more: int(said[1])),
    ):
        for value in odd.VALUES[:12]:
            broken += browser.get("/search/", {"q": value}).status_code >= 500
    return broken


# ── Imports ──
def _imports(world: SimpleNamespace, seed: int, rounds: int) -> int:
    """How many of these tables made an import raise anything but a refusal."""
    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import transaction

    from shangliang.base.places import actions as places
    from shangliang.flow.studios import actions as studios
    from shangliang.site.desk.forms.rosters import Members

    drawn, faults = random.Random(seed), 0
    heads = ("姓名,工作室\r\n", "code,name,level,parent_code\r\n", "")
    for _round in range(rounds):
        body = "".join(drawn.choice(LETTERS) for _ in range(drawn.randrange(80)))
        rows = drawn.choice(
            (
                f"王大山,{world.studio.name}\r\n",
                f"{body},{world.studio.name}\r\n990199,{body},county,990100\r\n990199,x\r\n",
            )
        )
        said = (drawn.choice(heads) + drawn.choice((body, rows))).encode(
            drawn.choice(("utf-8", "gb18030", "utf-16"))
        )
        form = Members({}, {"file": SimpleUploadedFile("a.csv", said)})
        try:
            with suppress(ValidationError), transaction.atomic():
                if form.is_valid():
                    roster = studios.read_roster(
                        world.county, by=world.officer, name=form.named, table=form.table
                    )
                    studios.take_roster(roster.code, by=world.officer, seen=None)
            with suppress(ValidationError), transaction.atomic():
                places.import_csv(said.decode("utf-8", "replace").splitlines(), by="clock")
                transaction.set_rollback(True)
        except Exception:
            faults += 1
    return faults


def _an_import_that_reckons(world: SimpleNamespace, seed: int) -> int:
    from shangliang.flow.studios.actions import rosters

    with patch.object(rosters, "_line", lambda row, known, before: int(row[0])):
        return _imports(world, seed, 60)
