"""Who sees what and who may do what: the county's own people, its neighbour, the levels above, residents."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.people.actor import STRANGER
from shangliang.flow.consultations import actions, proposers, queries
from shangliang.flow.consultations.actions import Draft
from shangliang.flow.voices.models import FollowUp, Verdict
from stories import world_topics as told

INSIDE = ("member", "convener", "deputy", "other_convener", "other_member", "officer", "leader", "auditor")
OUTSIDE = ("handler", "neighbour_officer", "city_officer", "province_officer", "operator")


def sees(topic, actor) -> bool:
    return queries.visible_to(actor).filter(pk=topic.pk).exists()


def test_a_raised_topic_is_seen_by_its_committee_and_its_voices_author(world):
    topic = told.raised(world)
    assert all(sees(topic, getattr(world, name)) for name in INSIDE)
    assert not any(sees(topic, getattr(world, name)) for name in OUTSIDE)
    assert sees(topic, told.author(world.founders[0]))
    assert not sees(topic, told.author(told.a_voice(world, "另外一件事，跟这个没关系")))
    assert not sees(topic, STRANGER)
    with pytest.raises(Unseen):
        actions.open_topic(
            topic.code, by=world.neighbour_officer, seen=1, studio=world.studio.code, last_day=clock.today()
        )


def test_opened_or_declined_it_is_seen_by_everybody(world):
    topic = told.raised(world)
    actions.decline(topic.code, by=world.convener, seen=1, reason="已在办的项目里。")
    other = told.opened(world)
    for actor in (STRANGER, world.handler, world.neighbour_officer, world.city_officer):
        assert sees(topic, actor)
        assert sees(other, actor)


def test_posts_not_shown_are_for_their_author_host_officer_auditor(world):
    topic = told.opened(world)
    guest = told.guest(topic)
    post = actions.leave_post(topic.code, by=guest, words="我家也踩了三块田。")
    seeing = {
        name for name in (*INSIDE, *OUTSIDE) if queries.posts(topic, actor=getattr(world, name)).exists()
    }
    assert seeing == {"convener", "deputy", "officer", "auditor"}
    assert queries.posts(topic, actor=guest).get() == post
    assert not queries.posts(topic, actor=told.guest(topic, "guest00002")).exists()
    assert not queries.posts(topic, actor=STRANGER).exists()
    with pytest.raises(Unseen):
        queries.post(post.code, actor=world.leader)
    actions.show_post(post.code, by=world.convener, seen=1)
    assert queries.posts(topic, actor=STRANGER).get() == post


def test_who_raises_a_topic(world):
    said = {"title": told.TITLE, "question": told.QUESTION}
    voice = told.a_voice(world)
    for name in ("member", "leader", "handler", "auditor"):
        with pytest.raises((NotYours, Unseen)):
            actions.raise_from_voices([voice.code], by=getattr(world, name), **said)
    for name in ("officer", "leader", "handler", "neighbour_officer"):
        with pytest.raises(NotYours):
            actions.raise_as_member(world.county, by=getattr(world, name), **said)
    for name in ("officer", "member", "convener", "far_leader"):
        with pytest.raises(NotYours):
            actions.raise_as_leader(world.county, by=getattr(world, name), **said)
    assert actions.raise_from_voices([voice.code], by=world.convener, **said).studio == world.studio
    assert actions.raise_as_member(world.county, by=world.member, **said).source == "member"
    assert actions.raise_as_leader(world.county, by=world.leader, **said).source == "leader"


def test_an_officer_raises_for_a_leader_only_on_a_dated_paper(world):
    said = {"title": told.TITLE, "question": told.QUESTION, "leader": "秦主席", "paper_on": clock.today()}
    with pytest.raises(ValidationError, match="附上这份材料"):
        actions.raise_on_paper(world.county, by=world.officer, paper=[], **said)
    later = said | {"paper_on": clock.today() + timedelta(days=1)}
    with pytest.raises(ValidationError, match="不能晚于今天"):
        actions.raise_on_paper(world.county, by=world.officer, paper=[told.a_photo()], **later)
    with pytest.raises(NotYours):
        actions.raise_on_paper(world.county, by=world.leader, paper=[told.a_photo()], **said)
    topic = actions.raise_on_paper(world.county, by=world.officer, paper=[told.a_photo()], **said)
    assert (topic.raised_for, topic.paper_on) == ("秦主席", clock.today())


def test_nobody_decides_against_their_own_topic_and_only_its_host_opens_it(world):
    topic = actions.raise_from_voices(
        [told.a_voice(world).code], by=world.convener, title=told.TITLE, question=told.QUESTION
    )
    with pytest.raises(NotYours):
        actions.decline(topic.code, by=world.convener, seen=1, reason="我自己不要了。")
    day = clock.today() + timedelta(days=9)
    with pytest.raises(NotYours):
        actions.open_topic(
            topic.code, by=world.other_convener, seen=1, studio=world.studio.code, last_day=day
        )
    with pytest.raises(NotYours):  # before any fault of the form
        actions.open_topic(topic.code, by=world.other_convener, seen=1, studio="", last_day=day)
    both = replace(world.convener, posts=world.convener.posts + world.other_convener.posts)
    with pytest.raises(NotYours, match="已经定了"):
        actions.open_topic(topic.code, by=both, seen=1, studio=world.other.code, last_day=day)
    with pytest.raises(ValidationError, match="选一间开着的工作室"):
        actions.open_topic(topic.code, by=world.officer, seen=1, studio=world.far_studio.code, last_day=day)
    with pytest.raises(ValidationError, match="不能早于今天"):
        actions.open_topic(
            topic.code,
            by=world.officer,
            seen=1,
            studio=world.studio.code,
            last_day=clock.today() - timedelta(days=1),
        )
    with pytest.raises(ValidationError, match="两年以内"):
        actions.open_topic(
            topic.code, by=world.officer, seen=1, studio=world.studio.code, last_day=day.replace(year=9999)
        )
    opened = actions.open_topic(topic.code, by=world.convener, seen=1, studio=world.studio.code, last_day=day)
    assert opened.state == "open"


def test_staff_never_post_as_residents(world):
    topic = told.opened(world)
    for name in ("officer", "leader", "handler", "auditor", "neighbour_officer"):
        with pytest.raises(NotYours):
            actions.leave_post(topic.code, by=getattr(world, name), words="我也来说一句。")
    for by in (world.member, world.convener, told.author(world.founders[0]), told.guest(topic)):
        assert actions.leave_post(topic.code, by=by, words="我来说一句。").review == "waiting"
    elsewhere = told.guest(told.opened(world))
    with pytest.raises(NotYours):
        actions.leave_post(topic.code, by=elsewhere, words="我来说一句。")


def test_posts_are_refused_after_the_last_day(world):
    topic = told.opened(world, days=2)
    with clock.at(clock.now() + timedelta(days=3)), pytest.raises(NotNow, match="为止"):
        actions.leave_post(topic.code, by=world.member, words="我来说一句。")


@pytest.mark.parametrize(
    ("words", "items", "fault"),
    [
        ("", [], "写下您想说的"),
        ("三个字", [], "四个字以上"),
        ("话" * 2001, [], "2,000"),
        ("", ["建议"] * 11, "最多 10 条"),
        ("", ["长" * 501], "500"),
    ],
)
def test_a_post_with_a_fault_writes_nothing(world, words, items, fault):
    topic = told.opened(world)
    with pytest.raises(ValidationError, match=fault):
        actions.leave_post(topic.code, by=world.member, words=words, suggestions=items)
    assert not topic.posts.exists()


def test_nobody_shows_their_own_post_and_the_author_mends(world):
    topic = told.opened(world)
    post = actions.leave_post(
        topic.code, by=world.convener, words="张三家的田最惨。", suggestions=["问问张三"]
    )
    with pytest.raises(NotYours):
        actions.show_post(post.code, by=world.convener, seen=1)
    post = actions.withhold_post(post.code, by=world.deputy, seen=1, reason="personal", detail="张三")
    with pytest.raises(NotYours):
        actions.mend_post(post.code, by=world.deputy, seen=post.review_version, words="有一家的田最惨。")
    post = actions.mend_post(
        post.code,
        by=world.convener,
        seen=post.review_version,
        words="有一家的田最惨。",
        suggestions={1: "问问那一家"},
    )
    assert (post.review, post.said, post.words) == ("waiting", "有一家的田最惨。", "张三家的田最惨。")
    assert [row.said for row in queries.posts(topic, actor=world.officer).get().suggestions.all()] == [
        "问问那一家"
    ]
    bare = actions.leave_post(topic.code, by=world.member, words="", suggestions=["电话问李四"])
    bare = actions.withhold_post(bare.code, by=world.deputy, seen=1, reason="personal", detail="李四")
    bare = actions.mend_post(bare.code, by=world.member, seen=2, words="", suggestions={2: "电话问一下"})
    assert bare.review == "waiting"


def test_a_participant_counts_once_however_often_they_speak(world):
    topic = told.opened(world)
    guest = told.guest(topic)
    first = actions.leave_post(topic.code, by=guest, words="第一句要说的话。")
    second = actions.leave_post(topic.code, by=guest, words="第二句要说的话。")
    assert queries.first_of_participant(first)
    actions.show_post(second.code, by=world.convener, seen=1)
    first.refresh_from_db()
    assert not queries.first_of_participant(first)
    actions.withhold_post(second.code, by=world.convener, seen=2, reason="advert", detail="推销")
    assert not queries.first_of_participant(first)


def test_one_door_code_is_one_participant(world):
    topic = told.opened(world)
    with pytest.raises(NotYours):
        actions.print_door_codes(topic.code, by=world.member, number=1)
    one, two = actions.print_door_codes(topic.code, by=world.convener, number=2)
    key = actions.enter(topic, f" {one[:4].upper()}-{one[4:]} ", "the key of the form")
    assert key
    assert actions.enter(topic, one, "the key of the form") == key  # sent twice
    wide = "".join(chr(ord(c) + 0xFEE0) for c in one)  # a full-width keyboard
    assert actions.enter(topic, wide, "the key of the form") == key
    assert actions.enter(topic, one, "another form") is None
    assert actions.enter(topic, "00000000") is None
    other = told.opened(world)
    assert actions.enter(other, two) is None
    assert actions.enter(topic, two)
    assert queries.printed_codes(topic) == {"printed": 2, "used": 2}


def test_proposers_are_counted_once_and_asked_once(world):
    topic = told.opened(world, founders=2)
    founder = told.author(world.founders[0])
    told.said(world, topic, founder, "我再说一句。", "补种子")  # also a founder: counted once
    told.said(world, topic, world.member, "登记要快。", "登记田块", "公示五天")
    rows = told.sent(
        world,
        topic,
        Draft("登记并补种子", world.farms.code, (1, 2, 3)),
        Draft("路口立提示牌", world.lamps.code, ()),
    )
    said = proposers.said_of(topic)
    assert [len(said[row.pk]) for row in rows] == [3, 2]
    told.answered(world, rows[0])
    with pytest.raises(NotNow, match="等单位说办完"):
        actions.judge(rows[0].code, by=world.member, verdict="solved")
    told.done(world, rows[0])
    with pytest.raises(NotYours):
        actions.judge(rows[0].code, by=founder, verdict="solved")  # asked in their own thread
    with pytest.raises(NotYours):
        actions.judge(rows[1].code, by=world.member, verdict="solved")  # not theirs
    with pytest.raises(NotYours):
        actions.judge(rows[0].code, by=world.officer, verdict="solved")
    with pytest.raises(ValidationError, match="选一样"):
        actions.judge(rows[0].code, by=world.member, verdict="great")
    fresh = queries.recommendations(topic)
    assert proposers.to_judge(fresh, proposers.said_of(topic), world.member.key) == {rows[0].code}
    actions.judge(rows[0].code, by=world.member, verdict="partly")
    with pytest.raises(NotNow, match="评过"):
        actions.judge(rows[0].code, by=world.member, verdict="solved")
    tally = proposers.tally_of(topic)
    assert (tally.all, tally.solved, tally.partly, tally.unsaid) == (3, 0, 1, 2)


def test_a_recommendation_not_adopted_is_judged_but_not_reported_on(world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记田块")
    [row] = told.sent(world, topic)
    row = told.answered(world, row, "not")
    assert queries.recommendation_moves(world.handler2, row) == set()
    with pytest.raises(NotNow, match="没有采纳"):
        actions.report_progress(row.code, by=world.handler2, seen=row.version, percent=10, words="一点")
    with pytest.raises(NotYours):
        actions.report_progress(row.code, by=world.handler, seen=row.version, percent=10, words="一点")
    actions.judge(row.code, by=world.member, verdict="not")


def test_a_handler_answers_in_full(world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记田块")
    [row] = told.sent(world, topic)
    do = {"by": world.handler2, "seen": row.version}
    with pytest.raises(NotYours):
        actions.answer(row.code, by=world.handler, seen=1, decision="adopt", reason="可以")
    for given, fault in (
        ({"decision": "yes", "reason": "可以"}, "选一样"),
        ({"decision": "adopt", "reason": ""}, "写明理由"),
        ({"decision": "adopt", "reason": "可以"}, "打算怎么办"),
        ({"decision": "partly", "reason": "可以", "measure": "登记"}, "哪天办完"),
        (
            {"decision": "adopt", "reason": "可以", "measure": "登记", "promised_for": date.max},
            "五年以内",
        ),
    ):
        with pytest.raises(ValidationError, match=fault):
            actions.answer(row.code, **do, **given)
    row = told.answered(world, row)
    do["seen"] = row.version
    with pytest.raises(ValidationError, match="1 到 99"):
        actions.report_progress(row.code, **do, percent=100, words="办完了")
    actions.report_progress(row.code, **do, percent=60, words="过半了")
    do["seen"] += 1
    with pytest.raises(ValidationError, match="还低"):
        actions.report_progress(row.code, **do, percent=50, words="退了一步")
    actions.report_progress(row.code, **do, percent=50, words="退了一步", less_because="雨水冲了")
    do["seen"] += 1
    with pytest.raises(ValidationError, match="至少附一张"):
        actions.report_done(row.code, **do, words="办完了", evidence=[])


def test_sending_needs_a_text_a_department_and_suggestions_that_are_shown(world):
    topic = told.opened(world)
    actions.leave_post(topic.code, by=world.member, words="", suggestions=["没人看过的建议"])
    topic = told.minuted(world, topic)
    do = {"by": world.officer, "seen": topic.version}
    for drafts, fault in (
        ([], "至少写一条"),
        ([Draft("短", world.farms.code)], "写得太短"),
        ([Draft("登记受损田块", world.farms.code, (1,))], "没有公开"),
    ):
        with pytest.raises(ValidationError, match=fault):
            actions.send(topic.code, **do, drafts=drafts)
    with pytest.raises(Unseen):
        actions.send(topic.code, **do, drafts=[Draft("登记受损田块", world.far.code)])
    with pytest.raises(NotYours):
        actions.send(topic.code, by=world.convener, seen=topic.version, drafts=[])


def test_minutes_need_a_meeting_and_a_point(world):
    topic = told.opened(world)
    do = {"by": world.convener, "seen": topic.version}
    with pytest.raises(ValidationError, match="先记一次会"):
        actions.minute(topic.code, **do, agreed=["登记"], not_agreed=[])
    meeting = {"place": "院坝", "members": [world.member.key]}
    with pytest.raises(ValidationError, match="会还没开"):
        actions.hold_meeting(topic.code, **do, day=clock.today() + timedelta(days=1), **meeting)
    with pytest.raises(ValidationError, match="至少一位"):
        actions.hold_meeting(topic.code, **do, day=clock.today(), place="院坝", members=[world.officer.key])
    actions.hold_meeting(topic.code, **do, day=clock.today(), **meeting)
    do["seen"] += 1
    with pytest.raises(ValidationError, match="至少一条"):
        actions.minute(topic.code, **do, agreed=[" "], not_agreed=[])


def test_what_did_not_hold_for_four_weeks_is_solved_for_nobody(world):
    topic = told.opened(world, founders=1)
    [voice] = world.founders
    Verdict.objects.create(voice=voice, round=voice.round, verdict="solved", by=voice.person, at=clock.now())
    assert set(proposers.founding_verdicts(topic).values()) == {"solved"}
    FollowUp.objects.create(voice=voice, asked_on=clock.today(), said="not")
    assert set(proposers.founding_verdicts(topic).values()) == {"not"}
