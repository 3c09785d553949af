"""A member's opinion report, from the draft to what became of it."""

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act, Flow
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK
from shangliang.base.people.models import Post, Role
from shangliang.base.people.queries import actor_of
from shangliang.base.search.models import Entry
from shangliang.base.ui import paging
from shangliang.flow.reports import actions, changes, measure, queries
from shangliang.flow.reports.actions import Draft
from shangliang.flow.reports.models import Item, Version
from stories.pages import leave
from stories.world_people import grant

from .story import SAID, at_office, drafted, endorsed, issued, sent, signed


def told(row):
    return [act.name.removeprefix("opinion_report_") for act in Act.objects.filter(subject=row.subject)]


def test_from_the_draft_to_the_endorsement_each_step_an_act(world):
    row, bulletin = issued(world)
    assert (bulletin.year, bulletin.issue, bulletin.total) == (clock.today().year, 1, 1)
    actions.adopt(
        row.code, by=world.officer, seen=None, level="city", combined=False, where="市政协专报第3期",
        on=clock.today(),
    )  # fmt: skip
    endorsed(world, row)
    passed = actions.refer(
        row.code, by=world.officer, seen=None, department=world.lamps.code, words="请研究办理，月底前回复"
    )
    actions.note_reply(
        row.code, by=world.officer, seen=None, referral=passed.code, words="已列入计划", on=clock.today()
    )
    actions.feed_back(row.code, by=world.officer, seen=None, words="市长批了，城管局列入计划了。")
    assert told(row) == [
        "drafted", "sent", "passed_on", "checked", "signed", "issued", "adopted", "endorsed", "referred",
        "replied", "fed_back",
    ]  # fmt: skip
    issued_act = Act.objects.get(subject=row.subject, name="opinion_report_issued")
    assert issued_act.facts["member"] == world.member.key
    assert "路灯" not in str(list(Act.objects.filter(subject=row.subject).values_list("facts", flat=True)))


def test_one_matter_in_fifteen_hundred_characters(world):
    assert measure.length("一 二\n三") == 3
    whole = 1500 - measure.length(SAID.title, SAID.analysis, SAID.advice)
    assert drafted(world, situation="字" * whole)
    with pytest.raises(ValidationError, match="多了 1 个"):
        drafted(world, situation="字" * (whole + 1))
    counted = measure.shares("题目", "情" * 100, "析" * 100, "建" * 100)
    assert sum(counted.shares) == 100
    assert measure.shares("题目", "", "", "").shares == (0, 0, 0)


def test_a_draft_may_lack_a_part_what_is_sent_may_not(world):
    row = drafted(world, advice="")
    with pytest.raises(ValidationError, match="建议"):
        actions.send(row.code, by=world.member, seen=row.version)
    row = actions.redraft(row.code, by=world.member, seen=row.version, said=SAID)
    assert actions.send(row.code, by=world.member, seen=row.version).state == "sent"


def test_a_draft_is_its_writers_alone_until_it_is_sent(world):
    row = drafted(world)
    for name in ("convener", "officer", "leader", "auditor", "member2"):
        with pytest.raises(Unseen):
            queries.report(row.code, getattr(world, name))
    actions.send(row.code, by=world.member, seen=row.version)
    for name in ("convener", "deputy", "officer", "leader", "auditor"):
        assert queries.report(row.code, getattr(world, name)) == row
    for name in ("member2", "other_convener", "handler", "operator", "neighbour_officer", "city_officer"):
        with pytest.raises(Unseen):
            queries.report(row.code, getattr(world, name))


def test_a_draft_goes_through_another_studio_with_all_its_words(world):
    row = drafted(world)
    grant(world, "member", "", Role.MEMBER, committee=world.neighbour)
    by = actor_of(world.accounts["member"])
    there = world.far_studio
    same = actions.readdress(row.code, by=by, seen=row.version, studio=world.studio.code)
    assert (same.version, told(row)) == (row.version, ["drafted"])
    row = actions.readdress(row.code, by=by, seen=row.version, studio=there.code)
    [act] = Act.objects.filter(name="opinion_report_readdressed")
    assert (act.studio, act.committee) == (there.code, there.committee.path)
    assert act.facts["was"] == world.studio.code
    with pytest.raises(NotNow):
        actions.readdress(row.code, by=by, seen=1, studio=world.studio.code)
    row = actions.send(row.code, by=by, seen=row.version)
    assert queries.report(row.code, world.neighbour_officer).texts == SAID.texts
    with pytest.raises(Unseen):
        queries.report(row.code, world.officer)
    next_one = actions.draft(there.code, by=by, said=SAID)
    assert [match.item for match in queries.similar(next_one, by)] == [row]
    assert not queries.similar(drafted(world), world.convener)
    with pytest.raises(NotNow, match="工作室初审"):
        actions.readdress(row.code, by=by, seen=row.version, studio=world.studio.code)


def test_a_draft_goes_to_no_committee_of_others(world):
    row = drafted(world)
    with pytest.raises(NotYours):
        actions.readdress(row.code, by=world.member, seen=row.version, studio=world.far_studio.code)
    with pytest.raises(Unseen):
        actions.readdress(row.code, by=world.member2, seen=row.version, studio=world.other.code)


def test_who_writes_looks_over_nothing_of_their_own(world):
    row = drafted(world, by="convener")
    row = actions.send(row.code, by=world.convener, seen=row.version)
    with pytest.raises(NotYours):
        actions.pass_on(row.code, by=world.convener, seen=row.version)
    assert row not in queries.waiting(world.convener)
    assert row in queries.waiting(world.deputy)
    assert actions.pass_on(row.code, by=world.deputy, seen=row.version).state == "office"


def test_checked_and_signed_by_two(world):
    row = at_office(world)
    row = actions.check(row.code, by=world.officer, seen=row.version)
    with pytest.raises(NotYours):
        actions.sign(row.code, by=world.officer, seen=row.version)
    row = actions.edit(row.code, by=world.officer, seen=row.version, said=SAID)
    assert (row.state, row.checked_by) == ("office", "")  # what is edited is checked anew
    row = actions.check(row.code, by=world.officer, seen=row.version)
    row = actions.sign(row.code, by=world.leader, seen=row.version)
    row = actions.hold_back(row.code, by=world.leader, seen=row.version, words="数字再核一核")
    assert (row.state, row.checked_by, row.signed_by) == ("office", "", "")
    firsts = Act.objects.filter(subject=row.subject, name="opinion_report_checked").order_by("pk")
    assert [act.facts["first"] for act in firsts] == [True, False]


def test_it_comes_back_for_more_and_the_writer_reads_why(world):
    row = sent(world)
    with pytest.raises(ValidationError, match="还缺什么"):
        actions.return_(row.code, by=world.convener, seen=row.version, words=" ")
    row = actions.return_(row.code, by=world.convener, seen=row.version, words="请写明是哪几条巷子")
    assert [str(note.words) for note in queries.notes(row)] == ["请写明是哪几条巷子"]
    better = Draft(**{**vars(SAID), "situation": SAID.situation + "是七里巷、柳巷、井巷、东巷。"})
    row = actions.redraft(row.code, by=world.member, seen=row.version, said=better)
    row = actions.send(row.code, by=world.member, seen=row.version)
    firsts = Act.objects.filter(subject=row.subject, name="opinion_report_sent").order_by("pk")
    assert [act.facts["first"] for act in firsts] == [True, False]
    assert [one.number for one in queries.versions(row)] == [1, 2]


def test_every_version_stays_and_shows_what_changed(world):
    row = at_office(world)
    shorter = Draft(**{**vars(SAID), "advice": "由城管局统一接管巷道路灯，列入年度维修计划。"})
    row = actions.edit(row.code, by=world.officer, seen=row.version, said=shorter)
    first, second = queries.versions(row)
    assert (first.office, second.office) == (False, True)
    pieces = changes.between(str(first.advice), str(second.advice))
    assert ("gone", "移交时同时移交图纸和电表。") in [(p.how, p.words[-13:]) for p in pieces]
    assert "".join(p.words for p in pieces if p.how != "gone") == shorter.advice
    assert changes.between("一样。", "一样。") == [("same", "一样。")]


def test_the_writer_takes_it_back_until_it_is_signed(world):
    row = at_office(world)
    assert actions.withdraw(row.code, by=world.member, seen=row.version).state == "withdrawn"
    row = signed(world)
    with pytest.raises(NotNow):
        actions.withdraw(row.code, by=world.member, seen=row.version)


def test_kept_on_file_with_a_reason_to_the_writer(world):
    row = at_office(world)
    row = actions.keep(row.code, by=world.officer, seen=row.version, words="上月已有同样的信息刊发，留存备查")
    assert row.state == "kept"
    assert "留存备查" in str(queries.notes(row)[0].words)


def test_a_number_carries_several_and_counts_on(world):
    codes = [signed(world, title=f"关于第{n}条巷子路灯的情况").code for n in range(3)]
    one = actions.issue(world.county, by=world.officer, reports=codes[:2], to_own=True, to_upper=True)
    two = actions.issue(world.county, by=world.officer, reports=codes[2:], to_own=False, to_upper=True)
    assert [(b.issue, b.total) for b in (one, two)] == [(1, 1), (2, 2)]
    assert [item.number for item in queries.items(one)] == [1, 2]
    assert set(queries.listed(world.city_officer)) == {one, two}
    assert not queries.listed(world.neighbour_officer)
    for faulty in ([], codes[:1] * 2):
        with pytest.raises(ValidationError):
            actions.issue(world.county, by=world.officer, reports=faulty, to_own=True, to_upper=False)
    with pytest.raises(NotNow):
        actions.issue(world.county, by=world.officer, reports=codes[:1], to_own=True, to_upper=False)
    with clock.at(clock.now().replace(year=clock.today().year + 1)):
        row = signed(world)
        later = actions.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    assert (later.issue, later.total) == (1, 3)


def test_adopted_once_by_itself_at_each_level(world):
    row, _bulletin = issued(world)
    said = {"where": "市政协专报第3期", "on": clock.today()}
    actions.adopt(row.code, by=world.officer, seen=None, level="city", combined=False, **said)
    with pytest.raises(NotNow):
        actions.adopt(row.code, by=world.officer, seen=None, level="city", combined=False, **said)
    actions.adopt(row.code, by=world.officer, seen=None, level="city", combined=True, **said)
    actions.adopt(row.code, by=world.officer, seen=None, level="province", combined=False, **said)
    with pytest.raises(ValidationError, match="刊发以后"):
        actions.adopt(
            row.code, by=world.officer, seen=None, level="nation", combined=False, where="某刊",
            on=clock.today().replace(year=2020),
        )  # fmt: skip


def test_an_endorsement_needs_its_scan(world):
    row, _bulletin = issued(world)
    with pytest.raises(ValidationError, match="扫描件"):
        endorsed(world, row, scan=[])
    made = endorsed(world, row)
    assert queries.may_see_scan([world.member], made.code)
    assert queries.may_see_scan([world.convener], made.code)
    assert not queries.may_see_scan([world.member2, world.handler], made.code)


def test_a_voice_it_rests_on_is_linked_not_copied_and_its_author_told(world):
    voice = leave(world.studio, words="我叫王秀英，电话 13912345678，巷口的灯坏了")
    row = actions.draft(world.studio.code, by=world.member, said=SAID, voice=voice.code)
    assert not Act.objects.filter(name="voice_taken_into_report").exists()
    row = actions.send(row.code, by=world.member, seen=row.version)
    assert Act.objects.get(name="voice_taken_into_report").facts == {"into": row.thread}
    assert Flow.objects.filter(thread=voice.thread, into=row.thread).exists()
    assert "王秀英" not in queries.text_of(row)
    voice_elsewhere = leave(world.other)
    with pytest.raises(Unseen):
        actions.draft(world.studio.code, by=world.member, said=SAID, voice=voice_elsewhere.code)


def test_earlier_ones_alike_with_the_words_that_match(world):
    old, _bulletin = issued(world)
    new = drafted(world, by="member2", title="巷道路灯谁来管要说清楚")
    [match] = queries.similar(new, world.member2)
    assert match.item == old
    assert any("路灯" in word or "灯" in word for word in match.words)
    hidden = sent(world, title="又一篇说路灯的")
    assert hidden not in [match.item for match in queries.similar(new, world.member2)]


def test_the_words_lie_under_keys_and_what_is_issued_stays(world):
    row, bulletin = issued(world)
    other = sent(world)
    raw = [bytes(one) for one in Version.objects.values_list("situation", flat=True)]
    assert raw
    assert all("路灯".encode() not in one for one in raw)
    account = world.accounts["member"]
    for post in Post.objects.filter(holder=account):
        people.end_post(post, by=CLOCK.key, on=post.since)
    people.erase_account(account, by=CLOCK)
    people.finish_erasures()
    other = queries.report(other.code, world.officer)
    assert "删除" in str(other.title)
    with pytest.raises(NotNow, match="注销"):
        actions.pass_on(other.code, by=world.convener, seen=other.version)
    [item] = queries.items(bulletin)
    assert "路灯" in str(item.situation)
    assert endorsed(world, row)
    assert Item.objects.count() == 1
    assert not Entry.objects.filter(kind="opinion_report").exists()


def test_what_every_report_says_makes_none_alike(world):
    issued(world, title="关于河滩停车的情况和建议", situation="节假日河滩停满了车，草皮压坏了一片。",
           analysis="附近五百米内没有一处停车场。", advice="请在堤外划出车位，立好指路牌。")  # fmt: skip
    new = drafted(world, by="member2", title="关于学生午餐的情况和建议", situation="", analysis="", advice="")
    assert queries.similar(new, world.member2) == []


def test_a_long_list_is_turned_page_by_page_and_misses_none(world):
    with clock.at(clock.now()):  # all at one moment: the last column decides
        rows = [sent(world, urgent=n % 3 == 0) for n in range(45)]
    for listed, by in ((queries.at_desk, world.officer), (queries.written_by, world.member)):
        whole, turned, after = [row.code for row in listed(by)], [], ""
        while True:
            page, after = paging.page(listed(by), after)
            turned += [row.code for row in page]
            if not after:
                break
        assert turned == whole
    assert len(turned) == len(rows)
    gone = paging.page(queries.at_desk(world.officer), "nosuchcode12")[0]
    assert [row.code for row in gone] == [row.code for row in queries.at_desk(world.officer)[: paging.SIZE]]
