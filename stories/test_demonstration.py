"""The demonstration: true to its journal, in every state, and nothing invented on a real place."""

from datetime import datetime

import pytest
from django.apps import apps
from django.db.models import Count

from demo import load
from demo.days import HERE, Days
from shangliang.base import clock, yamls
from shangliang.base.charts.chart import CHARTS
from shangliang.base.journal import verify
from shangliang.base.journal.models import Act
from shangliang.base.places import queries as places
from shangliang.base.review.models import Report
from shangliang.base.rulebook.models import Rule
from shangliang.flow.activities.models import Activity, Participation
from shangliang.flow.consultations.models import Consultation, Post, Recommendation
from shangliang.flow.correspondence.models import Message
from shangliang.flow.proposals.models import Handling, Proposal, Signature
from shangliang.flow.reports.models import Bulletin, OpinionReport
from shangliang.flow.research.models import Research
from shangliang.flow.results.models import Result
from shangliang.flow.studios.models import Booking, Inspection, Roster, Studio
from shangliang.flow.voices.models import Assistance, Settling, Voice
from shangliang.ledgers.figures import queries as figures
from shangliang.ledgers.figures.actions import repost as repost_figures
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.models import Tally
from shangliang.ledgers.figures.period import between
from shangliang.ledgers.points.actions import repost as repost_points
from shangliang.ledgers.points.models import Entry, Objection

from .demonstrated import demonstration

pytestmark = [
    pytest.mark.demonstration,
    pytest.mark.django_db(databases=["default", "keyring"]),  # within the module's own transaction
]
EVER = between(None, None)
KINDS = {
    "voice": [Voice], "consultation": [Consultation], "recommendation": [Recommendation], "studio": [Studio],
    "studio_online": [Studio], "booking": [Booking], "roster": [Roster], "inspection": [Inspection],
    "result": [Result], "review": [Voice, Post], "rule": [Rule], "message": [Message],
    "activity": [Activity], "participation": [Participation],
    "opinion_report": [OpinionReport], "bulletin": [Bulletin], "objection": [Objection],
    "proposal": [Proposal], "proposal_excellence": [Proposal], "signature": [Signature],
    "handling": [Handling], "research": [Research],
    "assistance": [Assistance], "settling": [Settling],
    "report": [Report],
}  # fmt: skip


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    with demonstration(django_db_blocker) as loaded:
        yield loaded


def states():
    return [(name, state) for name, chart in sorted(CHARTS.items()) for state in chart.states]


@pytest.mark.parametrize(("chart", "state"), states())
def test_each_state_of_each_chart_has_a_record(told, chart, state):
    value = "" if state == "private" else state
    field = CHARTS[chart].state
    assert any(kind.objects.filter(**{field: value}).exists() for kind in KINDS[chart])


def test_nothing_invented_hangs_on_a_real_place(told):
    real = Act.objects.exclude(committee__startswith="99").exclude(committee="")
    assert set(real.values_list("name", flat=True)) == {"committee_entered", "total_reported"}


def test_each_figure_of_the_seven_offices_stands_on_its_committee(told):
    said = yamls.read((load.HERE / "seven_speeches.yaml").read_text("utf-8"))["figures"]
    for row in said:
        committee = places.committee(row["code"])
        standing = figures.reported(committee).filter(metric=row["metric"], value=row["value"])
        [total] = [t for t in standing if t.where == row.get("where", "") and t.note == row.get("note", "")]
        assert (total.unit, total.period) == (row["unit"], row["period"])
        assert total.at_least == row.get("at_least", False)
        assert "各界导报" in total.source
        counted = figures.figure(row["metric"], committee)
        assert counted.counted is None  # they keep no records here: not 0


@pytest.mark.parametrize("name", [m.name for m in METRICS.values() if m.additive])
def test_counties_and_own_records_make_the_city_and_the_province(told, name):
    city = places.committee("990100")
    at = {code: figures.figure(name, places.committee(code)).counted for code in ("990000", "990100")}
    counties = [figures.figure(name, county).counted for county in places.children(city)]
    own = [line.n for line in figures.lines(name, city, EVER) if line.own]
    assert sum(n or 0 for n in [*counties, *own]) == at["990100"] == at["990000"]


def test_ledgers_posted_anew_are_the_same(told):
    def rows(model, *fields):
        return sorted(model.objects.values_list(*fields))

    entries = [f.attname for f in Entry._meta.concrete_fields if f.name not in ("id", "code")]
    before = rows(Tally, "metric", "path", "day", "n"), rows(Entry, *entries)
    assert all(before)
    repost_figures()
    repost_points()
    assert (rows(Tally, "metric", "path", "day", "n"), rows(Entry, *entries)) == before


def test_the_journal_verifies_and_tells_time_in_order(told):
    report = verify.verify()
    assert report.ok, (report.broken, report.where)
    assert report.acts == report.sealed > 500
    moments = list(Act.objects.filter(committee__startswith="99").order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_the_evidence_of_the_sample_total_is_its_own_committees(told):
    [total] = figures.reported(places.committee("990101"))
    assert (len(figures.evidence([total])[total.pk]), total.value) == (4, 6)


def test_twelve_members_nine_stationed_one_in_two_studios(told):
    from shangliang.base.people import queries as people
    from shangliang.base.people.models import Post as Held

    path = places.committee("990101").path
    assert people.members(path).count() == 12
    assert people.stationed(path).count() == 9
    seats = (
        Held.objects.filter(role="stationed", committee__path=path).values("holder").annotate(n=Count("pk"))
    )
    assert sorted(row["n"] for row in seats)[-2:] == [1, 2]


def test_every_model_of_ours_that_has_a_name_is_in_the_glossary():
    text = (load.HERE.parent / "docs" / "glossary.md").read_text("utf-8")
    ours = [m for c in apps.get_app_configs() if c.name.startswith("shangliang.") for m in c.get_models()]
    assert [m for m in ours if f"`{m._meta.app_label}.{m.__name__}`" not in text] == []


def test_loaded_before_the_office_opens_nothing_of_today_is_still_to_come():
    with clock.at(datetime(2026, 11, 27, 0, 0, 38, tzinfo=HERE)):
        days, now = Days(clock.today()), clock.now()
    first, *_rest, last = moments = [days.moment(0, at) for at in ("8:05", "8:20", "8:40")]
    assert moments == sorted(set(moments))
    assert clock.start_of(days.today) < first < last < now
    assert days.moment(1, "8:05").hour == 8  # what lies before today stands where it was said to be
