"""Who gave the clue of a proposal or an activity: told of each step of it once, and nothing hidden."""

from datetime import timedelta

import pytest
from django.core import mail

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.models import Act
from shangliang.flow.activities import actions as activities
from shangliang.flow.activities.tests.story import on_the_day, planned_for
from shangliang.flow.proposals import actions as proposals
from shangliang.flow.proposals import queries as proposal_queries
from shangliang.flow.proposals.tests import story as filers
from shangliang.flow.proposals.tests.story import ANSWER, CROSS, TEXT
from shangliang.flow.reports import actions as reports
from shangliang.flow.voices import queries as voice_queries
from shangliang.ledgers.notices import actions
from shangliang.ledgers.notices.models import Letter, Notice, Telling, Untold
from shangliang.ledgers.notices.queries import newest
from shangliang.ledgers.notices.table import TELLS

from .conftest import at, mailed, names_told, to

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
GIVER = "clue@example.org"
WHY = "要等市里批下来"
PUBLISHED = "县医院的委员看了三十四位老人的眼睛，四位约到县里再查。"


def told_itself(voice, act):
    return Notice.objects.filter(seat=f"author:{voice.code}", act=act).count()


def lines():
    """What happened, one line for each step in the letters that left, in their order."""
    whole = "\n".join(one.body for one in to(GIVER)).splitlines()
    return [line.partition("　")[2] for line in whole if line.startswith("·")]


def everything():
    return "\n".join(one.subject + one.body + str(one.alternatives) for one in mail.outbox)


def same_when_posted_anew():
    before = set(Notice.objects.values_list("act_id", "seat"))
    assert actions.repost() == len(before)
    assert set(Notice.objects.values_list("act_id", "seat")) == before


# ── A proposal ──
@pytest.fixture
def voice(story, morning):
    """Somebody left it, and an address."""
    left = story.leave(words="巷口的灯坏了半年")
    mailed(story, left, GIVER)
    return left


def sent(world, voice, **said):
    row = proposals.draft(
        world.county, by=world.member, said=proposals.Draft(**{**TEXT, **said}), voice=voice.code
    )
    return proposals.send(row.code, by=world.member, seen=row.version)


def put_off(world, row):
    part = filers.part(row, world.lamps)
    day = part.due + timedelta(days=10)
    proposals.extend(part.code, by=world.handler, seen=None, due=day, words=WHY)


def test_a_proposal_from_a_voice_is_told_to_its_author_once_it_is_sent(story, world, voice):
    act = "voice_taken_into_proposal"
    row = proposals.draft(world.county, by=world.member, said=proposals.Draft(**TEXT), voice=voice.code)
    assert told_itself(voice, act) == 0, "a draft is its writer's own"
    row = proposals.send(row.code, by=world.member, seen=row.version)
    assert told_itself(voice, act) == 1
    found = Act.objects.get(name=act)
    assert (found.subject, found.facts) == (voice.subject, {"into": row.thread})
    elsewhere = story.leave(studio=world.far_studio, words="邻县桥上有个洞。")
    with pytest.raises(Unseen):
        proposals.draft(world.county, by=world.member, said=proposals.Draft(**TEXT), voice=elsewhere.code)


def test_each_step_of_the_proposal_is_told_once_and_none_of_its_words(story, world, voice):
    other = story.leave(words="别的事，河边栏杆断了。")
    row = filers.filed(world, sent(world, voice))
    steps = [
        lambda: filers.assigned(world, row),
        lambda: put_off(world, row),
        lambda: filers.answered(world, filers.fresh(row), public=False, reason="涉及别的单位"),
        lambda: filers.rated(world, row, "member", CROSS),
        lambda: filers.answered(world, filers.fresh(row), grade="A", public=False, reason="涉及别的单位"),
        lambda: filers.rated(world, row, "member"),
    ]
    for step in steps:
        actions.deliver()
        step()
    actions.deliver()
    actions.deliver()
    assert names_told(voice) == [
        "proposal_filed", "proposal_assigned", "handling_extended", "proposal_answered", "proposal_redone",
        "proposal_answered", "proposal_closed",
    ]  # fmt: skip
    assert lines() == [
        "据您说的写的提案，立案了", "委员据您说的写了提案", "据您说的写的提案，交给单位办了",
        "据您说的写的提案，单位要晚些答复", "据您说的写的提案，答复了", "据您说的写的提案，请单位再办一次",
        "据您说的写的提案，答复了", "据您说的写的提案，办结了",
    ]  # fmt: skip
    assert names_told(other) == []
    row = filers.fresh(row)
    for hidden in (*TEXT.values(), ANSWER["text"], CROSS.words, WHY, row.case_number, row.code, "城管局"):
        assert hidden not in everything()
    before = Telling.objects.count()
    acts = Act.objects.filter(thread=row.thread, name__in=TELLS)
    Untold.objects.bulk_create(Untold(act_id=act.id) for act in acts)
    actions.deliver()
    assert Telling.objects.count() == before, "the list came back after a crash"
    same_when_posted_anew()


def test_what_the_office_has_with_the_filers_is_not_told(world, voice):
    row = filers.checked(world, sent(world, voice))
    proposals.return_(row.code, by=world.officer, seen=None, words="情况再写细一点。")
    proposals.send(row.code, by=world.member, seen=None)
    assert names_told(voice) == []
    assert told_itself(voice, "voice_taken_into_proposal") == 1, "sent anew it is the same proposal"
    proposals.withdraw(row.code, by=world.member, seen=None)
    assert names_told(voice) == ["proposal_withdrawn"]


def test_not_filed_it_is_told_how_the_opinion_goes_on_as_a_letter(world, voice):
    row = filers.checked(world, sent(world, voice), "refuse", reason="empty", passed="letter")
    due = clock.today() + timedelta(days=30)
    words, reply = "单位自己就能办，转给它。", "已经列入年底的维修。"
    row = proposals.refuse(
        row.code, by=world.leader, seen=None, words=words, department=world.lamps.code, due=due
    )
    letter = proposal_queries.letter_of(row)
    proposals.reply_letter(letter.code, by=world.handler, seen=None, words=reply)
    assert names_told(voice) == ["proposal_not_filed", "proposal_letter_sent", "proposal_letter_replied"]
    actions.deliver()
    assert "没有立案，意见转出去了" in everything()
    for hidden in (words, reply, TEXT["title"], "城管局"):
        assert hidden not in everything()


def test_not_filed_it_is_told_what_became_of_the_opinion_report(world, voice):
    row = filers.checked(world, sent(world, voice), "refuse", reason="empty", passed="report")
    row = proposals.refuse(row.code, by=world.leader, seen=None, words="先作社情民意信息报。")
    report = row.report
    assert names_told(voice) == ["proposal_not_filed"], "a draft is its writer's own"
    report = reports.send(report.code, by=world.member, seen=None)
    report = reports.pass_on(report.code, by=world.convener, seen=report.version)
    report = reports.check(report.code, by=world.officer, seen=report.version)
    report = reports.sign(report.code, by=world.leader, seen=report.version)
    reports.issue(world.county, by=world.officer, reports=[report.code], to_own=True, to_upper=False)
    assert names_told(voice) == ["proposal_not_filed", "opinion_report_issued"]
    same_when_posted_anew()


def test_merged_it_is_told_of_what_is_handled_in_its_place_once(story, world, voice):
    """Before it was merged nothing of the other; then each step, by the other's act or by its own."""
    first = story.leave(words="巷子里黑，路灯一盏不亮。")
    head = filers.filed(world, sent(world, first, title="关于巷道路灯的提案"))
    row = filers.checked(world, sent(world, voice), "merge", into=head.code)
    filers.assigned(world, head)
    assert names_told(voice) == [], "a merger that is only proposed is none yet"
    row = proposals.merge(row.code, by=world.leader, seen=row.version)
    put_off(world, filers.fresh(head))
    filers.answered(world, filers.fresh(head))
    assert names_told(voice) == ["proposal_merged", "handling_extended", "proposal_answered"]
    assert names_told(first) == [
        "proposal_filed", "proposal_assigned", "handling_extended", "proposal_answered",
    ]  # fmt: skip
    same_when_posted_anew()


def test_a_proposal_that_rests_on_no_voice_tells_no_author(story, world, voice):
    filers.answered(world, filers.assigned(world, filers.filed(world)))
    assert Notice.objects.filter(act="proposal_answered").exists()
    assert not Notice.objects.filter(seat__startswith="author:", act__startswith="proposal").exists()


def test_a_digest_holds_each_step_once(story, morning, world):
    left = story.leave(words="巷口的灯坏了半年")
    mailed(story, left, GIVER, how="daily")
    filers.assigned(world, filers.filed(world, sent(world, left)))
    actions.deliver()
    assert not mail.outbox
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
        actions.deliver()
    assert len(to(GIVER)) == 1
    assert lines() == [
        "据您说的写的提案，交给单位办了", "据您说的写的提案，立案了", "委员据您说的写了提案",
    ]  # fmt: skip


# ── An activity ──
def announced(world, voice, kind="free_clinic", **more):
    row = activities.plan(world.studio, by=world.convener, said=planned_for(kind, **more), voice=voice.code)
    return activities.announce(row.code, by=world.convener, seen=row.version)


def recorded(world, row, **how):
    said = activities.Record(measures=how.pop("measures", {}), came=[world.member.key], **how)
    return activities.record_held(row.code, by=world.convener, seen=None, said=said)


def test_an_activity_from_a_voice_is_told_to_its_author_once_it_is_announced(story, world, voice):
    act = "voice_taken_into_activity"
    row = activities.plan(world.studio, by=world.convener, said=planned_for(), voice=voice.code)
    row = activities.change(row.code, by=world.convener, seen=None, said=planned_for(days=4))
    assert told_itself(voice, act) == 0
    assert names_told(voice) == [], "what is planned is the studio's own"
    activities.announce(row.code, by=world.convener, seen=row.version)
    assert told_itself(voice, act) == 1
    assert names_told(voice) == [], "the announcement is told by that one alone"
    elsewhere = story.leave(studio=world.far_studio, words="邻县桥上有个洞。")
    with pytest.raises(Unseen):
        activities.plan(world.studio, by=world.convener, said=planned_for(), voice=elsewhere.code)


def test_changed_held_and_published_are_each_told_once(story, world, voice):
    other = story.leave(words="别的事，河边栏杆断了。")
    row = announced(world, voice)
    row = activities.change(row.code, by=world.convener, seen=None, said=planned_for(days=5))
    actions.deliver()
    with on_the_day(row):
        recorded(world, row, measures={"free_clinic_visits": 34}, minutes="有两位老人说了家里的事")
        actions.deliver()
        activities.publish(row.code, by=world.officer, seen=None, text=PUBLISHED, photos=False)
        actions.deliver()
        actions.deliver()
    assert names_told(voice) == ["activity_changed", "activity_recorded", "activity_published"]
    assert sorted(lines()) == sorted(
        [
            "据您说的，办一场活动", "据您说的办的活动，改了安排", "据您说的办的活动，办过了",
            "据您说的办的活动，怎么样公开了",
        ]
    )  # fmt: skip
    assert names_told(other) == []
    assert "家里的事" not in everything()
    assert newest([voice.thread]) == Act.objects.get(name="activity_published").id
    same_when_posted_anew()


def test_called_off_is_told_without_the_reason(world, voice):
    row = announced(world, voice)
    actions.deliver()
    mail.outbox.clear()
    activities.cancel(row.code, by=world.convener, seen=None, words=WHY)
    actions.deliver()
    assert lines() == ["据您说的办的活动，取消了"]
    assert WHY not in everything()


def test_of_a_kind_that_is_never_public_nothing_further_is_told_and_no_empty_letter_leaves(world, voice):
    row = announced(world, voice, "dispute", days=5)
    actions.deliver()
    mail.outbox.clear()
    with on_the_day(row):
        recorded(world, row, outcome="settled", minutes="两家都签了字")
        actions.deliver()
        assert not mail.outbox
    assert Letter.objects.latest("id").state == "empty"


def test_who_withdrew_their_words_and_was_erased_is_told_nothing(world, voice):
    row = filers.filed(world, sent(world, voice))
    actions.deliver()
    mail.outbox.clear()
    voice_queries.rows().filter(pk=voice.pk).update(erased_on=clock.today())
    filers.assigned(world, row)
    actions.deliver()
    assert not mail.outbox
