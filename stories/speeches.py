"""What six offices reported of their members' work, filed row by row through the actions for 清溪县.

The k-th of the six counties in the year 2019 + k, so that names they share stay apart. Each piece is made as
an office would make it; nothing is written to a figure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import count
from secrets import token_hex
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from demo.load import HERE
from shangliang.base import clock, yamls
from shangliang.base.people.actor import STRANGER
from shangliang.base.places import actions as places
from shangliang.base.places.models import SpecialCommittee
from shangliang.flow.activities import actions as activities
from shangliang.flow.activities.actions import Plan, Record
from shangliang.flow.activities.kinds import kinds
from shangliang.flow.proposals import actions as proposals
from shangliang.flow.proposals import reasons
from shangliang.flow.reports import actions as reports
from shangliang.flow.reports.models import OpinionReport
from shangliang.flow.research import actions as research
from shangliang.flow.research import queries as research_queries
from shangliang.flow.research.models import Research
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import Voice

from .pages import photo

HERE_IS = ZoneInfo("Asia/Shanghai")
FIRST = 2020
Said = dict[str, int]


def said() -> dict[int, Said]:
    """Year → metric → number: what each county reported and this house's things can make."""
    book = yamls.read((HERE / "seven_speeches.yaml").read_text("utf-8"))
    counties = [row["code"] for row in book["committees"] if row["level"] == "county"]
    years = {code: FIRST + n for n, code in enumerate(counties)}
    found: dict[int, Said] = {year: {} for year in years.values()}
    for row in book["figures"]:
        if row["code"] in years and makes(row["metric"]):
            found[years[row["code"]]][row["metric"]] = row["value"]
    return found


def makes(metric: str) -> bool:
    return metric in MADE or kind_of(metric) is not None


def kind_of(metric: str) -> str | None:
    """The kind of activity whose count or measure this is; the first that needs it."""
    found = [key for key, kind in kinds().items() if metric in (*kind.needs, kind.counts)]
    return next(iter(found), next((key for key, kind in kinds().items() if metric in kind.may), None))


def file(world: SimpleNamespace) -> dict[int, Said]:
    """All six years, one after the other. Returns what `said` said."""
    wanted = said()
    for year, numbers in wanted.items():
        Year(world, year, numbers).file()
    return wanted


class Year:
    """One county's numbers, in the working hours of one year."""

    def __init__(self, world: SimpleNamespace, year: int, numbers: Said) -> None:
        self.world, self.numbers = world, numbers
        began = datetime(year, 3, 2, 9, tzinfo=HERE_IS)
        self.moments = (began + timedelta(minutes=n) for n in count())
        self.number = count(1)

    def file(self) -> None:
        for make in dict.fromkeys(MADE[name] for name in self.numbers if name in MADE):
            make(self)
        by_kind: dict[str, Said] = defaultdict(dict)
        for name, value in self.numbers.items():
            if (kind := kind_of(name)) and name not in MADE:
                by_kind[kind][name] = value
        for kind, own in by_kind.items():
            self.held(kind, own)

    def at(self, do: Callable[..., Any], *said: Any, **named: Any) -> Any:
        """Done a minute after the last thing."""
        with clock.at(next(self.moments)):
            return do(*said, **named)

    def asked(self, *names: str) -> list[int]:
        return [self.numbers.get(name, 0) for name in names]

    # ── Activities ──
    def held(self, kind: str, own: Said) -> None:
        """As many as the kind's count says, else one; the measures told over them: all of them add up."""
        times = own.get(kinds()[kind].counts, 1)
        for n in range(times):
            measures = {
                name: value // times + (n < value % times)
                for name, value in own.items()
                if name != kinds()[kind].counts
            }
            self.at(self._afterwards, kind, measures)

    def _afterwards(self, kind: str, measures: Said) -> None:
        start = clock.now() - timedelta(hours=3)
        plan = Plan(
            kind=kind, title=f"{kinds()[kind].label}第{next(self.number)}场", place="城关镇",
            starts_at=start, ends_at=start + timedelta(hours=2),
        )  # fmt: skip
        needs: dict[str, int | None] = dict.fromkeys(kinds()[kind].needs, 0)
        record = Record(
            measures=needs | measures, came=[self.world.member.key], lead=[self.world.convener.key],
            outcome="settled" if kinds()[kind].outcome else "",
        )  # fmt: skip
        activities.record_afterwards(
            self.world.studio, by=self.world.convener, plan=plan, said=record, reason="年底补记，按台账"
        )

    # ── Opinion reports ──
    def reports(self) -> None:
        """Sent, passed on, issued in so many numbers, endorsed. Who is named more than once is so in all."""
        w = self.world
        collected, both, passed, endorsed = self.asked(
            "opinion_items_collected", "opinion_items_collected_and_passed_on", "opinion_items_passed_on",
            "leader_endorsements",
        )  # fmt: skip
        endorsed = 0 if self.by_study() else endorsed
        numbers = list(self.bulletins())
        issued = sum(len(items) for *_to, items in numbers) or min(1, endorsed)
        most = max(collected, both, passed, issued)
        sent = [self.at(self._sent, from_voice=n < both) for n in range(most)]
        for row in sent[: max(both, passed, issued)]:
            self.at(reports.pass_on, row.code, by=w.convener, seen=None)
        for row in sent[:issued]:
            self.at(reports.check, row.code, by=w.officer, seen=None)
            self.at(reports.sign, row.code, by=w.leader, seen=None)
        for own, upper, items in numbers or ([(True, False, [0])] if issued else []):
            codes = [sent[n].code for n in items]
            self.at(reports.issue, w.county, by=w.officer, reports=codes, to_own=own, to_upper=upper)
        for row in sent[:endorsed]:
            self.at(self._endorsed, row)

    def _endorsed(self, row: OpinionReport) -> None:
        reports.endorse(
            row.code, by=self.world.officer, seen=None, level="city", who="市委主要负责同志",
            words="请认真研究。", on=clock.today(), scan=[photo()],
        )  # fmt: skip

    def bulletins(self) -> Iterable[tuple[bool, bool, list[int]]]:
        """To own leaders, up a level, which reports: as many numbers and items of both ways as were reported.
        Those of the first issues go both ways, or there would not be items enough."""
        up, up_items, own, own_items = self.asked(
            "bulletins_to_city_committee", "bulletin_items_to_city_committee",
            "bulletins_to_party_and_government", "bulletin_items_to_party_and_government",
        )  # fmt: skip
        assert up == up_items, "one item in each number that went up"
        free = iter(range(own_items + up_items))
        shared = min(up, own) // 3
        for _n in range(shared):
            yield True, True, [next(free)]
        for _n in range(up - shared):
            yield False, True, [next(free)]
        rest, left = own - shared, own_items - shared
        for n in range(rest):
            yield True, False, [next(free) for _n in range(left // rest + (n < left % rest))]

    def _sent(self, *, from_voice: bool) -> OpinionReport:
        w, n = self.world, next(self.number)
        voice = self._voice(n) if from_voice else None
        text = reports.Draft(
            f"关于第{n}件事的情况和建议", "巷口一段路坑洼不平，下雨天老人不敢走。",
            "移交时没有写明由谁管，修路的钱也没有着落。", "写明由谁管，列入今年的修缮计划。",
        )  # fmt: skip
        row = reports.draft(w.studio.code, by=w.member, said=text, voice=voice.code if voice else "")
        return reports.send(row.code, by=w.member, seen=None)

    def _voice(self, n: int) -> Voice:
        words, key = f"巷口第{n}段路坑洼不平，下雨天老人不敢走", token_hex(11)
        voice, _code = voices.leave(
            self.world.studio, by=STRANGER, words=words, form_key=key, kind="suggestion"
        )
        return voice

    # ── Research reports, and a supervision by study ──
    def research(self) -> None:
        """Reports, of which so many are adopted whole; pieces of advice that are acknowledged are of one of
        them. The endorsement, and what the government adopts, are of a supervision by study."""
        written, adopted, acknowledged, taken = self.asked(
            "research_reports", "research_reports_adopted", "advice_acknowledged",
            "advice_adopted_by_government",
        )  # fmt: skip
        rows = [self._sent_research("report") for _n in range(max(written, adopted))]
        for row in rows[:adopted]:
            self._said_of(row, research.adopt, [])
        if acknowledged:
            self._said_of(rows[0], research.acknowledge, [str(n + 1) for n in range(acknowledged)])
        if not self.by_study():
            return
        row = self._sent_research("study")
        self._said_of(row, research.adopt, [str(n + 1) for n in range(taken)])
        for _n in range(self.numbers.get("leader_endorsements", 0)):
            self.at(
                research.endorse, row.code, by=self.world.officer, seen=None, level="city",
                who="市委主要负责同志", words="请认真研究。", on=row.sent_on, scan=[photo()],
            )  # fmt: skip

    def by_study(self) -> bool:
        """Where the government took advice of a study, the endorsement reported beside it is the study's."""
        return "advice_adopted_by_government" in self.numbers

    def _sent_research(self, kind: str) -> Research:
        w, n = self.world, next(self.number)
        said = research.Draft(
            f"关于第{n}件事的调研", "走了六个村，十一处供水点有四处没有人管，夏天停水。",
            "把管护费列入县里的专项。\n水厂管到村口，村里管到户。", to=("party", "government"),
            led_by=self._body() if kind == "study" else "",
        )  # fmt: skip
        row = self.at(research.draft, w.county, by=w.member, kind=kind, said=said)
        self.at(research.name, row.code, by=w.member, seen=None, member=w.convener.key, writer=True)
        self.at(
            research.add_visit, row.code, by=w.member, seen=None, on=clock.local_day(row.started_at),
            place="青山镇石桥村", whom="村委会",
        )  # fmt: skip
        self.at(research.submit, row.code, by=w.member, seen=None)
        to = ["party", "government"]
        self.at(research.accept, row.code, by=w.officer, seen=None, to=to, departments=[])
        sent: Research = self.at(research.sign, row.code, by=w.leader, seen=None)
        return sent

    def _body(self) -> str:
        name = "经济委员会"
        found = SpecialCommittee.objects.filter(committee=self.world.county, name=name).first()
        return str((found or places.add(SpecialCommittee, self.world.county, name)).code)

    def _said_of(self, row: Research, do: Callable[..., Any], pieces: list[str]) -> None:
        [to] = [one for one in research_queries.addressees(row) if one.whom == "government"]
        self.at(
            do, row.code, by=self.world.officer, seen=None, addressee=to.code, pieces=pieces,
            words="县政府常务会议", on=row.sent_on,
        )  # fmt: skip

    # ── Proposals ──
    def proposals(self) -> None:
        w, [number] = self.world, self.asked("proposals")
        ticked = proposals.Looked("file", topic="society", ticks=tuple(reasons.checklist()))
        for _n in range(number):
            text = proposals.Draft(
                title=f"关于第{next(self.number)}件事的提案",
                situation="巷口一段路坑洼不平，下雨天老人不敢走。",
                analysis="移交时没有写明由谁管。",
                advice="写明由谁管，列入今年的修缮计划。",
            )
            row = self.at(proposals.draft, w.county, by=w.member, said=text)
            self.at(proposals.send, row.code, by=w.member, seen=None)
            self.at(proposals.check, row.code, by=w.officer, seen=None, looked=ticked)
            self.at(proposals.file, row.code, by=w.leader, seen=None)


MADE: dict[str, Callable[[Year], None]] = {
    **dict.fromkeys(
        ("opinion_items_collected", "opinion_items_collected_and_passed_on", "opinion_items_passed_on",
         "leader_endorsements", "bulletins_to_city_committee", "bulletin_items_to_city_committee",
         "bulletins_to_party_and_government", "bulletin_items_to_party_and_government"), Year.reports,
    ),
    **dict.fromkeys(
        ("research_reports", "research_reports_adopted", "advice_acknowledged",
         "advice_adopted_by_government"), Year.research,
    ),
    "proposals": Year.proposals,
}  # fmt: skip
