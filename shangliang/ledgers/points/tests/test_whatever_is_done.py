"""Whatever is done, in whatever order, by whatever table: the entries are the balance, and posted anew they
are the same rows.

Planted, and each found: an absence that stays when the record names somebody after all, taking back that does
not see what stands, a reversal that keeps the sign, posting anew that does not ask the list."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.tests.written import record
from shangliang.flow.activities import actions as activities
from shangliang.flow.activities.tests.story import planned_for
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points import actions, books, deeds, inforce, queries, tariff
from shangliang.ledgers.points.actions import posting
from shangliang.ledgers.points.actions.objecting import New
from shangliang.ledgers.points.books import Books
from shangliang.ledgers.points.models import Entry

BEGIN = datetime(2026, 3, 2, 2, 26, tzinfo=UTC)
KINDS = ("plenary_session", "standing_meeting", "other_meeting", "study_visit", "reading_invitation")
REFUSED = (NotNow, NotYours, Unseen, ValidationError)
RAW = (
    "proposal_sent", "proposal_filed", "proposal_marked_key", "proposal_excellent",
    "opinion_report_passed_on", "opinion_report_issued", "opinion_report_kept", "opinion_report_adopted",
)  # fmt: skip
WORDS = "看过名单，写错了"
some = st.sets(st.integers(0, 3), max_size=4)
one, at = st.integers(0, 3), st.integers(0, 2)
PUTS_RIGHT = (
    st.tuples(st.just("strike"), at, one),
    st.tuples(st.just("add"), at, one, st.booleans()),
    st.tuples(st.just("tick"), at, one),
)
STEP = st.one_of(
    st.tuples(st.just("receive"), some),
    st.tuples(st.just("hold"), st.sampled_from(KINDS), some, some, some, one),
    *PUTS_RIGHT,
    st.tuples(st.just("doubt"), one, st.integers(0, 9), st.booleans(), st.none() | st.integers(0, 25)),
    st.tuples(st.just("miss"), one, st.integers(0, 25)),
    st.tuples(st.just("write"), st.sampled_from(RAW), one, some, one),
)
MEETING = ("hold", "plenary_session", {0}, {1}, {2}, 0)


class Year:
    """What members and the office do at the county, a few days apart. What is refused is passed over."""

    def __init__(self, world, preset):
        self.world, self.now, self.held = world, BEGIN, []
        self.members = [world.member, world.member2, world.convener, world.deputy]
        with clock.at(BEGIN):
            actions.choose_tariff(world.county, by=world.officer, since=clock.today(), preset=preset)
            self.table = inforce.on(clock.today(), world.county.path)

    def do(self, steps):
        for step, *said in steps:
            self.now += timedelta(days=4)
            with clock.at(self.now):
                try:
                    with transaction.atomic():
                        getattr(self, step)(*said)
                except REFUSED:
                    continue

    def keys(self, which):
        return [self.members[n].key for n in sorted(which)]

    def receive(self, who):
        studios.hold_reception(
            self.world.studio.code,
            by=self.world.officer,
            day=clock.today(),
            residents=1,
            members=self.keys(who),
        )

    def hold(self, kind, came, leave, signed, lead):
        by = self.world.officer
        row = activities.plan(self.world.county, by=by, said=planned_for(kind))
        activities.invite(row.code, by=by, people=self.keys(range(4)))
        activities.announce(row.code, by=by, seen=None)
        for n in signed:
            activities.sign_up(row.code, by=self.members[n])
        for n in leave:
            activities.ask_leave(row.code, by=self.members[n], reason="出差在外地")
        with clock.at(row.ends_at):
            leads = [self.members[lead].key] if lead in came else []
            said = activities.Record(measures={}, came=self.keys(came), lead=leads)
            self.held.append(activities.record_held(row.code, by=by, seen=None, said=said).code)

    def strike(self, which, who):
        activities.strike(self.of(which), by=self.world.officer, person=self.members[who].key, words=WORDS)

    def add(self, which, who, lead):
        person = self.members[who].key
        activities.add(self.of(which), by=self.world.officer, person=person, words=WORDS, lead=lead)

    def tick(self, which, who):
        activities.tick(self.of(which), by=self.world.officer, people=[self.members[who].key])

    def doubt(self, who, which, reverse, rule):
        rows = list(Entry.objects.filter(member=self.members[who].key).order_by("pk"))
        entry = rows[which % len(rows)] if rows else None
        asked = actions.object_(by=self.members[who], words=WORDS, entry=entry.code if entry else "none")
        self.answer(asked, reverse, rule, entry.day)

    def miss(self, who, rule):
        day = clock.today() - timedelta(days=rule % 4)  # never before the table was chosen
        asked = actions.object_(by=self.members[who], words=WORDS, committee=self.world.county, day=day)
        self.answer(asked, False, rule, day)

    def answer(self, asked, reverse, rule, day):
        name = None if rule is None else self.table.rules[rule % len(self.table.rules)].name
        by = self.world.leader
        actions.uphold(
            asked.code, by=by, seen=None, words=WORDS, reverse=reverse, new=New(name, day) if name else None
        )

    def write(self, name, lead, part, thing):
        """What the proposals' and reports' own actions write."""
        facts = {"lead": [self.members[lead].key], "part": self.keys(part - {lead}), "first": True,
                 "member": self.members[lead].key, "level": "city"}  # fmt: skip
        record(
            name,
            subject=f"proposal:{thing}",
            committee=self.world.county.path,
            by=self.world.officer,
            facts=facts,
        )

    def of(self, which):
        if not self.held:
            raise NotNow("没有办过活动。")
        return self.held[which % len(self.held)]


def rows():
    fields = [field.attname for field in Entry._meta.concrete_fields if field.name != "id"]
    return list(Entry.objects.order_by("code").values_list(*fields))


def holds(year):
    """Every entry stands on the statement once, as what counts and what was cut; together they are the
    balance; whatever is taken back is taken back once, whole and on its own day."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    totals = {}
    for member in year.members:
        found = queries.statement(member.key, first, last, actor=member)
        codes = [line.entry.code for line in found.lines]
        entries = {row.code: row for row in Entry.objects.filter(member=member.key)}
        assert sorted(codes) == sorted(entries)
        for line in found.lines:
            assert line.points + sum(cut.points for cut in line.cuts) == line.entry.points
        assert found.balance == found.opening + found.granted + sum(line.points for line in found.lines)
        totals[member.key] = sum(account.reckoned.total for account in found.accounts)
        assert found.balance == totals[member.key]
        back = [row for row in entries.values() if row.reverses]
        assert len({row.reverses for row in back}) == len(back)
        for row in back:
            gone = entries[row.reverses]
            assert (gone.points + row.points, gone.day, gone.rule) == (0, row.day, row.rule)
        # of one activity nobody was there and away
        by_name = {rule.name: rule for rule in year.table.rules}
        for code in year.held:
            about = [row for row in books.standing(entries.values()) if row.subject == f"activity:{code}"]
            said = [set(by_name[row.rule].to) for row in about if row.act != "points_objection_upheld"]
            assert not (
                any(to & set(deeds.THERE) for to in said) and any(to & set(deeds.AWAY) for to in said)
            )
    before = rows()
    assert actions.repost() == len(before)
    assert rows() == before
    trial = queries.simulate(year.world.county, year.table, 2026, actor=year.world.officer)
    assert {change.member: change.after for change in trial.changes if change.member in totals} == totals


def tried(world, preset, steps):
    with transaction.atomic():
        year = Year(world, preset)
        year.do(steps)
        with clock.at(datetime(2026, 12, 30, 2, tzinfo=UTC)):
            holds(year)
        transaction.set_rollback(True)


presets = st.sampled_from(sorted(one.name for one in tariff.tariffs()))
UNLIKELY = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}


def test_the_entries_are_the_balance_and_posted_anew_the_same_rows(world):
    @settings(max_examples=25, **UNLIKELY)
    @given(presets, st.lists(STEP, min_size=1, max_size=12))
    def any_year(preset, steps):
        tried(world, preset, steps)

    any_year()


def plant_absence_that_stays(monkeypatch):
    monkeypatch.setattr(Books, "_for_being_away", lambda self, row: False)


def plant_taking_back_that_sees_nothing(monkeypatch):
    monkeypatch.setattr(posting, "asks", lambda act: False)


def plant_reversal_with_the_same_sign(monkeypatch):
    reversal = books.reversal
    monkeypatch.setattr(books, "reversal", lambda act, row: reversal(act, row)._replace(points=row.points))


def plant_record_read_without_its_list(monkeypatch):
    """Posted as it should be, and posted anew without who was away."""
    repost = actions.repost

    def blind():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(deeds, "LISTED", {})
            return repost()

    monkeypatch.setattr(actions, "repost", blind)


@pytest.mark.parametrize(
    "plant",
    [
        plant_absence_that_stays,
        plant_taking_back_that_sees_nothing,
        plant_reversal_with_the_same_sign,
        plant_record_read_without_its_list,
    ],
)
def test_a_planted_fault_is_found(plant, monkeypatch, world):
    plant(monkeypatch)

    @settings(max_examples=300, derandomize=True, phases=[Phase.generate], **UNLIKELY)
    @given(
        st.sampled_from(["jinan-2015", "tongcheng-2019"]),
        st.lists(st.one_of(*PUTS_RIGHT), min_size=1, max_size=4),
    )
    def any_year(preset, steps):
        tried(world, preset, [MEETING, *steps])

    with pytest.raises(AssertionError):
        any_year()
